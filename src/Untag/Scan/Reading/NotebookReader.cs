using System.Text;
using System.Text.Json;
using Untag.Scan.Reading.Tables;

namespace Untag.Scan.Reading;

/// <summary>Reads Jupyter notebooks cell by cell: code by the lexer of the notebook's language, text as text, and what
/// the outputs say. Lines are those of the file; the cell says where when the whole notebook is one line.</summary>
internal sealed class NotebookReader : IReader
{
    public string Name => "Jupyter notebook";

    public string Reads => "each cell by itself: code, Markdown, and the outputs that it shows";

    public bool Recognises(string path, string text) =>
        path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && text.AsSpan().TrimStart().StartsWith("{");

    public ReadResult Read(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            return new ReadResult(new Cells(bytes).Read());
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Not the structure of a notebook: everything in it is still JSON or text.
            var json = JsonReader.Read(text);
            return json with { Problem = json.Problem ?? "not the structure of a notebook; read as JSON" };
        }
    }

    /// <summary>A line of a cell with its place in the file.</summary>
    private readonly record struct CellLine(string Text, int Line, int Column);

    private ref struct Cells(byte[] bytes)
    {
        private readonly List<Passage> passages = [];
        private Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = 128 });
        private LinePositions lines = new(bytes);
        private Language language = Languages.Named("python")!;

        public List<Passage> Read()
        {
            // The language stands in the metadata, which often comes after the cells.
            language = LanguageOf(bytes) ?? language;
            var number = 0;
            var depth = -1;
            var hasCells = false;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && depth < 0 && reader.ValueTextEquals("cells"))
                {
                    reader.Read();
                    depth = reader.TokenType == JsonTokenType.StartArray ? reader.CurrentDepth : -1;
                    hasCells |= depth >= 0;
                }
                else if (depth >= 0 && reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == depth + 1)
                {
                    ReadCell(++number);
                }
                else if (depth >= 0 && reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth)
                {
                    depth = -1;
                }
            }

            return hasCells ? passages : throw new JsonException("a notebook has cells");
        }

        private void ReadCell(int number)
        {
            var source = new List<CellLine>();
            var outputs = new List<Token>();
            var kind = "code";
            var depth = reader.CurrentDepth;
            while (reader.Read() && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth))
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depth + 1)
                    continue;
                if (reader.ValueTextEquals("cell_type"))
                {
                    reader.Read();
                    kind = reader.GetString() ?? kind;
                }
                else if (reader.ValueTextEquals("source") || reader.ValueTextEquals("input"))
                {
                    reader.Read();
                    ReadSource(source);
                }
                else if (reader.ValueTextEquals("outputs"))
                {
                    reader.Read();
                    ReadOutputs(outputs);
                }
            }

            AddPassages(number, kind, source, outputs);
        }

        private readonly void AddPassages(int number, string kind, List<CellLine> source, List<Token> outputs)
        {
            var inner = $"cell {number}";
            if (kind == "code")
            {
                var code = string.Concat(source.Select(line => line.Text + "\n"));
                var tokens = CodeLexer.Read(language, code);
                for (var i = 0; i < tokens.Count; i++)
                    tokens[i] = InFile(tokens[i], source);
                passages.Add(new Passage(PassageKind.Code, language.Name, tokens, inner));
            }
            else
            {
                var written = source.Where(line => !string.IsNullOrWhiteSpace(line.Text));
                passages.Add(new Passage(
                    PassageKind.Prose, "text",
                    [.. written.Select(line => new Token(TokenKind.Prose, line.Text.AsMemory(), line.Line, line.Column, 0))],
                    inner));
            }

            if (outputs.Count > 0)
                passages.Add(new Passage(PassageKind.Prose, "output", outputs, inner + " output"));
        }

        private static Token InFile(Token token, List<CellLine> source)
        {
            var line = source[Math.Min(token.Line, source.Count) - 1];
            return token with { Line = line.Line, Column = line.Column + token.Column - 1 };
        }

        private void ReadSource(List<CellLine> source)
        {
            if (reader.TokenType == JsonTokenType.String)
                AddLines(source);
            if (reader.TokenType != JsonTokenType.StartArray)
                return;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                AddLines(source);
        }

        private void AddLines(List<CellLine> source)
        {
            var start = (int)reader.TokenStartIndex + 1;
            var end = start + reader.ValueSpan.Length;
            foreach (var part in reader.GetString()!.TrimEnd('\n').Split('\n'))
            {
                var (line, column) = lines.Of(start);
                // The lexer would count a carriage return as a line of its own.
                source.Add(new CellLine(part.Replace('\r', ' '), line, column));
                start += LengthOfLine(bytes.AsSpan(start..end));
            }
        }

        // Length up to and with the escaped line feed, in the bytes of a JSON string.
        private static int LengthOfLine(ReadOnlySpan<byte> escaped)
        {
            for (var i = 0; i + 1 < escaped.Length; i++)
            {
                if (escaped[i] != '\\')
                    continue;
                i++;
                if (escaped[i] == 'n')
                    return i + 1;
            }

            return escaped.Length;
        }

        // Text that a run left behind. Pictures are passed over, and of a data frame only the header is read: a report
        // names no row.
        private void ReadOutputs(List<Token> outputs)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                return;
            var depth = reader.CurrentDepth;
            var readsText = false;
            while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("data"))
                    ReadShown(outputs);
                else if (reader.TokenType == JsonTokenType.PropertyName)
                    readsText = reader.ValueTextEquals("text");
                else if (reader.TokenType == JsonTokenType.String && readsText)
                    AddOutput(outputs);
            }
        }

        // The same result in several forms. A table in HTML says that the plain text holds its rows too.
        private void ReadShown(List<Token> outputs)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return;
            var depth = reader.CurrentDepth;
            var plain = new List<Token>();
            var html = new StringBuilder();
            var form = "";
            var place = (Line: 0, Column: 0);
            while (reader.Read() && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth))
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1)
                {
                    form = reader.GetString();
                }
                else if (reader.TokenType == JsonTokenType.String && form == "text/plain")
                {
                    AddOutput(plain);
                }
                else if (reader.TokenType == JsonTokenType.String && form == "text/html")
                {
                    if (html.Length == 0)
                        place = lines.Of((int)reader.TokenStartIndex);
                    html.Append(reader.GetString());
                }
            }

            if (!html.ToString().Contains("<table", StringComparison.OrdinalIgnoreCase))
            {
                outputs.AddRange(plain);
                return;
            }

            foreach (var column in HtmlTable.Header(html.ToString()))
                outputs.Add(new Token(TokenKind.Prose, column.AsMemory(), place.Line, place.Column, 0));
        }

        private void AddOutput(List<Token> outputs)
        {
            var (line, column) = lines.Of((int)reader.TokenStartIndex);
            foreach (var part in reader.GetString()!.Split('\n'))
            {
                if (!string.IsNullOrWhiteSpace(part))
                    outputs.Add(new Token(TokenKind.Prose, part.AsMemory(), line, column, 0));
            }
        }

        private static Language? LanguageOf(byte[] bytes) =>
            LanguageName(bytes) is { } name ? Languages.Named(name) : null;

        private static string? LanguageName(byte[] bytes)
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 128 });
            return document.RootElement.TryGetProperty("metadata", out var metadata)
                && metadata.ValueKind == JsonValueKind.Object
                && metadata.TryGetProperty("kernelspec", out var kernel)
                && kernel.ValueKind == JsonValueKind.Object
                && kernel.TryGetProperty("language", out var language)
                ? language.GetString()
                : null;
        }
    }
}
