namespace Untag.Scan.Reading.Interfaces;

/// <summary>One statement of SQL.</summary>
/// <param name="code">The file.</param>
/// <param name="first">Its first token.</param>
/// <param name="end">The first token behind it.</param>
internal readonly struct SqlStatement(CodeText code, int first, int end)
{
    private const int WordsBeforeVerbMax = 8;
    private const int WordsBeforeNameMax = 8;

    private static readonly string[] Verbs =
        ["CREATE", "ALTER", "DROP", "INSERT", "REPLACE", "UPDATE", "DELETE", "MERGE", "COPY", "COMMENT", "SELECT",
         "WITH"];

    private static readonly string[] Things =
        ["table", "view", "type", "domain", "index", "function", "procedure", "trigger", "policy"];

    private static readonly string[] NoNames = ["IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY", "IGNORE", "INTO", "FROM", "ON"];

    private static readonly string[] NoColumns =
        ["CONSTRAINT", "PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "KEY", "INDEX", "EXCLUDE", "LIKE", "PERIOD", "FULLTEXT",
         "PARTITION"];

    /// <summary>The verb that a token is, in capitals; null when it is none.</summary>
    public static string? VerbOf(CodeText code, int token) => WordOf(code, token, Verbs);

    /// <summary>Marks the statement, and the columns that it defines or changes.</summary>
    public void Mark(SectionMarks marks)
    {
        var verb = FindVerb();
        switch (verb < 0 ? null : VerbOf(code, verb))
        {
            case "CREATE" or "ALTER" or "DROP":
                MarkDefinition(verb, marks);
                break;
            case "INSERT":
                MarkNamed(verb + 1, "INSERT INTO", marks);
                break;
            case "REPLACE":
                MarkNamed(verb + 1, "REPLACE INTO", marks);
                break;
            case "MERGE":
                MarkNamed(verb + 1, "MERGE INTO", marks);
                break;
            case "UPDATE":
                MarkNamed(verb + 1, "UPDATE", marks);
                break;
            case "DELETE":
                MarkNamed(verb + 1, "DELETE FROM", marks);
                break;
            case "COPY":
                MarkNamed(verb + 1, "COPY", marks);
                break;
            case "COMMENT":
                MarkNamed(verb + 3, code.IsWord(verb + 2, "COLUMN") ? "column" : "table", marks);
                break;
            case "SELECT" or "WITH":
                MarkQuery(verb, marks);
                break;
        }
    }

    private static string? WordOf(CodeText code, int token, string[] words)
    {
        if (!code.IsName(token))
            return null;
        foreach (var word in words)
        {
            if (code.IsWord(token, word))
                return word;
        }

        return null;
    }

    private int FindVerb()
    {
        var words = 0;
        for (var i = first; i < end && words < WordsBeforeVerbMax; i++)
        {
            if (code.Tokens[i].Group != 0 || code.Tokens[i].Kind == TokenKind.Comment)
                continue;
            if (VerbOf(code, i) is not null)
                return i;
            words++;
        }

        return -1;
    }

    private void MarkDefinition(int verb, SectionMarks marks)
    {
        for (var i = verb + 1; i < end && i <= verb + WordsBeforeNameMax; i++)
        {
            if (WordOf(code, i, Things) is not { } thing)
                continue;
            var what = thing == "type" && HoldsWord("ENUM") ? "enum" : thing;
            if (MarkNamed(i + 1, what, marks) is ({ } name, var next) && thing == "table")
                MarkColumns(verb, name, next, marks);
            return;
        }
    }

    private void MarkQuery(int verb, SectionMarks marks)
    {
        var select = verb;
        while (select < end && !(code.IsWord(select, "SELECT") && code.Tokens[select].Group == code.Tokens[verb].Group))
            select++;
        var from = select;
        while (from < end && !(code.IsWord(from, "FROM") && code.Tokens[from].Group == code.Tokens[verb].Group))
            from++;
        if (from < end)
            MarkNamed(from + 1, "SELECT FROM", marks);
    }

    private (string? Name, int Next) MarkNamed(int token, string what, SectionMarks marks)
    {
        var at = token;
        while (at < end && WordOf(code, at, NoNames) is not null)
            at++;
        var (name, next) = NameAt(at);
        if (name is not null)
            marks.Mark(first, end, $"{what} {name}", SectionRole.Stored);
        return (name, next);
    }

    // A name, quoted in whatever way, with the schema before it.
    private (string? Name, int Next) NameAt(int token)
    {
        if (token >= end || code.Tokens[token].Kind is not (TokenKind.Identifier or TokenKind.Literal))
            return (null, token);
        var name = code.Name(token);
        var next = token + 1;
        for (var parts = 1; parts < 4 && next < end && code.IsBehind(next, '.'); parts++)
            name = $"{name}.{code.Name(next++)}";
        return (name, next);
    }

    private bool HoldsWord(string word)
    {
        for (var i = first; i < end; i++)
        {
            if (code.IsWord(i, word))
                return true;
        }

        return false;
    }

    private void MarkColumns(int verb, string table, int next, SectionMarks marks)
    {
        if (code.IsWord(verb, "ALTER"))
            MarkChanges(table, next, marks);
        else if (code.IsWord(verb, "CREATE")
            && code.GroupBehind(next - 1, 0, '(') is > 0 and var group && code.Group(group).First == next)
            MarkItems(table, group, marks);
    }

    private void MarkItems(string table, int group, SectionMarks marks)
    {
        var (_, _, from, to) = code.Group(group);
        for (var i = from; i < to;)
        {
            var next = i + 1;
            while (next < to && !BeginsItem(next, group))
                next++;
            MarkColumn(table, i, next, marks);
            i = next;
        }
    }

    private bool BeginsItem(int token, int group) =>
        code.BeginsBehind(token, ',')
        && (code.Tokens[token].Group == group
            || (code.GroupOf(token) is { Bracket: '[' } name && name.Parent == group && name.First == token));

    // ALTER TABLE t ADD COLUMN a int, DROP b
    private void MarkChanges(string table, int next, SectionMarks marks)
    {
        for (var i = next; i < end;)
        {
            var to = i + 1;
            while (to < end && !(code.Tokens[to].Group == 0 && code.BeginsBehind(to, ',')))
                to++;
            var column = i;
            while (column < to && IsChange(column))
                column++;
            if (column > i)
                MarkColumn(table, column, to, marks);
            i = to;
        }
    }

    private bool IsChange(int token) =>
        WordOf(code, token, ["ADD", "ALTER", "MODIFY", "CHANGE", "DROP", "RENAME", "COLUMN", "IF", "NOT", "EXISTS"]) is not null;

    private void MarkColumn(string table, int from, int to, SectionMarks marks)
    {
        var column = from;
        while (column < to && code.Tokens[column].Kind == TokenKind.Comment)
            column++;
        if (column < to && WordOf(code, column, NoColumns) is null && NameAt(column).Name is not null)
            marks.Mark(from, to, $"column {table}.{code.Name(column)}", SectionRole.Stored);
    }
}
