namespace Untag.Scan.Reading.Interfaces;

/// <summary>A call that may define or change a table.</summary>
internal readonly struct MappedCall
{
    private const int TypeTokensMax = 4; // AddColumn<string>(
    private const int ArgumentTokensMax = 256;
    private const int AsTokensMax = 2; // with op.batch_alter_table("faces") as batch:

    private static readonly string[] Definitions = ["def", "function", "func", "fun", "void"];
    private static readonly string[] NamesOfNames = ["name", "tableName", "table"];

    private readonly CodeText code;
    private readonly int token;
    private readonly int first;

    /// <param name="code">The file.</param>
    /// <param name="blocks">Where its blocks end.</param>
    /// <param name="token">The name of what is called.</param>
    public MappedCall(CodeText code, CodeBlocks blocks, int token)
    {
        this.code = code;
        this.token = token;
        var group = code.BodyBehind(token, '(');
        if (group > 0 && code.Group(group).First - token > (code.IsBehind(token + 1, '<') ? TypeTokensMax : 1))
            group = 0;
        first = group > 0 ? code.Group(group).First : token + 1;
        End = blocks.EndWithWord ? EndOfLines(code, blocks, token) : group > 0 ? EndOf(group) : token;
    }

    /// <summary>The first token behind it.</summary>
    public int End { get; }

    /// <summary>The text that a name is given: right behind it, or in its parentheses.</summary>
    public static string? TextBehind(CodeText code, int token)
    {
        if (token + 1 >= code.Count)
            return null;
        if (IsText(code, token + 1) && code.Tokens[token + 1].Group == code.Tokens[token].Group)
            return code.Name(token + 1);
        if (code.GroupAt(token, '(') is not (> 0 and var group))
            return null;
        var (_, _, first, end) = code.Group(group);
        for (var i = first; i + 1 < end; i++)
        {
            if (CodeBlocks.IsOneOf(code, i, NamesOfNames) && IsText(code, i + 1))
                return code.Name(i + 1);
        }

        return first < end && IsText(code, first) ? code.Name(first) : null;
    }

    /// <summary>True when one of the words, or a text that it marks, stands between two tokens.</summary>
    public static bool Hold(CodeText code, int first, int end, string[] words)
    {
        for (var i = first; i < end && i < first + CodeBlocks.TokensMax; i++)
        {
            if (CodeBlocks.IsOneOf(code, i, words) || (IsText(code, i) && IsMarked(code.Tokens[i].Text.Span, words)))
                return true;
        }

        return false;
    }

    /// <summary>True when it is a call that the mapping knows.</summary>
    public bool Defines(TableMapping mapping)
    {
        if (End <= token || CodeBlocks.IsOneOf(code, token - 1, Definitions))
            return false;
        if (mapping.CalledOn.Length > 0 && !CodeBlocks.IsOneOf(code, token - 1, mapping.CalledOn))
            return false;
        return mapping.CallHolds.Length == 0 || Hold(code, first, End, mapping.CallHolds);
    }

    /// <summary>What it defines or changes, such as <c>table faces</c>; null when it does not say.</summary>
    public string? NameBy(TableMapping mapping)
    {
        if (mapping.IsCalledOnModel)
            return code.IsName(token - 1) ? $"{mapping.CallNames} {code.Name(token - 1)}" : null;
        var name = Argument(mapping, isDirect: true) ?? Text() ?? Argument(mapping, isDirect: false);
        // Entity<Face>(…)
        if (name is null && code.IsBehind(token + 1, '<'))
            name = code.Name(first - 1);
        return name is null ? null : $"{mapping.CallNames} {name}";
    }

    private static bool IsText(CodeText code, int token) => code.Tokens[token].Kind == TokenKind.Literal;

    // The fields of a struct in Go tell how they are stored in a text behind them.
    private static bool IsMarked(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.IndexOf(word) is >= 0 and var at && at + word.Length < text.Length && text[at + word.Length] == ':')
                return true;
        }

        return false;
    }

    private static int EndOfLines(CodeText code, CodeBlocks blocks, int token)
    {
        var end = blocks.EndOfLine(token);
        while (end < code.Count && code.IsBehind(end, ','))
            end = blocks.EndOfLine(end);
        for (var i = token; i < end; i++)
        {
            if (code.Is(i, "do"))
                return blocks.EndByColumn(token);
        }

        return end;
    }

    private int EndOf(int group)
    {
        var end = code.Group(group).End;
        if (end == 0 || end > code.Count)
            return token;
        var block = code.GroupBehind(Math.Max(token, end - 1), code.Tokens[token].Group, CodeGroup.Block);
        return block > 0 && code.Group(block).First - end <= AsTokensMax && IsWith() ? code.Group(block).End : end;
    }

    private bool IsWith()
    {
        var line = token;
        while (!code.StartsLine(line))
            line--;
        return code.Is(line, "with");
    }

    private string? Argument(TableMapping mapping, bool isDirect)
    {
        foreach (var argument in mapping.TableArguments)
        {
            for (var i = first; i + 1 < End && i < first + ArgumentTokensMax; i++)
            {
                if (code.Is(i, argument) && IsText(code, i + 1)
                    && (!isDirect || code.Tokens[i].Group == code.Tokens[first].Group))
                    return code.Name(i + 1);
            }
        }

        return null;
    }

    // A symbol is a text too.
    private string? Text() =>
        first < End && (IsText(code, first) || (code.IsName(first) && code.IsBehind(first, ':'))) ? code.Name(first) : null;
}
