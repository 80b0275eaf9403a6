using System.Buffers;
using System.Text;
using Untag.Scan.Matching;

namespace Untag.Scan.Reading;

/// <summary>Splits source code of any <see cref="Language"/> into identifiers, strings, comments and numbers, and knows
/// which of them stand in the same pair of brackets. It never fails: what is not closed ends with the line or the file.</summary>
internal ref struct CodeLexer
{
    private readonly Language language;
    private readonly string text;
    private readonly List<Token> tokens;
    private readonly Groups groups;
    private readonly List<CodeGroup> opened;
    private readonly List<CodeMark> punctuation;
    private int at;
    private int line;
    private int lineStart;

    private CodeLexer(Language language, string text, int firstLine, int firstColumn)
    {
        this.language = language;
        this.text = text;
        tokens = [];
        groups = new Groups();
        opened = [default];
        punctuation = [];
        line = firstLine;
        lineStart = 1 - firstColumn;
    }

    /// <summary>The tokens of a text.</summary>
    /// <param name="language">The language.</param>
    /// <param name="text">The text.</param>
    /// <param name="firstLine">Number of its first line in the file.</param>
    /// <param name="firstColumn">Column at which the text begins on that line.</param>
    public static List<Token> Read(Language language, string text, int firstLine = 1, int firstColumn = 1)
    {
        var lexer = new CodeLexer(language, text, firstLine, firstColumn);
        lexer.ReadAll();
        return lexer.tokens;
    }

    /// <summary>The tokens of a text, with what stands between them.</summary>
    public static CodeText ReadText(Language language, string text)
    {
        var lexer = new CodeLexer(language, text, firstLine: 1, firstColumn: 1);
        lexer.ReadAll();
        return new CodeText(lexer.tokens, lexer.opened, lexer.punctuation);
    }

    private void ReadAll()
    {
        while (at < text.Length)
        {
            if (IsAtLineStart())
                StartLine();
            ReadOne();
        }
    }

    private readonly void StartLine()
    {
        groups.StartLine(Indentation());
        KeepOpened(CodeGroup.Block);
    }

    // The group that was opened last, if it was opened now.
    private readonly void KeepOpened(char bracket)
    {
        if (groups.Parents.Count > opened.Count)
            opened.Add(new CodeGroup(groups.Parents[^1], bracket, tokens.Count, tokens.Count));
    }

    private readonly bool IsAtLineStart() => language.IndentsBlocks && at == lineStart;

    private void ReadOne()
    {
        var c = text[at];
        if (c is '\n' or '\r')
            EndLine();
        else if (char.IsWhiteSpace(c))
            at++;
        else if (Opens(language.BlockComments) is { } comment)
            ReadBlockComment(comment);
        else if (OpensLineComment() is var length and > 0)
            ReadLineComment(length);
        else if (Opens(language.LongStrings) is { } longString)
            ReadLongString(longString);
        else if (language.Quotes.Contains(c, StringComparison.Ordinal))
            ReadString(c);
        else if (IsIdentifierStart(c))
            ReadIdentifier();
        else if (char.IsAsciiDigit(c))
            ReadNumber();
        else
            ReadPunctuation(c);
    }

    private void EndLine()
    {
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        line++;
        lineStart = at;
    }

    private void ReadPunctuation(char c)
    {
        at++;
        if (c is '(' or '[' or '{')
        {
            groups.Open();
            KeepOpened(c);
            return;
        }

        punctuation.Add(new CodeMark(c, tokens.Count));
        if (c is ')' or ']' or '}')
            groups.Close();
        else if (c == ':' && language.IndentsBlocks && IsEndOfLine())
            groups.ExpectBlock();
    }

    private readonly bool IsEndOfLine()
    {
        for (var i = at; i < text.Length && text[i] is not ('\n' or '\r' or '#'); i++)
        {
            if (!char.IsWhiteSpace(text[i]))
                return false;
        }

        return true;
    }

    // The indentation of a line that holds something; -1 for an empty one, which closes no block.
    private readonly int Indentation()
    {
        var i = at;
        while (i < text.Length && text[i] is ' ' or '\t')
            i++;
        return i == text.Length || text[i] is '\n' or '\r' or '#' ? -1 : i - at;
    }

    private readonly (string Open, string Close)? Opens((string Open, string Close)[] pairs)
    {
        foreach (var pair in pairs)
        {
            if (StandsAt(at, pair.Open))
                return pair;
        }

        return null;
    }

    private readonly int OpensLineComment()
    {
        foreach (var mark in language.LineComments)
        {
            if (StandsAt(at, mark))
                return mark.Length;
        }

        return 0;
    }

    private void ReadLineComment(int markLength)
    {
        var end = text.AsSpan(at).IndexOfAny('\n', '\r');
        end = end < 0 ? text.Length : at + end;
        Add(TokenKind.Comment, at + markLength, end);
        at = end;
    }

    private void ReadBlockComment((string Open, string Close) pair)
    {
        var close = EndOfComment(pair);
        at += pair.Open.Length;
        AddLines(TokenKind.Comment, close);
        at = Math.Min(text.Length, close + pair.Close.Length);
    }

    private readonly int EndOfComment((string Open, string Close) pair)
    {
        var depth = 1;
        for (var i = at + pair.Open.Length; i < text.Length; i++)
        {
            if (StandsAt(i, pair.Close))
            {
                depth--;
                if (depth == 0)
                    return i;
                i += pair.Close.Length - 1;
            }
            else if (language.NestsComments && StandsAt(i, pair.Open))
            {
                depth++;
                i += pair.Open.Length - 1;
            }
        }

        return text.Length;
    }

    private readonly bool StandsAt(int index, string mark) =>
        string.CompareOrdinal(text, index, mark, 0, mark.Length) == 0;

    private readonly int EndOfLongString((string Open, string Close) pair)
    {
        for (var i = at + pair.Open.Length; i < text.Length; i++)
        {
            if (language.EscapesInLongStrings && text[i] == '\\')
                i++;
            else if (StandsAt(i, pair.Close))
                return i;
        }

        return text.Length;
    }

    private void ReadLongString((string Open, string Close) pair)
    {
        var start = at;
        var close = EndOfLongString(pair);
        // A string that stands alone at the start of a Python block is its documentation.
        var isDocumentation = language.IndentsBlocks && text.AsSpan(Math.Max(0, lineStart)..start).IsWhiteSpace();
        at += pair.Open.Length;
        AddLines(isDocumentation ? TokenKind.Comment : TokenKind.Literal, close);
        at = Math.Min(text.Length, close + pair.Close.Length);
    }

    private void ReadString(char quote)
    {
        var start = ++at;
        var escaped = false;
        while (at < text.Length && text[at] is not ('\n' or '\r'))
        {
            if (text[at] == quote)
            {
                if (!language.DoublesQuotes || at + 1 >= text.Length || text[at + 1] != quote)
                    break;
                at++;
            }
            else if (text[at] == '\\' && !language.DoublesQuotes && at + 1 < text.Length)
            {
                escaped = true;
                at++;
                if (text[at] is '\n' or '\r')
                    break;
            }

            at++;
        }

        var end = Math.Min(at, text.Length);
        if (escaped)
            AddText(TokenKind.Literal, Escapes.Resolve(text.AsSpan(start, end - start)).AsMemory(), start);
        else
            Add(TokenKind.Literal, start, end);
        if (at < text.Length && text[at] == quote)
            at++;
    }

    private readonly bool IsIdentifierStart(char c) =>
        char.IsLetter(c) || c == '_' || (language.IdentifierExtras.Contains(c, StringComparison.Ordinal) && c is '$' or '@')
        || DisguisedLetter(at) > 0;

    private void ReadIdentifier()
    {
        var start = at;
        while (at < text.Length && IdentifierPart(at) is var length and > 0)
            at += length;
        Add(TokenKind.Identifier, start, at);
    }

    private readonly int IdentifierPart(int index) =>
        char.IsLetterOrDigit(text[index]) || text[index] == '_'
        || language.IdentifierExtras.Contains(text[index], StringComparison.Ordinal)
            ? 1
            : DisguisedLetter(index);

    // Compilers take `\u0072ace` and mathematical letters for names; marks and unseen characters divide none to the eye.
    private readonly int DisguisedLetter(int index)
    {
        if (text[index] < 0x80)
        {
            return text[index] == '\\' && index + 1 < text.Length && text[index + 1] is 'u' or 'U'
                && CharacterEscapes.TryRead(text.AsSpan(index), out var escaped, out var written) && Rune.IsLetterOrDigit(escaped)
                ? written
                : 0;
        }

        return Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var length) == OperationStatus.Done
            && (LookAlikes.Known[rune.Value] & ~Looks.Folded) != 0 ? length : 0;
    }

    private void ReadNumber()
    {
        var start = at++;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' or '_'))
            at++;
        Add(TokenKind.Number, start, at);
    }

    // One token a line, so that each has the line it stands on.
    private void AddLines(TokenKind kind, int end)
    {
        while (true)
        {
            var length = text.AsSpan(at, end - at).IndexOfAny('\n', '\r');
            if (length < 0)
            {
                Add(kind, at, end);
                return;
            }

            Add(kind, at, at + length);
            at += length;
            EndLine();
        }
    }

    private readonly void Add(TokenKind kind, int start, int end)
    {
        while (start < end && text[start] is ' ' or '\t' && kind == TokenKind.Comment)
            start++;
        if (end == start)
            return;
        var content = text.AsMemory(start, end - start);
        var isEscaped = kind == TokenKind.Literal && language.EscapesInLongStrings && content.Span.Contains('\\');
        AddText(kind, isEscaped ? Escapes.Resolve(content.Span).AsMemory() : content, start);
    }

    private readonly void AddText(TokenKind kind, ReadOnlyMemory<char> content, int start) =>
        tokens.Add(new Token(kind, content, line, start - lineStart + 1, groups.Current));
}

