using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Takes the tags out of a document of JSON that is too large to be held, in one pass.</summary>
/// <remarks>
/// <list type="number">
/// <item>What comes is held, and read token by token; the reader's state is carried across pieces.</item>
/// <item>An object or a list that outgrows what may be held is opened: its beginning is written, and its members one by one.</item>
/// <item>A member in which nothing is met (<see cref="MetTokens"/>) goes as it is. One that loses nothing but fields that say the trait by
/// their names is cut (<see cref="NamedFields"/>). Any other is read again onto the <see cref="Tape"/>, judged (<see cref="OpenedJudge"/>)
/// and written (<see cref="TreeWriter"/>).</item>
/// </list>
/// What is opened depends on sizes alone, never on how the bytes came.
/// </remarks>
internal sealed class JsonRewriter : IDisposable
{
    private const int PieceBytes = 4 << 10; // a token that is not whole is read again this often at least

    private readonly ReplyPass pass;
    private readonly bool judgesAll;
    private readonly HeldBytes held = new();
    private readonly Tape tape = new();
    private readonly TapeReader tapeReader;
    private readonly MetTokens met;
    private readonly PathOfNames path;
    private readonly TreeJudge judge;
    private readonly OpenedJudge openedJudge;
    private readonly List<int> places = [];
    private readonly FrameStack frames;

    private JsonReaderState state;
    private byte[] buffer = [];
    private ReplyWord? name;
    private int nameStart = -1;

    // Places in what is held: end of what was read, of the last token, of what was written or left out.
    private int parsed;
    private int tokenEnd;
    private int cursor;
    private int worthReading; // what must be held first
    private bool hasBegun;

    /// <param name="settings">What it is judged with.</param>
    public JsonRewriter(JsonSettings settings)
    {
        pass = settings.Pass;
        judgesAll = settings.MustBeParsed;
        tapeReader = new TapeReader(tape, pass);
        met = new MetTokens(pass.Rules.Search);
        path = new PathOfNames(settings.Outer, settings.Schema);
        frames = new FrameStack(path);
        judge = new TreeJudge(settings, tape, held, path);
        openedJudge = new OpenedJudge(pass, tape, judge, path);
        state = new JsonReaderState(new JsonReaderOptions { MaxDepth = pass.Limits.Depth + 1 });
    }

