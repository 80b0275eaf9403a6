using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Grpc;

/// <summary>A message as the tree that JSON would be, so that it is judged by the same shapes.</summary>
/// <remarks>Texts and the names of values of enums are held as JSON writes them; of numbers and bytes nothing is known but
/// that they are there. A repeated field is a list, a map an object.</remarks>
internal sealed class MessageTree
{
    private const string AnyMessage = "google.protobuf.Any";

    private readonly GrpcDescriptors descriptors;
    private readonly ReplyPass pass;
    private readonly byte[] message;
    private readonly HeldBytes texts;
    private readonly Dictionary<int, int> nodeOfField = []; // by where the field begins
    private readonly HashSet<int> keys = []; // of maps: they go where their value goes
    private readonly List<int> containers = []; // of each node, -1 of the first
    private int container = -1;

    public MessageTree(GrpcReply reply, ReplyPass pass, byte[] message, HeldBytes texts)
    {
        descriptors = reply.Descriptors;
        this.pass = pass;
        this.message = message;
        this.texts = texts;
        Add(descriptors.Message(reply.Message)!, .., name: null, depth: 0);
    }

    /// <summary>The nodes.</summary>
    public Tape Tape { get; } = new();

    /// <summary>The node of a field; null for one that is not known.</summary>
    public int? NodeOf(in WireField field) => nodeOfField.TryGetValue(field.Begin, out var node) ? node : null;

    /// <summary>True for the key of a map.</summary>
    public bool IsKey(in WireField field) => keys.Contains(field.Begin);

    /// <summary>True when a node goes, or the list or map that it is in.</summary>
    public bool IsRemoved(int node) => Tape[node].IsRemoved || (containers[node] >= 0 && Tape[containers[node]].IsRemoved);

    private int Add(MessageType type, Range content, ReplyWord? name, int depth)
    {
        if (depth >= pass.Limits.Depth)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply is nested more than {pass.Limits.Depth} deep");
        var at = Begin(JsonTokenType.StartObject, name);
        var groups = FieldsOf(type, content);
        foreach (var (number, fields) in groups)
        {
            var field = type.Fields[number];
            var word = WordOf(field);
            if (field.IsRepeated && descriptors.Message(field.TypeName) is { IsEntryOfMap: true } entry)
                AddMap(entry, fields, word, depth);
            else if (field.IsRepeated)
                AddList(field, fields, word, depth);
            else if (fields.Count == 1)
                AddValue(field, fields[0], word, depth);
            else
                throw Refusal.Uninspectable(RefusalReason.DuplicateName, "the reply holds a message that has a field twice");
        }

        End(at, groups.Count);
        return at;
    }

    // In the order in which they first come; a field that the definition does not know has no node.
    private List<(int Number, List<WireField> Fields)> FieldsOf(MessageType type, Range content)
    {
        var groups = new List<(int Number, List<WireField> Fields)>();
        var known = new Dictionary<int, List<WireField>>();
        var fields = new WireFields(message, content);
        while (fields.Next(out var field))
        {
            if (!type.Fields.TryGetValue(field.Number, out var of) || of.Kind == FieldKind.Group || of.TypeName == AnyMessage
                || !Fits(of, field.Type))
                continue;
            if (!known.TryGetValue(field.Number, out var group))
                groups.Add((field.Number, known[field.Number] = group = []));
            group.Add(field);
        }

        return groups;
    }

    private static bool Fits(FieldType field, Wire type) =>
        (field.Kind is FieldKind.Text or FieldKind.Bytes or FieldKind.Message) == (type == Wire.Bytes)
        || (type == Wire.Bytes && field.IsRepeated);

    private void AddMap(MessageType entry, List<WireField> fields, ReplyWord name, int depth)
    {
        var map = Begin(JsonTokenType.StartObject, name);
        foreach (var field in fields)
        {
            WireField? key = null, value = null;
            var members = new WireFields(message, field.Content);
            while (members.Next(out var member))
            {
                key = member.Number == 1 ? member : key;
                value = member.Number == 2 ? member : value;
            }

            if (key is { } written)
                keys.Add(written.Begin);
            var word = pass.Rules.Words.Of(key is { Type: Wire.Bytes } text ? TextOf(text) : "0"u8);
            nodeOfField[field.Begin] = value is { } held && entry.Fields.TryGetValue(2, out var type) && Fits(type, held.Type)
                ? AddValue(type, held, word, depth)
                : AddScalar(JsonTokenType.Null, word);
        }

        End(map, fields.Count);
    }

