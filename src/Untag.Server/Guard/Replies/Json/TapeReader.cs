using System.Text.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Reads a value onto the tape, as far as it has come. A name that stands twice in an object ends the reply, and so does a text
/// that is none.</summary>
/// <param name="tape">The tape.</param>
/// <param name="pass">The reply.</param>
internal sealed class TapeReader(Tape tape, ReplyPass pass)
{
    private readonly JsonReaderOptions options = new() { MaxDepth = pass.Limits.Depth + 1 };
    private readonly List<Container> containers = [];
    private int depth; // containers that have begun
    private byte[] buffer = [];
    private ReplyWord? name;
    private int nameStart = -1;

    private JsonReaderState state;
    private int position; // end of what was read

    /// <summary>True when nothing is on the tape.</summary>
    public bool IsEmpty => tape.Count == 0;

    /// <summary>Tells what comes first.</summary>
    public void Begin(in HeldValue value)
    {
        (name, nameStart, position) = (value.Name, value.NameStart, value.Start);
        state = new JsonReaderState(options);
    }

    /// <summary>Reads on.</summary>
    /// <param name="held">The bytes that are held.</param>
    /// <param name="until">End of the last token that is read; more than there is for a whole document.</param>
    /// <param name="isLast">True when nothing comes behind what is held.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="ReplyRefusedException">The reply must not pass.</exception>
    public void Read(ReadOnlySpan<byte> held, int until, bool isLast)
    {
        var reader = new Utf8JsonReader(held[position..], isLast, state);
        var last = position;
        while (position + reader.BytesConsumed < until && reader.Read())
        {
            var end = position + (int)reader.BytesConsumed;
            TokenLimits.CheckLength(end - last, pass.Limits);
            Token(ref reader, position + (int)reader.TokenStartIndex, end);
            last = end;
        }

        TokenLimits.CheckLength(Math.Min(until, held.Length) - last, pass.Limits);
        position += (int)reader.BytesConsumed;
        state = reader.CurrentState;
    }

    /// <summary>Forgets the first nodes, and with them the outermost container.</summary>
    public void RemoveFirst(int count)
    {
        tape.RemoveFirst(count);
        containers.Add(containers[0]); // its names have room for others
        containers.RemoveAt(0);
        depth--;
        for (var i = 0; i < depth; i++)
            containers[i].Node -= count;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        tape.RemoveFirst(tape.Count);
        depth = 0;
    }

    /// <summary>The bytes that are held lost their first ones.</summary>
    public void Shift(int bytes)
    {
        tape.Shift(bytes);
        position -= bytes;
        nameStart = nameStart < 0 ? -1 : nameStart - bytes;
    }

    private void Token(ref Utf8JsonReader reader, int start, int end)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                (name, nameStart) = (pass.Rules.Words.Of(JsonTexts.Of(ref reader, ref buffer)), start);
                containers[depth - 1].Names.Meet(name, pass.Limits.Names);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                TokenLimits.CheckDepth(depth, pass.Limits);
                if (depth == containers.Count)
                    containers.Add(new Container());
                containers[depth++].Reset(Add(reader.TokenType, isEscaped: false, start, end: 0));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                var node = containers[--depth].Node;
                tape[node].End = end;
                Complete(node);
                break;
            default:
                if (reader.TokenType == JsonTokenType.String)
                    JsonTexts.Of(ref reader, ref buffer); // says whether it is text
                Complete(Add(reader.TokenType, reader.ValueIsEscaped, start, end));
                break;
        }
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

    private void Complete(int node)
    {
        tape[node].Next = tape.Count;
        if (depth > 0)
            tape[containers[depth - 1].Node].Count++;
    }

    /// <summary>An object or a list on the tape that has begun and not ended.</summary>
    private sealed class Container
    {
        public int Node { get; set; }

        public FieldNames Names { get; } = new();

        public void Reset(int node)
        {
            Node = node;
            Names.Clear();
        }
    }
}