    /// <summary>Takes the next bytes; the first time more than may be held.</summary>
    /// <exception cref="ReplyRefusedException">The rest must not pass.</exception>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        held.Add(bytes);
        if (held.Length >= worthReading)
            Read(isLast: false);
    }

    /// <summary>Takes the end of the document.</summary>
    /// <exception cref="ReplyRefusedException">The rest must not pass.</exception>
    public void End()
    {
        Read(isLast: true);
        Write(cursor, held.Length);
    }

    public void Dispose()
    {
        held.Dispose();
        tape.Dispose();
    }

    private void Read(bool isLast)
    {
        if (!hasBegun)
            Begin();
        var reader = new Utf8JsonReader(held[parsed..], isLast, state);
        try
        {
            while (reader.Read())
                Token(ref reader);
        }
        catch (JsonException)
        {
            throw Refusal.Malformed();
        }

        state = reader.CurrentState;
        parsed += (int)reader.BytesConsumed;
        TokenLimits.CheckLength(held.Length - tokenEnd, pass.Limits);
        Release();
        // A long token that comes in small pieces is read anew when twice as much of it is there, and not for each.
        var unread = held.Length - parsed;
        worthReading = unread < PieceBytes ? 0 : Math.Min(held.Length + unread, tokenEnd + pass.Limits.TokenBytes + 1);
    }

    private void Begin()
    {
        hasBegun = true;
        var mark = JsonStart.MarkBytes(held.Span);
        Write(0, mark);
        (parsed, tokenEnd, cursor) = (mark, mark, mark);
    }

    private void Token(ref Utf8JsonReader reader)
    {
        var start = parsed + (int)reader.TokenStartIndex;
        var end = parsed + (int)reader.BytesConsumed;
        TokenLimits.CheckLength(end - tokenEnd, pass.Limits);
        tokenEnd = end;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                LookAtName(ref reader, start, end);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Start(reader.TokenType == JsonTokenType.StartObject, start);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray when !frames.IsHolding:
                Close(end);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Complete(frames.End().Value, end);
                break;
            default:
                if (reader.TokenType == JsonTokenType.String)
                    LookAtText(ref reader, start, end);
                Complete(new HeldValue(name, nameStart, start), end);
                break;
        }
    }

    private void LookAtName(ref Utf8JsonReader reader, int start, int end)
    {
        var isMet = met.Look(held.Span, start, end);
        nameStart = start;
        name = pass.Rules.Words.Of(isMet ? JsonTexts.Of(ref reader, ref buffer) : reader.ValueSpan);
        NoteCompany(frames.Innermost!, name, start);
    }

    private void LookAtText(ref Utf8JsonReader reader, int start, int end)
    {
        var isMet = met.Look(held.Span, start, end);
        var list = frames.Innermost is { IsObject: false } innermost ? innermost : null;
        var listAround = frames.AroundInnermost is { IsObject: false } around ? around : null;
        if ((list ?? listAround) is null || end - start > TreeJudge.LabelBytesMax)
            return;
        if (pass.Rules.Vocabulary.Company.IsClean(reader.ValueSpan))
            return; // most labels are new, and to read one takes longer
        var word = pass.Rules.Words.Of(isMet ? JsonTexts.Of(ref reader, ref buffer) : reader.ValueSpan);
        if (list is not null)
            NoteCompany(list, word, start);
        if (listAround is not null)
            NoteCompany(listAround, word, start);
    }

    // A word may bear on the other members of what it is a label or a name in. Of what is opened, some have gone already.
    private void NoteCompany(Frame frame, ReplyWord word, int start)
    {
        if (!word.Is(WordRoles.Company | WordRoles.Logprobs))
            return;
        frame.HasCompany = true;
        if (frames.IsOpened(frame))
            met.Mark(start);
    }

    private void Start(bool isObject, int start)
    {
        TokenLimits.CheckDepth(frames.Depth, pass.Limits);
        frames.Begin(isObject, new HeldValue(name, nameStart, start));
        (name, nameStart) = (null, -1);
    }

    private void Complete(in HeldValue value, int end)
    {
        (name, nameStart) = (null, -1);
        if (frames.Innermost is { } around)
            around.Members++;
        if (frames.IsHolding)
        {
            frames.Innermost!.MemberEnd = end;
            OpenWhatIsTooLarge();
            return;
        }

        var isJudged = judgesAll || !tapeReader.IsEmpty;
        if (frames.Opened?.IsDropped != true && (isJudged || !TryPass(value, end)))
            Judge(value, end);
        cursor = end;
        met.Clear();
        tapeReader.Clear();
    }

    // Writes a member in which nothing is met, or no more than fields that say the trait by their names.
    private bool TryPass(in HeldValue value, int end)
    {
        IReadOnlyList<NamedFields.Field>? without = [];
        if (met.AreFrom(value.Begin))
            without = met.TryGetPlaces(value, places) ? NamedFieldsOf(value, end) : null;
        if (without is null)
            return false;
        Write(frames.Opened?.Seam.Keep(held.Span, cursor, value.Begin) ?? cursor, value.Start);
        NamedFields.TakeOut(without, held[value.Start..end], pass);
        return true;
    }

    private IReadOnlyList<NamedFields.Field>? NamedFieldsOf(in HeldValue value, int end)
    {
        if (value.Name is not null)
            path.Push(value.Name);
        var fields = NamedFields.Find(held[value.Start..end], CollectionsMarshal.AsSpan(places), path, pass);
        if (value.Name is not null)
            path.Pop();
        return fields;
    }

    private void Judge(in HeldValue value, int end)
    {
        if (tapeReader.IsEmpty)
            tapeReader.Begin(value);
        tapeReader.Read(held.Span, end, isLast: frames.Opened is null);
        if (frames.Opened is { } frame)
        {
            openedJudge.Judge(frame, at: 0);
            openedJudge.Settle(frame, at: 0);
            WriteMember(frame, at: 0);
            return;
        }

        judge.Root(at: 0);
        Write(cursor, value.Start);
        TreeWriter.Value(tape, at: 0, held.Span, pass.Output);
    }

    private void WriteMember(Frame frame, int at) =>
        cursor = TreeWriter.Member(tape, at, held.Span, ref frame.Seam, cursor, pass.Output);

    private void OpenWhatIsTooLarge()
    {
        if (!IsTooLarge(frames.Held))
            return;
        if (judgesAll || !tapeReader.IsEmpty || met.AreFrom(frames.Held.Value.Begin) || frames.HoldsCompany)
            ReadWhatHasCome();
        while (frames.IsHolding && IsTooLarge(frames.Held))
            Open();
    }

    private bool IsTooLarge(Frame frame) => tokenEnd - frame.Value.Begin > pass.Limits.HoldBytes;

    private void ReadWhatHasCome()
    {
        if (tapeReader.IsEmpty)
            tapeReader.Begin(frames.Held.Value);
        tapeReader.Read(held.Span, tokenEnd, isLast: false);
    }

    private void Open()
    {
        var (frame, around, isJudged) = (frames.Held, frames.Opened, !tapeReader.IsEmpty);
        frame.IsDropped = isJudged ? openedJudge.IsLeftOut(frame, around) : around?.IsDropped == true;
        if (frame.IsDropped)
        {
            around!.Seam.Remove();
        }
        else
        {
            var start = frame.Value.Start + 1;
            Write(around?.Seam.Keep(held.Span, cursor, frame.Value.Begin) ?? cursor, start);
            cursor = start;
        }

        frames.Open();
        frame.SaidBefore = judge.Said;
        if (isJudged)
            JudgeMembers(frame);
        else if (!frame.IsDropped && frame.MemberEnd > 0)
            Write(frame.Seam.Keep(held.Span, cursor, cursor), frame.MemberEnd);
        cursor = Math.Max(cursor, frame.MemberEnd);
    }

    // Those that are complete: what one of them says of the others is known before any is written.
    private void JudgeMembers(Frame frame)
    {
        var end = 1;
        while (end < tape.Count && tape[end].Next > 0)
            end = tape[end].Next;
        if (!frame.IsDropped)
        {
            for (var at = 1; at < end; at = tape[at].Next)
                openedJudge.Judge(frame, at);
            for (var at = 1; at < end; at = tape[at].Next)
                openedJudge.Settle(frame, at);
            for (var at = 1; at < end; at = tape[at].Next)
                WriteMember(frame, at);
        }

        tapeReader.RemoveFirst(end);
    }

    private void Close(int end)
    {
        if (!frames.Close().IsDropped)
            Write(cursor, end);
        cursor = end;
        if (frames.Innermost is { } around)
            around.Members++;
    }

    private void Write(int from, int to) => pass.Output.Write(held[from..to]);

    private void Release()
    {
        if (cursor == 0)
            return;
        held.RemoveFirst(cursor);
        tapeReader.Shift(cursor);
        met.Shift(cursor);
        frames.Shift(cursor);
        nameStart = nameStart < 0 ? -1 : nameStart - cursor;
        parsed -= cursor;
        tokenEnd -= cursor;
        cursor = 0;
    }
}