/// <summary>Numbers the pairs of brackets and the indented blocks.</summary>
internal sealed class Groups
{
    private readonly Stack<(int Number, int Indentation)> outer = [];
    private readonly List<int> parents = [0];
    private int number;
    private int indentation;
    private bool expectsBlock;

    /// <summary>Number of the innermost open group; 0 for the file.</summary>
    public int Current => number;

    /// <summary>For each group the one around it.</summary>
    public IReadOnlyList<int> Parents => parents;

    private bool IsBlock => indentation >= 0;

    public void Open() => Push(blockIndentation: -1);

    public void Close()
    {
        // Blocks that are still open inside the brackets end with them.
        while (outer.Count > 0 && IsBlock)
            Pop();
        if (outer.Count > 0)
            Pop();
    }

    // Inside brackets a colon at the end of a line belongs to an entry of a dictionary, not to a block.
    public void ExpectBlock() => expectsBlock = IsBlock;

    /// <summary>Opens the expected block, or closes those that the line's indentation leaves.</summary>
    public void StartLine(int lineIndentation)
    {
        if (lineIndentation < 0)
            return;
        while (outer.Count > 0 && IsBlock && lineIndentation < indentation)
            Pop();
        if (expectsBlock)
            Push(lineIndentation);
        expectsBlock = false;
    }

    private void Push(int blockIndentation)
    {
        outer.Push((number, indentation));
        parents.Add(number);
        number = parents.Count - 1;
        indentation = blockIndentation;
    }

    private void Pop() => (number, indentation) = outer.Pop();
}
