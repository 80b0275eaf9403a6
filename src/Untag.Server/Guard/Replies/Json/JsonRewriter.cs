using System.Buffers;
using System.Text;
using System.Text.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Takes the tags out of one document of JSON, in one pass.</summary>
/// <remarks>
/// <list type="number">
/// <item>What comes is held, and read token by token onto the <see cref="Tape"/>; the reader's state is carried across
/// pieces.</item>
/// <item>A value that is complete is judged as a whole (<see cref="TreeJudge"/>) and written (<see cref="TreeWriter"/>).
/// </item>
/// <item>One that outgrows what may be held is opened: its beginning is written, and its members are judged and written one
/// by one. What could be told only from all of them is then told as soon as it can be, and where that is too late, the
/// reply ends.</item>
/// </list>
/// What is opened depends on sizes alone, never on how the bytes came.
/// </remarks>
internal sealed class JsonRewriter : BodyFilter
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private const int PieceBytes = 4 << 10; // a token that is not whole is read again this often at least

    private readonly ReplyPass pass;
    private readonly HeldBytes held = new();
    private readonly Tape tape = new();
    private readonly PathOfNames path;
    private readonly TreeJudge judge;
    private readonly List<Frame> frames = [];
    private readonly int tokenBytesMax;
    private readonly int holdBytesMax;
    private int depth; // frames that have begun
    private int opened; // of these, the first ones

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
    private bool isAscii = true; // so far: whatever it holds is text then

    public JsonRewriter(JsonSettings settings)
    {
        pass = settings.Pass;
        (tokenBytesMax, holdBytesMax) = (pass.Limits.TokenBytes, pass.Limits.HoldBytes);
        path = new PathOfNames(settings.Outer, settings.Schema);
        judge = new TreeJudge(settings, tape, held, path);
        state = new JsonReaderState(new JsonReaderOptions { MaxDepth = pass.Limits.Depth + 1 });
    }

    /// <summary>Bytes that are held.</summary>
    public int HeldCount => held.Length;

    public override void Take(ReadOnlySpan<byte> bytes)
    {
        isAscii &= Ascii.IsValid(bytes);
        held.Add(bytes);
        if (held.Length >= worthReading)
            Read(isLast: false);
    }

    public override void End()
    {
        if (!hasBegun && held.Length == 0)
            return; // no content is no JSON, and nothing to inspect
        Read(isLast: true);
        Write(cursor, held.Length);
    }

    public override void Dispose()
    {
        held.Dispose();
        tape.Dispose();
    }

    private void Read(bool isLast)
    {
        if (!hasBegun && !Begin(isLast))
            return;
        var reader = new Utf8JsonReader(held[parsed..], isLast, state);
        try
        {
            while (reader.Read())
                Token(ref reader);
        }
        catch (JsonException)
        {
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply is no JSON");
        }

        state = reader.CurrentState;
        parsed += (int)reader.BytesConsumed;
        CheckToken(held.Length);
        Release();
        // A long token that comes in small pieces is read anew when twice as much of it is there, and not for each.
        var unread = held.Length - parsed;
        worthReading = unread < PieceBytes ? 0 : Math.Min(held.Length + unread, tokenEnd + tokenBytesMax + 1);
    }

    private bool Begin(bool isLast)
    {
        if (held.Length < ByteOrderMark.Length && !isLast)
            return false;
        hasBegun = true;
        if (held.Span.StartsWith(ByteOrderMark))
        {
            Write(0, ByteOrderMark.Length);
            (parsed, tokenEnd, cursor) = (ByteOrderMark.Length, ByteOrderMark.Length, ByteOrderMark.Length);
        }
        else if (held.Span is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, ..] or [_, 0, ..])
        {
            throw Refusal.Uninspectable(RefusalReason.Charset, "the reply is in UTF-16 or UTF-32");
        }

        return true;
    }

    private void Token(ref Utf8JsonReader reader)
    {
        var start = parsed + (int)reader.TokenStartIndex;
        var end = parsed + (int)reader.BytesConsumed;
        CheckToken(end);
        tokenEnd = end;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                name = pass.Rules.Words.Of(isAscii && !reader.ValueIsEscaped ? reader.ValueSpan : JsonTexts.Of(ref reader, ref buffer));
                nameStart = start;
                frames[depth - 1].Meet(name, pass.Limits.Names);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Start(reader.TokenType, start);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                End(end);
                break;
            default:
                if (reader.TokenType == JsonTokenType.String && (reader.ValueIsEscaped || !isAscii))
                    JsonTexts.Of(ref reader, ref buffer); // says whether it is text
                Scalar(reader.TokenType, reader.ValueIsEscaped, start, end);
                break;
        }
    }

    // What stands between two tokens counts for the second one.
    private void CheckToken(int end)
    {
        if (end - tokenEnd > tokenBytesMax)
            throw TokenTooLong();
    }

    private ReplyRefusedException TokenTooLong() =>
        Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds a text of more than {tokenBytesMax} bytes");

    private void Start(JsonTokenType type, int start)
    {
        if (depth >= pass.Limits.Depth)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply is nested more than {pass.Limits.Depth} deep");
        if (depth == frames.Count)
            frames.Add(new Frame());
        frames[depth++].Begin(Add(type, isEscaped: false, start, end: 0), tape[tape.Count - 1].Name, type == JsonTokenType.StartObject);
    }

    private void Scalar(JsonTokenType type, bool isEscaped, int start, int end)
    {
        var at = Add(type, isEscaped, start, end);
        tape[at].Next = tape.Count;
        Complete(at);
    }

    private int Add(JsonTokenType type, bool isEscaped, int start, int end)
    {
        ref var node = ref tape.Add();
        node.Type = type;
        node.IsEscaped = isEscaped;
        (node.NameStart, node.Start, node.End) = (nameStart, start, end);
        if (name is not null)
            node.Name = name;
        (name, nameStart) = (null, -1);
        return tape.Count - 1;
    }

    private void End(int end)
    {
        OpenWhatIsTooLarge();
        var frame = frames[--depth];
        if (frame.IsOpened)
        {
            Close(frame, end);
            return;
        }

        tape[frame.Node].End = end;
        tape[frame.Node].Next = tape.Count;
        Complete(frame.Node);
    }

    private void Complete(int at)
    {
        if (depth > 0 && !frames[depth - 1].IsOpened)
        {
            tape[frames[depth - 1].Node].Count++;
            OpenWhatIsTooLarge();
            return;
        }

        if (depth > 0)
            Member(frames[depth - 1], at);
        else
            Root(at);
        tape.RemoveFirst(tape.Count);
    }

    private void Root(int at)
    {
        judge.Root(at);
        Write(cursor, tape[at].Start);
        TreeWriter.Value(tape, at, held.Span, pass.Output);
        cursor = tape[at].End;
    }

    private void OpenWhatIsTooLarge()
    {
        if (tokenEnd - cursor <= holdBytesMax)
            return; // what is held begins behind what was written
        while (tape.Count > 0 && tape[0].Next == 0 && tokenEnd - tape[0].Begin > holdBytesMax)
            Open();
    }

    private void Open()
    {
        var frame = frames[opened];
        var around = opened > 0 ? frames[opened - 1] : null;
        frame.IsDropped = IsLeftOut(frame, around);
        if (frame.IsDropped)
        {
            around!.Seam.Remove();
        }
        else
        {
            Write(around?.Seam.Keep(held.Span, cursor, tape[0].Begin) ?? cursor, tape[0].Start + 1);
            cursor = tape[0].Start + 1;
        }

        frame.Node = -1;
        opened++;
        Enter(frame);
        var next = 1;
        for (; next < tape.Count && tape[next].Next > 0; next = tape[next].Next)
            Member(frame, next);
        tape.RemoveFirst(next);
        for (var i = opened; i < depth; i++)
            frames[i].Node -= next;
    }

    private void Enter(Frame frame)
    {
        if (frame.Name is not null)
            path.Push(frame.Name);
        if (!frame.IsObject)
            path.Push(null);
    }

    private void Close(Frame frame, int end)
    {
        opened--;
        if (!frame.IsObject)
            path.Pop();
        if (frame.Name is not null)
            path.Pop();
        if (!frame.IsDropped)
            Write(cursor, end);
        cursor = end;
    }

    // Of what is opened, nothing has been written yet.
    private bool IsLeftOut(Frame frame, Frame? around)
    {
        if (around?.IsDropped == true)
            return true;
        if (frame.Name?.Is(WordRoles.TraitField) == true)
            return pass.Strikes(frame.Name.Rule, path.To(frame.Name));
        if (around is null)
            judge.CheckRoot(tape[0].Type);
        else if (frame.Name is not null ? path.IsUndeclared(frame.Name, tape[0].Type) : path.IsUndeclaredElement(tape[0].Type))
            return pass.Strikes(ReplyPass.Undeclared, path.To(frame.Name));
        if (around is not null && judge.ListsTensors(opened - 1, around.Name))
            return !IsListedTensor();
        var meaning = frame.IsObject ? judge.Opening(0) : default;
        var isGroup = around is not null && IsGroup(around, around.IsObject ? frame.Name : meaning.Label);
        var rule = meaning.Trait ?? (isGroup || (judge.IsTag(meaning.Label) && frame.Name?.Is(WordRoles.Food) != true) ? pass.Rules.Vocabulary.SetRule : null);
        if (rule is null)
            return false;
        if (around is null)
            TooLate(rule);
        return around is not null && pass.Strikes(rule, path.To(frame.Name));
    }

    private bool IsListedTensor()
    {
        var isListed = judge.IsListed(0);
        if (isListed is null)
            TooLate(ReplyPass.UnlistedTensor);
        return isListed != false || !pass.Strikes(ReplyPass.UnlistedTensor, path.To(null));
    }

    private void Member(Frame frame, int at)
    {
        if (frame.IsDropped)
        {
            cursor = tape[at].End;
            return;
        }

        if (frame.IsObject)
        {
            var meaning = judge.Member(at);
            if ((meaning.Trait ?? (judge.IsTag(meaning.Label) ? pass.Rules.Vocabulary.SetRule : null)) is { } rule)
                TooLate(rule);
            if (IsGroup(frame, tape[at].Name))
                judge.RemoveGroup(at);
        }
        else
        {
            var meaning = judge.Element(at);
            if (judge.ListsTensors(opened - 1, frame.Name))
                judge.RemoveUnlisted(at);
            if (IsGroup(frame, meaning.Label))
                judge.RemoveGroup(at);
        }

        cursor = TreeWriter.Member(tape, at, held.Span, ref frame.Seam, cursor, pass.Output);
    }

    // True for a word that must go with those before it.
    private bool IsGroup(Frame frame, ReplyWord? word)
    {
        frame.Labels.Add(word);
        if (frame.Labels.AreTag(path) && frame.Labels.Takes(word))
        {
            if (frame.HasReleasedGroup)
                TooLate(pass.Rules.Vocabulary.SetRule);
            return true;
        }

        frame.HasReleasedGroup |= word?.Is(WordRoles.Group) == true;
        return false;
    }

    private void TooLate(string rule)
    {
        if (pass.Strikes(rule, path.To(null)))
        {
            throw new ReplyRefusedException(new Refusal(
                RefusalReason.TagInLargeValue,
                $"the reply carries a tag at {path.To(null)}, in a value of more than {pass.Limits.HoldBytes} bytes", [rule]));
        }
    }

    private void Write(int from, int to) => pass.Output.Write(held[from..to]);

    private void Release()
    {
        if (cursor == 0)
            return;
        held.RemoveFirst(cursor);
        tape.Shift(cursor);
        nameStart = nameStart < 0 ? -1 : nameStart - cursor;
        parsed -= cursor;
        tokenEnd -= cursor;
        cursor = 0;
    }
}
