namespace Untag.Scan.Reading.Interfaces;

/// <summary>Where classes, functions and calls end, as the language writes that.</summary>
internal sealed class CodeBlocks(string language, CodeText code)
{
    /// <summary>Tokens that are looked at in search of a word.</summary>
    public const int TokensMax = 1024;

    private const int LineTokensMax = 256;

    private LineStarts? closing;

    /// <summary>True where blocks end with a word.</summary>
    public bool EndWithWord { get; } = language == "ruby";

    /// <summary>True where what a class derives from stands in parentheses.</summary>
    public bool HaveBasesInParentheses { get; } = language == "python";

    /// <summary>What opens the body of a class.</summary>
    public char Opening { get; } = language == "python" ? CodeGroup.Block : '{';

    /// <summary>True when one of the words is the token.</summary>
    public static bool IsOneOf(CodeText code, int token, string[] words)
    {
        foreach (var word in words)
        {
            if (code.Is(token, word))
                return true;
        }

        return false;
    }

    /// <summary>True for the word that begins a class and has its name behind it.</summary>
    public bool DefinesClass(int token) => language switch
    {
        "go" => code.Is(token, "type") && code.Is(token + 2, "struct"),
        "kotlin" => code.Is(token, "class") || code.Is(token, "object"),
        "csharp" => code.Is(token, "class") || code.Is(token, "record"),
        _ => code.Is(token, "class"),
    } && code.IsName(token + 1);

    /// <summary>The body of a class; null when it has none.</summary>
    /// <param name="keyword">The word that begins it.</param>
    public (int First, int End)? BodyOf(int keyword)
    {
        if (EndWithWord)
            return (EndOfLine(keyword), EndByColumn(keyword));
        var body = code.BodyBehind(keyword + 1, Opening);
        // A class that only holds data may have all of it in parentheses.
        if (body == 0 || HasClassBetween(keyword + 2, code.Group(body).First))
            body = code.GroupAt(keyword + 1, '(');
        return body == 0 ? null : (code.Group(body).First, code.Group(body).End);
    }

    /// <summary>The functions directly in the body of a class.</summary>
    public IEnumerable<(int First, int End)> FunctionsIn(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            var function = FunctionAt(i, first);
            if (function.End <= i)
                continue;
            yield return function;
            i = function.End - 1;
        }
    }

    /// <summary>The first token of the line behind a token.</summary>
    public int EndOfLine(int token)
    {
        var end = token + 1;
        while (end < code.Count && !code.StartsLine(end) && end - token < LineTokensMax)
            end++;
        return end;
    }

    /// <summary>The end of a block that the word <c>end</c> closes, as far left as the line that opens it.</summary>
    public int EndByColumn(int token)
    {
        var line = token;
        while (!code.StartsLine(line) && token - line < LineTokensMax)
            line--;
        closing ??= new LineStarts(code, ["end", "class", "module", "def"]);
        var close = closing.FirstBehind(EndOfLine(token) - 1, code.Tokens[line].Column);
        return close < code.Count && code.Is(close, "end") ? close + 1 : close;
    }

    private (int First, int End) FunctionAt(int token, int first)
    {
        if (EndWithWord)
            return code.Is(token, "def") ? (token, EndByColumn(token)) : default;
        if (Opening == CodeGroup.Block)
        {
            return code.Is(token, "def") && code.BodyBehind(token, Opening) is > 0 and var block
                ? (token, code.Group(block).End)
                : default;
        }

        var body = code.GroupOf(token);
        var isFunction = body.Bracket == '{' && body.First == token && body.Parent == code.Tokens[first].Group;
        return isFunction ? (token, body.End) : default;
    }

    private bool HasClassBetween(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (DefinesClass(i))
                return true;
        }

        return false;
    }
}
