namespace Untag.Scan.Reading.Tables;

/// <summary>The keys of a list of records, each where it stands first, and the labels that they hold.</summary>
/// <param name="areSamples">True for records of persons or pictures: a value must repeat to be a label.</param>
internal sealed class RecordTable(bool areSamples)
{
    private readonly Dictionary<string, (Token Key, LabelSet Labels)> columns = new(StringComparer.Ordinal);

    /// <summary>Takes a key of a record.</summary>
    public void AddKey(string path, Token key)
    {
        if (!columns.ContainsKey(path))
            columns[path] = (key, new LabelSet());
    }

    /// <summary>Takes a value of a record.</summary>
    public void AddValue(string path, ReadOnlySpan<char> value)
    {
        if (columns.TryGetValue(path, out var column))
            column.Labels.Add(value);
    }

    /// <summary>Appends the keys as columns, and behind each its labels, at its place: that of a value would lead to a
    /// person.</summary>
    /// <param name="tokens">Takes the tokens.</param>
    /// <param name="group">Number of the next group that is free.</param>
    public void AddTo(List<Token> tokens, ref int group)
    {
        var header = group++;
        foreach (var (path, (key, labels)) in columns)
        {
            tokens.Add(key with { Kind = TokenKind.Column, Group = header });
            var values = areSamples ? labels.Of(path[1..]) : labels.OfEnumeration(path[1..]);
            foreach (var label in values)
                tokens.Add(new Token(TokenKind.Value, label.AsMemory(), key.Line, key.Column, group));
            group++;
        }
    }
}
