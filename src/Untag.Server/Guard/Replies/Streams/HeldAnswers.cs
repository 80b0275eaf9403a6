using System.Buffers;
using System.Text;
using System.Text.Json;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Streams;

/// <summary>A record of a stream that waits until what it says is known.</summary>
/// <param name="Raw">Its bytes as they came, or with what was taken out of them.</param>
/// <param name="Json">The document in it; null when it holds none.</param>
/// <param name="Frame">Its bytes with another document, or another text.</param>
internal sealed record StreamRecord(byte[] Raw, byte[]? Json, Func<byte[], byte[]> Frame)
{
    /// <summary>What it says, when it holds no document but a text.</summary>
    public string? Text { get; init; }
}

/// <summary>Puts the answers of a language model together that come in pieces cut anywhere, and holds each piece until
/// the sentence around it is complete.</summary>
/// <remarks>Best effort: what a sentence says in other words than the policy's passes
/// (<c>docs/decisions/0062-answers-are-held-by-the-sentence.md</c>).</remarks>
internal sealed class HeldAnswers(JsonSettings settings)
{
    private const int RememberedLetters = 1_000; // of what was released: a sentence speaks of the one before

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?。！？\n");

    private readonly ReplyPass pass = settings.Pass;
    private readonly RecordFilter emptier = new(settings with { EmptiesAnswers = true });
    private readonly Dictionary<string, Answer> answers = new(StringComparer.Ordinal);
    private readonly List<StreamRecord> held = [];
    private long heldBytes;
    private bool isPending; // something was said that was not released

    /// <summary>Takes a record, and releases what may go on.</summary>
    public void Add(StreamRecord record)
    {
        held.Add(record);
        heldBytes += record.Raw.Length;
        if (heldBytes > pass.Limits.TokenBytes)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds an answer of more than {pass.Limits.TokenBytes} bytes");
        isPending |= (record.Json is not null && Read(record.Json)) | (record.Text is not null && Say("", record.Text, isJson: false));
        if (!isPending || (!settings.HoldsAnswersUntilDone && answers.Values.All(answer => answer.IsAtEnd)))
            Release();
    }

    /// <summary>Releases all: nothing more will be said.</summary>
    public void Release()
    {
        foreach (var answer in answers.Values)
            answer.IsTag |= SaysTag(answer);
        foreach (var record in held)
            Write(record);
        foreach (var answer in answers.Values)
            answer.Forget(RememberedLetters);
        held.Clear();
        (heldBytes, isPending) = (0, false);
    }

    private void Write(StreamRecord record)
    {
        if (record.Text is not null && answers[""].IsTag && pass.Strikes(pass.Rules.Vocabulary.SetRule, "$"))
        {
            pass.Output.Write(record.Frame([]));
            return;
        }

        if (record.Json is null || !answers.Values.Any(answer => answer.IsTag) || !Says(record.Json))
        {
            pass.Output.Write(record.Raw);
            return;
        }

        pass.Output.Write(record.Frame(emptier.Filter(record.Json)!));
    }

    private bool SaysTag(Answer answer)
    {
        var text = answer.Text.ToString();
        var saying = pass.Rules.Words.SayingOf(text);
        return saying == Saying.Group || (saying == Saying.Name && text.Contains('{', StringComparison.Ordinal));
    }

    private bool Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var found = false;
        foreach (var (place, text, isJson) in Spoken(document.RootElement, ""))
        {
            found = Say(place, text, isJson);
        }

        return found;
    }

    private bool Say(string place, string text, bool isJson)
    {
        if (!answers.TryGetValue(place, out var answer))
            answers[place] = answer = new Answer(isJson);
        answer.Text.Append(text);
        return true;
    }

    // True when it is a piece of an answer that is a tag.
    private bool Says(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return Spoken(document.RootElement, "").Any(piece => answers.TryGetValue(piece.Place, out var answer) && answer.IsTag);
    }

    private IEnumerable<(string Place, string Text, bool IsJson)> Spoken(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.String && place.Length == 0)
            return [("", value.GetString()!, false)];
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().SelectMany(element => Spoken(element, place + "[]"));
        if (value.ValueKind != JsonValueKind.Object)
            return [];
        // The pieces of several answers come mixed; a number says whose they are.
        foreach (var field in value.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Number && field.Name.EndsWith("index", StringComparison.Ordinal))
                place += field.Value.GetRawText();
        }

        return value.EnumerateObject().SelectMany(field =>
            field.Value.ValueKind == JsonValueKind.String && IsSpoken(field.Name)
                ? [(place + "." + field.Name, field.Value.GetString()!, field.Name is "arguments" or "partial_json")]
                : Spoken(field.Value, place + "." + field.Name));
    }

    private bool IsSpoken(string name) => pass.Rules.Words.Of(Encoding.UTF8.GetBytes(name)).Is(WordRoles.Spoken);

    /// <summary>What was said in one place.</summary>
    /// <param name="isJson">True when it has no sentences.</param>
    private sealed class Answer(bool isJson)
    {
        public StringBuilder Text { get; } = new();

        public bool IsTag { get; set; }

        public bool IsAtEnd
        {
            get
            {
                var last = Text.Length - 1;
                while (last >= 0 && Text[last] == ' ')
                    last--;
                return last < 0 || (!isJson && SentenceEnds.Contains(Text[last]));
            }
        }

        public void Forget(int letters)
        {
            if (Text.Length > letters)
                Text.Remove(0, Text.Length - letters);
        }
    }
}