    private void AddList(FieldType field, List<WireField> fields, ReplyWord name, int depth)
    {
        var list = Begin(JsonTokenType.StartArray, name);
        var count = 0;
        foreach (var one in fields)
        {
            var isPacked = one.Type == Wire.Bytes && field.Kind is not (FieldKind.Text or FieldKind.Bytes or FieldKind.Message);
            count += isPacked ? AddPacked(field, one, list) : 1;
            if (!isPacked)
                AddValue(field, one, name: null, depth);
        }

        End(list, count);
    }

    // The values of a list in one piece: they stay or go together.
    private int AddPacked(FieldType field, in WireField packed, int list)
    {
        var numbers = new WireFields(message, packed.Content);
        var width = field.Kind switch
        {
            FieldKind.Double or FieldKind.Fixed64 or FieldKind.SignedFixed64 => sizeof(ulong),
            FieldKind.Float or FieldKind.Fixed32 or FieldKind.SignedFixed32 => sizeof(uint),
            _ => 0,
        };
        nodeOfField[packed.Begin] = list;
        if (width > 0)
        {
            AddScalar(JsonTokenType.Number, name: null);
            return (packed.End - packed.Start) / width;
        }

        var count = 0;
        for (; !numbers.IsAtEnd; count++)
        {
            var value = numbers.Varint();
            if (field.Kind == FieldKind.Enum)
                AddEnum(field, value, name: null);
            else if (count == 0)
                AddScalar(JsonTokenType.Number, name: null);
        }

        return count;
    }

    private int AddValue(FieldType field, WireField value, ReplyWord? name, int depth)
    {
        var node = field.Kind switch
        {
            FieldKind.Message when descriptors.Message(field.TypeName) is { } type => Add(type, value.Content, name, depth + 1),
            FieldKind.Text => AddText(TextOf(value), name),
            FieldKind.Enum => AddEnum(field, value.Value, name),
            _ => AddScalar(JsonTokenType.Number, name),
        };
        nodeOfField[value.Begin] = node;
        return node;
    }

    private int AddEnum(FieldType field, ulong value, ReplyWord? name) =>
        descriptors.EnumName(field.TypeName, value) is { } text
            ? AddText(Encoding.UTF8.GetBytes(text), name)
            : AddScalar(JsonTokenType.Number, name);

    private ReadOnlySpan<byte> TextOf(in WireField field)
    {
        var text = message.AsSpan(field.Content);
        return Utf8.IsValid(text)
            ? text
            : throw Refusal.Uninspectable(RefusalReason.Charset, "the reply holds a name or text that is no UTF-8");
    }

    private int AddText(ReadOnlySpan<byte> text, ReplyWord? name)
    {
        var quoted = JsonTexts.Quoted(text);
        var start = texts.Length;
        texts.Add(quoted);
        var at = AddScalar(JsonTokenType.String, name);
        (Tape[at].Start, Tape[at].End, Tape[at].IsEscaped) = (start, texts.Length, quoted.AsSpan().Contains((byte)'\\'));
        return at;
    }

    private int AddScalar(JsonTokenType type, ReplyWord? name)
    {
        var at = Begin(type, name);
        Tape[at].Next = Tape.Count;
        return at;
    }

    private int Begin(JsonTokenType type, ReplyWord? name)
    {
        ref var node = ref Tape.Add();
        (node.Type, node.Name, node.NameStart) = (type, name, -1);
        var at = Tape.Count - 1;
        containers.Add(container);
        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
            container = at;
        return at;
    }

    private void End(int at, int count)
    {
        container = containers[at];
        Tape[at].Count = count;
        Tape[at].Next = Tape.Count;
    }

    // The name of the type says as much as that of the field: `EthnicityEstimate estimate = 3`.
    private ReplyWord WordOf(FieldType field)
    {
        var name = pass.Rules.Words.Of(Encoding.UTF8.GetBytes(field.Name));
        foreach (var other in new[] { field.WrittenName, field.TypeName[(field.TypeName.LastIndexOf('.') + 1)..] })
        {
            if (!name.Is(WordRoles.TraitField) && pass.Rules.Words.Of(Encoding.UTF8.GetBytes(other)) is var word && word.Is(WordRoles.TraitField))
                return word;
        }

        return name;
    }
}
