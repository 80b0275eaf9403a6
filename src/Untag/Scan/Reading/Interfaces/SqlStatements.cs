namespace Untag.Scan.Reading.Interfaces;

/// <summary>SQL: definitions of tables and their changes, and what is asked of them.</summary>
internal sealed class SqlStatements : ICodeFormat
{
    public string Name => "SQL";

    public string Reads => "each table with its columns, each view, enum and function, each query and change of a table";

    public IReadOnlyList<string> Languages => ["sql"];

    public void Mark(string language, CodeText code, SectionMarks marks)
    {
        var first = 0;
        while (first < code.Count)
        {
            var end = first + 1;
            while (end < code.Count && !BeginsStatement(code, end))
                end++;
            new SqlStatement(code, first, end).Mark(marks);
            first = end;
        }
    }

    // Not everybody writes semicolons. A comment above a statement belongs to it.
    private static bool BeginsStatement(CodeText code, int token)
    {
        if (code.BeginsBehind(token, ';'))
            return true;
        return code.Tokens[token].Group == 0 && code.StartsLine(token) && !IsBelowComment(code, token)
            && StartsWithVerb(code, BelowComments(code, token));
    }

    private static bool IsBelowComment(CodeText code, int token) =>
        code.Tokens[token - 1].Kind == TokenKind.Comment && code.StartsLine(token - 1);

    private static int BelowComments(CodeText code, int token)
    {
        while (token < code.Count && code.Tokens[token].Kind == TokenKind.Comment)
            token++;
        return token;
    }

    private static bool StartsWithVerb(CodeText code, int token)
    {
        if (token == code.Count || code.Tokens[token].Group != 0 || !code.StartsLine(token))
            return false;
        return SqlStatement.VerbOf(code, token) switch
        {
            null or "SELECT" or "WITH" => false,
            "ALTER" or "DROP" => !code.IsWord(token + 1, "COLUMN") && !code.IsWord(token + 1, "CONSTRAINT"),
            "UPDATE" => !code.IsWord(token + 1, "SET"), // ON CONFLICT DO UPDATE SET
            _ => true,
        };
    }
}
