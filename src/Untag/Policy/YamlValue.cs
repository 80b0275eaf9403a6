using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Untag.Policy;

/// <summary>A YAML node with the place it came from; reading it wrongly adds an error instead of throwing.</summary>
internal readonly struct YamlValue
{
    private readonly YamlNode? node;
    private readonly string file;
    private readonly List<string> errors;

    /// <summary>Line of the node in its file, counted from 1; 0 when it does not exist.</summary>
    public int Line => (int)(node?.Start.Line ?? 0);

    private YamlValue(YamlNode? node, string file, List<string> errors)
    {
        this.node = node;
        this.file = file;
        this.errors = errors;
    }

    public bool Exists => node is not null;

    /// <summary>Parses a document; a syntax error is added to <paramref name="errors"/>.</summary>
    public static YamlValue Parse(string file, string text, List<string> errors)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return new YamlValue(stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode, file, errors);
        }
        catch (YamlException problem)
        {
            errors.Add($"{file}:{problem.Start.Line}: not valid YAML: {problem.Message}");
            return new YamlValue(null, file, errors);
        }
    }

    public YamlValue this[string key]
    {
        get
        {
            if (node is not YamlMappingNode mapping)
                return new YamlValue(null, file, errors);
            return new YamlValue(
                mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null, file, errors);
        }
    }

    public IEnumerable<YamlValue> Items
    {
        get
        {
            if (node is null)
                yield break;
            if (node is not YamlSequenceNode sequence)
            {
                Wrong("a list");
                yield break;
            }

            foreach (var child in sequence)
                yield return new YamlValue(child, file, errors);
        }
    }

    public IEnumerable<(string Key, YamlValue Value)> Members
    {
        get
        {
            if (node is null)
                yield break;
            if (node is not YamlMappingNode mapping)
            {
                Wrong("a mapping");
                yield break;
            }

            foreach (var (key, value) in mapping.Children)
                yield return ((key as YamlScalarNode)?.Value ?? "", new YamlValue(value, file, errors));
        }
    }

    public string Text => TextOr(null);

    public string TextOr(string? fallback)
    {
        if (node is YamlScalarNode { Value: { } value })
            return value;
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
        errors.Add($"{file}:{node?.Start.Line ?? 0}: {message}");

    private T Wrong<T>(string expected, T fallback)
    {
        Wrong(expected);
        return fallback;
    }

    private void Wrong(string expected) => Fail($"expected {expected}");
}
