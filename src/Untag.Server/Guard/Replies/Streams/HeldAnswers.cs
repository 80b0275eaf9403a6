using System.Buffers;
using System.Text;
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
    private readonly SpokenPieces pieces = new(settings.Pass);
    private readonly RecordFilter emptier = new(settings with { EmptiesAnswers = true });
    private readonly Dictionary<string, Answer> answers = new(StringComparer.Ordinal);
    private readonly List<Answer> begun = []; // those of which something was said that was not released: all that a record costs time for
    private readonly List<StreamRecord> held = [];
    private long heldBytes;
    private int open; // of those, how many end within a sentence
    private bool hasTags;

    /// <summary>Takes a record, and releases what may go on.</summary>
    public void Add(StreamRecord record)
    {
        held.Add(record);
        heldBytes += record.Raw.Length;
        if (heldBytes > pass.Limits.TokenBytes)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds an answer of more than {pass.Limits.TokenBytes} bytes");
        foreach (var piece in PiecesIn(record))
            Say(piece);
        if (begun.Count == 0 || (open == 0 && !settings.HoldsAnswersUntilDone))
            Release();
    }

    /// <summary>Releases all: nothing more will be said.</summary>
    public void Release()
    {
        foreach (var answer in begun)
        {
            answer.IsTag |= SaysTag(answer);
            hasTags |= answer.IsTag;
        }

        foreach (var record in held)
            Write(record);
        foreach (var answer in begun)
            answer.Release(RememberedLetters);
        held.Clear();
        begun.Clear();
        (heldBytes, open) = (0, 0);
    }

    private void Write(StreamRecord record)
    {
        if (!hasTags || !PiecesIn(record).Any(piece => answers[piece.Place].IsTag))
            pass.Output.Write(record.Raw);
        else if (record.Json is not null)
            pass.Output.Write(record.Frame(emptier.Filter(record.Json)!));
        else
            pass.Output.Write(pass.Strikes(pass.Rules.Vocabulary.SetRule, "$") ? record.Frame([]) : record.Raw);
    }

    private IReadOnlyList<SpokenPiece> PiecesIn(StreamRecord record) => record switch
    {
        { Json: not null } => pieces.In(record.Json),
        { Text: not null } => [new SpokenPiece("", record.Text, IsJson: false)],
        _ => [],
    };

    private bool SaysTag(Answer answer)
    {
        var text = answer.Text.ToString();
        var saying = pass.Rules.Words.SayingOf(text);
        return saying == Saying.Group || (saying == Saying.Name && text.Contains('{', StringComparison.Ordinal));
    }

    private void Say(SpokenPiece piece)
    {
        if (!answers.TryGetValue(piece.Place, out var answer))
        {
            if (answers.Count >= pass.Limits.Answers)
                throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds more than {pass.Limits.Answers} answers");
            answers[piece.Place] = answer = new Answer(piece.IsJson);
        }

        if (!answer.IsBegun)
            begun.Add(answer);
        open -= answer.IsOpen ? 1 : 0;
        answer.Say(piece.Text);
        open += answer.IsOpen ? 1 : 0;
    }

    /// <summary>What was said in one place.</summary>
    /// <param name="isJson">True when it has no sentences.</param>
    private sealed class Answer(bool isJson)
    {
        private bool isAtEnd = true; // of a sentence, but for blanks

        public StringBuilder Text { get; } = new();

        public bool IsTag { get; set; }

        /// <summary>True when something was said that was not released.</summary>
        public bool IsBegun { get; private set; }

        /// <summary>True when that ends within a sentence.</summary>
        public bool IsOpen => IsBegun && !isAtEnd;

        public void Say(string text)
        {
            IsBegun = true;
            Text.Append(text);
            if (text.AsSpan().TrimEnd(' ') is [.., var last])
                isAtEnd = !isJson && SentenceEnds.Contains(last);
        }

        public void Release(int remembered)
        {
            IsBegun = false;
            if (Text.Length > remembered)
                Text.Remove(0, Text.Length - remembered);
        }
    }
}
