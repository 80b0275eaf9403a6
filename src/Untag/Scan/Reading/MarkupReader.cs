using System.Net;

namespace Untag.Scan.Reading;

/// <summary>Reads XML and HTML tolerantly: tags, attributes, texts and comments. Nothing is resolved but character
/// references, so a document type cannot make it grow. Scripts are read by the lexer of their language.</summary>
internal sealed class MarkupReader : IReader
{
    private static readonly string[] Interfaces =
        [".html", ".htm", ".xhtml", ".qml", ".jsp", ".asp", ".aspx", ".cshtml", ".razor", ".ftl", ".hbs", ".mustache", ".ejs",
         ".wxml", ".twig", ".j2", ".jinja", ".jinja2", ".erb", ".njk", ".liquid", ".gohtml"];

    private static readonly string[] Structures = [".xml", ".svg", ".xsd", ".wsdl", ".xsl", ".csproj", ".props", ".pmml", ".config"];

    // Those of HTML that are never closed; in XML they may mean anything else.
    private static readonly string[] VoidElements = ["br", "hr", "img", "input", "meta", "link", "col", "source"];

    public string Name => "XML, HTML and interface markup";

    public string Reads => "element and attribute names, their values, and the text";

    public bool Recognises(string path, string text)
    {
        var ending = System.IO.Path.GetExtension(path).ToLowerInvariant();
        return Interfaces.Contains(ending)
            || ((Structures.Contains(ending) || ending.Length == 0) && text.AsSpan().TrimStart().StartsWith("<"))
            || text.StartsWith("<?xml", StringComparison.Ordinal);
    }

    public ReadResult Read(string path, string text)
    {
        var ending = System.IO.Path.GetExtension(path).ToLowerInvariant();
        return new ReadResult(Interfaces.Contains(ending)
            ? new Walk(text, PassageKind.Interface, VoidElements).Read()
            : new Walk(text, IsModel(ending, text) ? PassageKind.Model : PassageKind.Structure, []).Read());
    }

    // PMML, and the networks of OpenVINO: what is named there is computed.
    private static bool IsModel(string ending, string text)
    {
        const int HeadCharacters = 4096;
        var head = text.AsSpan(0, Math.Min(text.Length, HeadCharacters));
        return ending == ".pmml" || head.Contains("<PMML", StringComparison.Ordinal)
            || (head.Contains("<net ", StringComparison.Ordinal) && head.Contains("<layers", StringComparison.Ordinal));
    }

    /// <summary>Reads a text that is XML, in which every element is closed.</summary>
    public static Passage ReadXml(string text, PassageKind kind) => new Walk(text, kind, []).Read()[0];

    private sealed class Walk(string text, PassageKind kind, string[] voidElements)
    {
        private readonly List<Token> tokens = [];
        private readonly List<Passage> scripts = [];
        private readonly Groups groups = new();
        private int at;
        private int line = 1;
        private int lineStart;

        public List<Passage> Read()
        {
            while (at < text.Length)
            {
                if (text[at] != '<')
                    ReadText();
                else if (StartsWith("<!--"))
                    ReadComment();
                else if (StartsWith("</"))
                    CloseElement();
                else if (StartsWith("<%"))
                    ReadTemplateCode("%>");
                else if (StartsWith("<?xml"))
                    SkipTo("?>");
                else if (StartsWith("<?"))
                    ReadTemplateCode("?>");
                else if (StartsWith("<![CDATA["))
                    ReadUntil("]]>", "<![CDATA[".Length, TokenKind.Value);
                else if (at + 1 < text.Length && (char.IsLetter(text[at + 1]) || text[at + 1] == '_'))
                    OpenElement();
                else if (StartsWith("<!"))
                    ReadUntil(">", "<!".Length, TokenKind.Value);
                else
                    ReadText();
            }

            return [new Passage(kind, "markup", tokens) { Parents = groups.Parents }, .. scripts];
        }

        private bool StartsWith(string mark) => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;

        private void ReadText()
        {
            var end = text.IndexOf('<', at + 1); // a sign that opens nothing is text itself
            AddLines(TokenKind.Value, end < 0 ? text.Length : end);
        }

        private void ReadComment() => ReadUntil("-->", "<!--".Length, TokenKind.Comment);

