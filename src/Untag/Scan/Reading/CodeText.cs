namespace Untag.Scan.Reading;

/// <summary>A pair of brackets in source code, or an indented block.</summary>
/// <param name="Parent">Number of the one around it; 0 is the file.</param>
/// <param name="Bracket">What opens it; <see cref="Block"/> for an indented block.</param>
/// <param name="First">Index of the first token in it, or of the first one behind it when it holds none.</param>
/// <param name="End">Index of the first token behind it.</param>
internal readonly record struct CodeGroup(int Parent, char Bracket, int First, int End)
{
    /// <summary>Stands for the bracket of an indented block.</summary>
    public const char Block = ':';
}

/// <summary>A character between two tokens, other than an opening bracket.</summary>
/// <param name="Character">The character.</param>
/// <param name="Before">Index of the token that follows.</param>
internal readonly record struct CodeMark(char Character, int Before);

/// <summary>Source code as the lexer took it apart: the tokens, and what stood between them.</summary>
internal sealed class CodeText
{
    private const int HeadTokensMax = 40; // of a declaration, before its body
    private const int NameCharactersMax = 120; // names are put together

    private readonly List<Token> tokens;
    private readonly CodeGroup[] groups;
    private readonly List<CodeMark> punctuation;

    /// <param name="tokens">The tokens, in their order.</param>
    /// <param name="opened">The groups by their number, whose ends are not known yet; the first is the file.</param>
    /// <param name="punctuation">What stands between the tokens, in its order.</param>
    public CodeText(List<Token> tokens, List<CodeGroup> opened, List<CodeMark> punctuation)
    {
        this.tokens = tokens;
        this.punctuation = punctuation;
        groups = [.. opened];
        groups[0] = new CodeGroup(0, '\0', 0, tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
            Reach(tokens[i].Group, i + 1);
        // What lies inside has the larger number.
        for (var group = groups.Length - 1; group > 0; group--)
            Reach(groups[group].Parent, groups[group].End);
    }

    /// <summary>The tokens, in their order.</summary>
    public List<Token> Tokens => tokens;

    /// <summary>Number of tokens.</summary>
    public int Count => tokens.Count;

    /// <summary>Number of groups, the file included.</summary>
    public int GroupCount => groups.Length;

    /// <summary>A pair of brackets or block by its number.</summary>
    public CodeGroup Group(int number) => groups[number];

    /// <summary>The pair of brackets or block around a token.</summary>
    public CodeGroup GroupOf(int token) => groups[tokens[token].Group];

    /// <summary>True for a name in code.</summary>
    public bool IsName(int token) => token >= 0 && token < Count && tokens[token].Kind == TokenKind.Identifier;

    /// <summary>True for this name.</summary>
    public bool Is(int token, string name) => IsName(token) && tokens[token].Text.Span.SequenceEqual(name);

    /// <summary>True for this word in a language that does not tell capitals.</summary>
    public bool IsWord(int token, string word) =>
        IsName(token) && tokens[token].Text.Span.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text of a token, cut to what a name may be long.</summary>
    public string Name(int token) =>
        tokens[token].Text.Length <= NameCharactersMax
            ? tokens[token].Text.ToString()
            : $"{tokens[token].Text.Span[..NameCharactersMax]}…";

    /// <summary>True when a token is the first one on its line.</summary>
    public bool StartsLine(int token) => token == 0 || tokens[token - 1].Line < tokens[token].Line;

    /// <summary>True when the character stands between a token and the one before it.</summary>
    public bool IsBehind(int token, char character) => IsBetween(token, token, character);

    /// <summary>True when a token is the first of what follows the character. A comment on the character's line speaks of
    /// what stands before it.</summary>
    public bool BeginsBehind(int token, char character)
    {
        if (tokens[token].Kind == TokenKind.Comment && !StartsLine(token))
            return false;
        var behind = token;
        while (behind > 0 && !IsBehind(behind, character) && tokens[behind - 1].Kind == TokenKind.Comment && !StartsLine(behind - 1))
            behind--;
        return IsBehind(behind, character);
    }

    /// <summary>The group that opens directly behind a token and has this bracket; 0 when none does.</summary>
    public int GroupAt(int token, char bracket)
    {
        var group = GroupBehind(token, tokens[token].Group, bracket);
        return group > 0 && groups[group].First == token + 1 ? group : 0;
    }

    /// <summary>The group of this bracket that the head which begins with a token leads to; 0 when it has none.</summary>
    public int BodyBehind(int token, char bracket) => GroupBehind(token, tokens[token].Group, bracket);

    /// <summary>The next group of this bracket behind a token; 0 when there is none in the same statement.</summary>
    /// <param name="token">The token.</param>
    /// <param name="parent">Number of the group in which it must stand.</param>
    /// <param name="bracket">What opens it.</param>
    public int GroupBehind(int token, int parent, char bracket)
    {
        for (var group = FirstGroupFrom(token + 1); group < groups.Length; group++)
        {
            var found = groups[group];
            if (found.First - token > HeadTokensMax || IsBetween(token + 1, found.First - 1, ';'))
                return 0;
            if (found.Parent == parent && found.Bracket == bracket)
                return group;
        }

        return 0;
    }

    /// <summary>The first token of what a token begins, with the comments that stand directly above it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="takesTexts">True where a text above is a description too.</param>
    public int WithDescription(int token, bool takesTexts = false)
    {
        var first = token;
        while (first > 0 && tokens[first - 1] is var above && above.Group == tokens[token].Group
            && (takesTexts && above.Kind == TokenKind.Literal
                || (above.Kind == TokenKind.Comment && StartsLine(first - 1)
                    && tokens[first].Line - above.Line <= 1)))
            first--;
        return first;
    }

    private void Reach(int group, int end)
    {
        if (groups[group].End < end)
            groups[group] = groups[group] with { End = end };
    }

    private bool IsBetween(int first, int last, char character)
    {
        for (var i = FirstMarkFrom(first); i < punctuation.Count && punctuation[i].Before <= last; i++)
        {
            if (punctuation[i].Character == character)
                return true;
        }

        return false;
    }

    private int FirstGroupFrom(int token)
    {
        var low = 1;
        var high = groups.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (groups[middle].First < token)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private int FirstMarkFrom(int token)
    {
        var low = 0;
        var high = punctuation.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (punctuation[middle].Before < token)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
