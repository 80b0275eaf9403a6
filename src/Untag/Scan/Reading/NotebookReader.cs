using System.Text;
using System.Text.Json;

namespace Untag.Scan.Reading;

/// <summary>Reads Jupyter notebooks cell by cell: code by the lexer of the notebook's language, text as text, and what
/// the outputs say. Lines are those of the file; the cell says where when the whole notebook is one line.</summary>
internal sealed class NotebookReader : IReader
{
    public string Name => "Jupyter notebook";

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
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("cells"))
                {
                    reader.Read();
                    depth = reader.CurrentDepth;
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

            return passages;
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
                else if (reader.ValueTextEquals("source"))
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
                var code = string.Concat(source.Select(line => line.Text.EndsWith('\n') ? line.Text : line.Text + "\n"));
                var tokens = CodeLexer.Read(language, code);
                for (var i = 0; i < tokens.Count; i++)
                    tokens[i] = InFile(tokens[i], source);
                passages.Add(new Passage(PassageKind.Code, language.Name, tokens, inner));
            }
            else
            {
                passages.Add(new Passage(
                    PassageKind.Prose, "text",
                    [.. source.Select(line => new Token(TokenKind.Prose, line.Text.AsMemory(), line.Line, line.Column, 0))], inner));
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
            {
                var (line, column) = lines.Of((int)reader.TokenStartIndex);
                foreach (var part in reader.GetString()!.Split('\n'))
                    source.Add(new CellLine(part + "\n", line, column));
                return;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var (line, column) = lines.Of((int)reader.TokenStartIndex);
                source.Add(new CellLine(reader.GetString() ?? "", line, column + 1));
            }
        }

        // Text that a run left behind. Pictures and data frames of rows are passed over: a report names no row.
        private void ReadOutputs(List<Token> outputs)
        {
            var depth = reader.CurrentDepth;
            var readsText = false;
            while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                    readsText = reader.ValueTextEquals("text") || reader.ValueTextEquals("text/plain");
                else if (reader.TokenType == JsonTokenType.String && readsText)
                    AddOutput(outputs);
            }
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
