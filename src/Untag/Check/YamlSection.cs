using System.Globalization;
using Untag.Policy;

namespace Untag.Check;

/// <summary>A mapping that is read key by key. What is wrong is collected; the keys that nobody asked for are unknown.</summary>
internal sealed class YamlSection
{
    private readonly string name;
    private readonly List<ProductFileError> errors;
    private readonly Dictionary<string, YamlTree> values = new(StringComparer.Ordinal);
    private readonly List<YamlTree.Scalar> keys = [];
    private readonly SortedSet<string> known = new(StringComparer.Ordinal);

    /// <param name="mapping">The mapping; null for one that is not there.</param>
    /// <param name="name">Keys that lead to it, such as <c>scan.allow</c>; empty for the file itself.</param>
    /// <param name="errors">Where errors are added.</param>
    public YamlSection(YamlTree.Mapping? mapping, string name, List<ProductFileError> errors)
    {
        this.name = name;
        this.errors = errors;
        Line = mapping?.Line ?? 0;
        foreach (var (key, value) in mapping?.Members ?? [])
        {
            if (values.TryAdd(key.Text, value))
                keys.Add(key);
            else
                Fail(key.Line, $"the key `{key.Text}` stands here for the second time", "keep one of the two");
        }
    }

    /// <summary>Line on which the section starts.</summary>
    public int Line { get; }

    /// <summary>Line of a key's value; of the section when the key is not there.</summary>
    public int LineOf(string key) => values.TryGetValue(key, out var value) ? value.Line : Line;

    /// <summary>The text of a key; null when it is not there, empty or not a text.</summary>
    public string? Text(string key)
    {
        if (Value(key) is not { } value)
            return null;
        if (value is YamlTree.Scalar scalar)
            return TextOf(scalar, key);
        Wrong(value, key, "a text");
        return null;
    }

    /// <summary>The text of a key that must be there.</summary>
    public string? RequiredText(string key, string fix)
    {
        if (Value(key) is null)
            Fail(Line, $"`{name}` has no `{key}`", fix);
        return Text(key);
    }

    /// <summary>The day of a key; null when it is not there or not a day.</summary>
    public DateOnly? Date(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Fail(LineOf(key), $"`{key}: {text}` is not a day of the calendar", "write year, month and day, such as `2027-06-30`");
        return null;
    }

    /// <summary>The whole number of a key, from 1 on; null when it is not there or something else.</summary>
    public int? Count(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            return count;
        Fail(LineOf(key), $"`{key}: {text}` is not a whole number above 0", "write digits only");
        return null;
    }

    /// <summary>The texts of a key: a list, or a single text.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var texts = new List<string>();
        switch (Value(key))
        {
            case YamlTree.Sequence list:
                foreach (var item in list.Items)
                {
                    if (item is not YamlTree.Scalar scalar)
                        Wrong(item, key, "a list of texts");
                    else if (TextOf(scalar, key) is { } text)
                        texts.Add(text);
                }

                break;
            case YamlTree.Scalar scalar when TextOf(scalar, key) is { } text:
                texts.Add(text);
                break;
            case YamlTree.Mapping mapping:
                Wrong(mapping, key, "a list of texts");
                break;
        }

        return texts;
    }

    /// <summary>The mapping of a key; null when it is not there.</summary>
    public YamlSection? Section(string key)
    {
        switch (Value(key))
        {
            case null:
                return null;
            case YamlTree.Mapping mapping:
                return new YamlSection(mapping, Inside(key), errors);
            case YamlTree.Scalar { Text.Length: 0 }:
                return new YamlSection(null, Inside(key), errors);
            case { } other:
                Wrong(other, key, "a mapping");
                return null;
        }
    }

    /// <summary>The mappings in the list of a key.</summary>
    public IReadOnlyList<YamlSection> Sections(string key)
    {
        var sections = new List<YamlSection>();
        switch (Value(key))
        {
            case null or YamlTree.Scalar { Text.Length: 0 }:
                break;
            case YamlTree.Sequence list:
                foreach (var item in list.Items)
                {
                    if (item is YamlTree.Mapping mapping)
                        sections.Add(new YamlSection(mapping, Inside(key), errors));
                    else
                        Wrong(item, key, "a list of mappings");
                }

                break;
            case { } other:
                Wrong(other, key, "a list of mappings");
                break;
        }

        return sections;
    }

    /// <summary>The number of a key; null when it is not there or something else.</summary>
    public double? Number(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        Fail(LineOf(key), $"`{key}: {text}` is not a number", "write it with a decimal point, such as `0.05`");
        return null;
    }

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Close()
    {
        foreach (var key in keys)
        {
            if (known.Contains(key.Text))
                continue;
            var where = name.Length == 0 ? "" : $" under `{name}`";
            Fail(key.Line, $"unknown key `{key.Text}`{where}", Spelling.Hint(key.Text, [.. known]));
        }
    }

    /// <summary>Adds an error.</summary>
    public void Fail(int line, string message, string fix) => errors.Add(new ProductFileError(line, message, fix));

    private YamlTree? Value(string key)
    {
        known.Add(key);
        return values.GetValueOrDefault(key);
    }

    private string? TextOf(YamlTree.Scalar scalar, string key)
    {
        if (scalar.Text.Length > 0)
            return scalar.Text;
        Fail(scalar.Line, $"`{key}` is empty", "give it a value, or leave the key out");
        return null;
    }

    private void Wrong(YamlTree found, string key, string expected) =>
        Fail(found.Line, $"`{key}` is {found.Describe()}, but must be {expected}", $"write {expected}");

    private string Inside(string key) => name.Length == 0 ? key : $"{name}.{key}";
}
