using System.Text;
using System.Text.Json;
using Untag.Scan.Reading.Interfaces;
using Untag.Scan.Reading.Tables;

namespace Untag.Scan.Reading;

/// <summary>Reads JSON with comments and trailing commas, and JSON Lines. What follows a syntax error is read as plain
/// text, so that nothing is missed, and the error is stated.</summary>
internal sealed class JsonReader : IReader
{
    private const int DepthMax = 256;

    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Allow,
        MaxDepth = DepthMax,
        AllowMultipleValues = true,
    };

    public string Name => "JSON";

    public string Reads => "keys and values, each in its object; of records the keys and labels, never a record";

    public bool Recognises(string path, string text)
    {
        var ending = System.IO.Path.GetExtension(path).ToLowerInvariant();
        if (ending is ".json" or ".jsonl" or ".ndjson" or ".jsonc" or ".json5" or ".geojson" or ".webmanifest" or ".arb"
            or ".avsc" or ".avpr" or ".har")
            return true;
        return ending.Length == 0 && StartsLikeJson(text);
    }

    public ReadResult Read(string path, string text) => Read(text);

    /// <summary>Reads a text that should be JSON.</summary>
    public static ReadResult Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var tokens = new List<Token>();
        var structure = new List<TokenGroup> { TokenGroup.File };
        var problem = Parse(bytes, tokens, structure, out var parsed);
        var passages = new List<Passage>
        {
            new(PassageKind.Structure, "json", new JsonRecords(structure, tokens).Replaced())
            {
                Parents = TokenGroup.ParentsOf(structure),
                Sections = DocumentFormats.SectionsOf(tokens, structure),
            },
        };
        if (problem is not null)
            passages.Add(RestAsText(bytes, parsed));
        return new ReadResult(passages, problem);
    }

    private static string? Parse(byte[] bytes, List<Token> tokens, List<TokenGroup> structure, out int parsed)
    {
        var reader = new Utf8JsonReader(bytes, Options);
        var lines = new LinePositions(bytes);
        var groups = new Groups();
        parsed = 0;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    var isArray = reader.TokenType == JsonTokenType.StartArray;
                    structure.Add(TokenGroup.Open(groups.Current, isArray, tokens, structure));
                    groups.Open();
                }
                else
                {
                    Add(ref reader, ref lines, groups, tokens);
                }

                parsed = (int)reader.BytesConsumed;
            }

            return null;
        }
        catch (JsonException problem)
        {
            return $"not valid JSON from line {problem.LineNumber + 1} on; the rest was read as plain text";
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate in an escape cannot be turned into text.
            return $"not valid JSON near byte {reader.TokenStartIndex}; the rest was read as plain text";
        }
    }

    private static void Add(ref Utf8JsonReader reader, ref LinePositions lines, Groups groups, List<Token> tokens)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                groups.Close();
                return;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                var (line, column) = lines.Of((int)reader.TokenStartIndex);
                var kind = reader.TokenType == JsonTokenType.PropertyName ? TokenKind.Key : TokenKind.Value;
                tokens.Add(new Token(kind, reader.GetString().AsMemory(), line, column + 1, groups.Current));
                return;
            case JsonTokenType.Comment:
                AddComment(ref reader, ref lines, groups, tokens);
                return;
            default:
                return;
        }
    }

    // One token a line, so that each has the line it stands on.
    private static void AddComment(
        ref Utf8JsonReader reader, ref LinePositions lines, Groups groups, List<Token> tokens)
    {
        var (firstLine, column) = lines.Of((int)reader.TokenStartIndex);
        foreach (var line in Lines.Of(reader.GetComment()))
        {
            if (!line.Text.IsEmpty)
            {
                var start = line.Number == 1 ? column + "//".Length : 1;
                tokens.Add(new Token(TokenKind.Comment, line.Text, firstLine + line.Number - 1, start, groups.Current));
            }
        }
    }

    private static Passage RestAsText(byte[] bytes, int parsed)
    {
        var (line, column) = new LinePositions(bytes).Of(parsed);
        var rest = Encoding.UTF8.GetString(bytes, parsed, bytes.Length - parsed);
        return new Passage(
            PassageKind.Structure, "text", CodeLexer.Read(Languages.Named("javascript")!, rest, line, column));
    }

    private static bool StartsLikeJson(string text)
    {
        var start = text.AsSpan().TrimStart();
        return start.StartsWith("{\"") || (start.StartsWith("{") && start[1..].TrimStart().StartsWith("\""));
    }
}
