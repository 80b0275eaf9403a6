using System.Globalization;

namespace Untag.Policy;

/// <summary>A YAML node with the place it came from; reading it wrongly adds an error instead of throwing.</summary>
internal readonly struct YamlValue
{
    private readonly YamlTree? node;
    private readonly string file;
    private readonly List<string> errors;

    /// <param name="node">The node; null for one that does not exist.</param>
    /// <param name="file">Name of its file in errors.</param>
    /// <param name="errors">Where errors are added.</param>
    public YamlValue(YamlTree? node, string file, List<string> errors)
    {
        this.node = node;
        this.file = file;
        this.errors = errors;
    }

    /// <summary>Line of the node in its file, counted from 1; 0 when it does not exist.</summary>
    public int Line => node?.Line ?? 0;

    public bool Exists => node is not null;

    /// <summary>Parses a document; a syntax error, and every key that stands twice, is added to
    /// <paramref name="errors"/>.</summary>
    public static YamlValue Parse(string file, string text, List<string> errors)
    {
        var (tree, error) = YamlTree.Parse(text);
        if (error is not null)
            errors.Add($"{file}:{error.Line}: {error.Message}: {error.Fix}");
        var value = new YamlValue(tree, file, errors);
        value.FailDoubledKeys(tree);
        return value;
    }

    public YamlValue this[string key]
    {
        get
        {
            foreach (var (name, value) in (node as YamlTree.Mapping)?.Members ?? [])
            {
                if (name.Text == key)
                    return new YamlValue(value, file, errors);
            }

            return new YamlValue(null, file, errors);
        }
    }

    public IEnumerable<YamlValue> Items
    {
        get
        {
            if (node is null)
                yield break;
            if (node is not YamlTree.Sequence sequence)
            {
                Wrong("a list");
                yield break;
            }

            foreach (var child in sequence.Items)
                yield return new YamlValue(child, file, errors);
        }
    }

    public IEnumerable<(string Key, YamlValue Value)> Members
    {
        get
        {
            if (node is null)
                yield break;
            if (node is not YamlTree.Mapping mapping)
            {
                Wrong("a mapping");
                yield break;
            }

            foreach (var (key, value) in mapping.Members)
                yield return (key.Text, new YamlValue(value, file, errors));
        }
    }

    public string Text => TextOr(null);

    public string TextOr(string? fallback)
    {
        if (node is YamlTree.Scalar scalar)
            return scalar.Text;
        if (node is null && fallback is not null)
            return fallback;
        Wrong("a text");
        return fallback ?? "";
    }

    public string? OptionalText => node is null ? null : Text;

    public int Number =>
        int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : Wrong("a whole number", 0);

    public bool Flag => node is not null && (bool.TryParse(Text, out var value) ? value : Wrong("true or false", false));

    public DateOnly Date =>
        DateOnly.TryParseExact(Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : Wrong("a date such as 2026-11-01", DateOnly.MinValue);

    public DateOnly? OptionalDate => node is null ? null : Date;

    public IReadOnlyList<string> Texts
    {
        get
        {
            var texts = new List<string>();
            foreach (var item in Items)
                texts.Add(item.Text);
            return texts;
        }
    }

    /// <summary>Adds an error that is about this node.</summary>
    public void Fail(string message) =>
        errors.Add($"{file}:{Line}: {message}");

    private void FailDoubledKeys(YamlTree? tree)
    {
        if (tree is YamlTree.Sequence list)
        {
            foreach (var item in list.Items)
                FailDoubledKeys(item);
        }
        else if (tree is YamlTree.Mapping mapping)
        {
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (key, value) in mapping.Members)
            {
                if (!known.Add(key.Text))
                    errors.Add($"{file}:{key.Line}: the key `{key.Text}` stands here for the second time: keep one of the two");
                FailDoubledKeys(value);
            }
        }
    }

    private T Wrong<T>(string expected, T fallback)
    {
        Wrong(expected);
        return fallback;
    }

    private void Wrong(string expected) => Fail($"expected {expected}");
}