        private void ReadUntil(string close, int open, TokenKind tokenKind)
        {
            at += open;
            var end = text.IndexOf(close, Math.Min(at, text.Length), StringComparison.Ordinal);
            AddLines(tokenKind, end < 0 ? text.Length : end);
            at = Math.Min(text.Length, at + close.Length);
        }

        private void CloseElement()
        {
            groups.Close();
            var end = text.IndexOf('>', at);
            MoveTo(end < 0 ? text.Length : end + 1);
        }

        private void OpenElement()
        {
            at++;
            var name = ReadName();
            groups.Open();
            Add(TokenKind.Key, name.Start, name.End);
            ReadAttributes();
            var closed = at > 0 && at < text.Length && text[at - 1] == '/';
            MoveTo(Math.Min(text.Length, at + 1));
            var element = text.AsSpan(name.Start, name.End - name.Start);
            if (closed || IsVoid(element))
                groups.Close();
            else if (element.Equals("script", StringComparison.OrdinalIgnoreCase))
                ReadScript();
            else if (element.Equals("style", StringComparison.OrdinalIgnoreCase))
                SkipTo("</style");
        }

        private bool IsVoid(ReadOnlySpan<char> element)
        {
            foreach (var name in voidElements)
            {
                if (element.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return true;
            }

            return false;
        }

        private void ReadAttributes()
        {
            while (at < text.Length && text[at] != '>')
            {
                var c = text[at];
                if (c is '"' or '\'')
                    ReadAttributeValue(c);
                else if (char.IsLetter(c) || c is '_' or ':' or '@' or '#')
                    AddName();
                else
                    MoveTo(at + 1);
            }
        }

        private void AddName()
        {
            var name = ReadName();
            Add(TokenKind.Key, name.Start, name.End);
        }

        private void ReadAttributeValue(char quote)
        {
            at++;
            var end = text.IndexOf(quote, at);
            AddLines(TokenKind.Value, end < 0 ? text.Length : end);
            at = Math.Min(text.Length, at + 1);
        }

        private void ReadScript()
        {
            var end = text.IndexOf("</script", at, StringComparison.OrdinalIgnoreCase);
            AddScript(end < 0 ? text.Length : end);
        }

        private void ReadTemplateCode(string close)
        {
            MoveTo(at + "<%".Length);
            var end = text.IndexOf(close, at, StringComparison.Ordinal);
            AddScript(end < 0 ? text.Length : end);
            at = Math.Min(text.Length, at + close.Length);
        }

        private void AddScript(int end)
        {
            var code = CodeLexer.Read(Languages.Named("javascript")!, text[at..end], line, at - lineStart + 1);
            if (code.Count > 0)
                scripts.Add(new Passage(PassageKind.Code, "javascript", code));
            MoveTo(end);
        }

        private void SkipTo(string close)
        {
            var end = text.IndexOf(close, at, StringComparison.OrdinalIgnoreCase);
            MoveTo(end < 0 ? text.Length : end);
        }

        private (int Start, int End) ReadName()
        {
            var start = at++;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.' or ':' or '@'))
                at++;
            return (start, at);
        }

        private void AddLines(TokenKind tokenKind, int end)
        {
            while (at < end)
            {
                var length = text.AsSpan(at, end - at).IndexOfAny('\n', '\r');
                var stop = length < 0 ? end : at + length;
                Add(tokenKind, at, stop);
                MoveTo(length < 0 ? end : stop + 1);
            }
        }

        private void MoveTo(int to)
        {
            while (text.AsSpan(at, to - at).IndexOfAny('\n', '\r') is var length and >= 0)
            {
                at += length + 1;
                // CR LF ends one line, at its LF.
                if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
                    continue;
                line++;
                lineStart = at;
            }

            at = to;
        }

        private void Add(TokenKind tokenKind, int start, int end)
        {
            var content = text.AsMemory(start, end - start);
            if (content.Span.IsWhiteSpace())
                return;
            var column = start - lineStart + 1;
            if (content.Span.Contains('&'))
                content = WebUtility.HtmlDecode(content.ToString()).AsMemory();
            tokens.Add(new Token(tokenKind, content, line, column, groups.Current));
        }
    }
}
