using System.Text;

namespace Untag.Scan.Reading.Resources;

/// <summary>Reads the catalogs that gettext translates from: the message and its translations.</summary>
internal sealed class GettextReader : IReader
{
    private static readonly Language Catalog =
        new() { Name = "gettext", Files = [], LineComments = ["#"], Quotes = "\"" };

    public string Name => "gettext .po and .pot";

    public string Reads => "messages, their context, translations and comments, each with its message";

    public bool Recognises(string path, string text) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".po" or ".pot";

    public ReadResult Read(string path, string text)
    {
        var entries = new Entries();
        foreach (var token in CodeLexer.Read(Catalog, text))
            entries.Add(token);
        return new ReadResult([entries.ToPassage()]);
    }

    /// <summary>The name of the resource that is a message.</summary>
    /// <param name="message">The message; gettext puts its context, and a sign, in front of it.</param>
    public static string NameOf(ReadOnlySpan<char> message) =>
        $"message {ResourceKeys.Shorten(message[(message.IndexOf('\u0004') + 1)..].Trim())}";

    private sealed class Entries
    {
        private readonly List<Token> tokens = [];
        private readonly List<Section> sections = [];
        private readonly StringBuilder message = new();
        private string keyword = "";
        private Token? start;

        public void Add(Token token)
        {
            if (token.Kind == TokenKind.Comment)
                AddComment(token);
            else if (token.Kind == TokenKind.Identifier)
                Begin(token);
            else if (token.Kind == TokenKind.Literal)
                AddText(token with { Kind = TokenKind.Value, Group = 1 });
        }

        public Passage ToPassage()
        {
            Close();
            return new Passage(PassageKind.Interface, Catalog.Name, tokens) { Sections = sections };
        }

        // The other comments name files of the source, and flags.
        private void AddComment(Token token)
        {
            if (token.Text.Span[0] is ':' or ',')
                return;
            if (keyword.StartsWith("msgstr", StringComparison.Ordinal))
                Close();
            start ??= token;
            tokens.Add(token);
        }

        private void Begin(Token token)
        {
            var next = token.Text.ToString();
            if (next == "msgctxt" || (next == "msgid" && keyword != "msgctxt"))
            {
                if (keyword.Length > 0)
                    Close();
                start ??= token;
            }

            keyword = next;
        }

        private void AddText(Token token)
        {
            if (keyword == "msgid")
                message.Append(token.Text.Span);
            // The empty message has the names of translators and other words about the file for its translation.
            if (message.Length > 0 || keyword == "msgctxt")
                tokens.Add(token);
        }

        private void Close()
        {
            if (start is { } first)
                ResourceKeys.AddTo(sections, first, message.Length > 0 ? NameOf(message.ToString()) : null);
            message.Clear();
            start = null;
            keyword = "";
        }
    }
}
