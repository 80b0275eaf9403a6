using System.Text;

namespace Untag.Server.Guard.Replies.Grpc;

/// <summary>The messages and methods of a service, from a set of descriptors as <c>protoc --descriptor_set_out
/// --include_imports</c> writes it.</summary>
/// <remarks>Of <c>descriptor.proto</c> only names, numbers and types are read
/// (<c>docs/decisions/0063-descriptors-are-read-by-hand.md</c>).</remarks>
public sealed class GrpcDescriptors
{
    private readonly Dictionary<string, MessageType> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<ulong, string>> enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> answers = new(StringComparer.Ordinal);

    private GrpcDescriptors()
    {
    }

    /// <summary>Reads a set of descriptors.</summary>
    /// <param name="set">A <c>FileDescriptorSet</c>.</param>
    /// <returns>Null when it is none, or declares no method.</returns>
    public static GrpcDescriptors? Read(ReadOnlySpan<byte> set)
    {
        var descriptors = new GrpcDescriptors();
        try
        {
            var files = new WireFields(set, ..);
            while (files.Next(out var file))
            {
                if (file is { Number: 1, Type: Wire.Bytes })
                    descriptors.ReadFile(set, file.Content);
            }
        }
        catch (ReplyRefusedException)
        {
            return null;
        }

        return descriptors.answers.Count > 0 ? descriptors : null;
    }

    /// <summary>What a method answers.</summary>
    /// <param name="path">The path of the call, such as <c>/vision.v1.Faces/Detect</c>.</param>
    /// <returns>Null for a method that is not declared.</returns>
    public GrpcReply? ReplyOf(string path) =>
        answers.TryGetValue(path, out var message) && messages.ContainsKey(message) ? new GrpcReply(this, message) : null;

    internal MessageType? Message(string name) => messages.GetValueOrDefault(name);

    /// <summary>The name of a value of an enum; null when it has none.</summary>
    internal string? EnumName(string type, ulong value) => enums.GetValueOrDefault(type)?.GetValueOrDefault(value);

    private void ReadFile(ReadOnlySpan<byte> set, Range file)
    {
        const int Package = 2, Messages = 4, Enums = 5, Services = 6;
        var package = TextIn(set, file, Package);
        var fields = new WireFields(set, file);
        while (fields.Next(out var field))
        {
            if (field.Number == Messages)
                ReadMessage(set, field.Content, package, depth: 0);
            else if (field.Number == Enums)
                ReadEnum(set, field.Content, package);
            else if (field.Number == Services)
                ReadService(set, field.Content, package);
        }
    }

    private void ReadMessage(ReadOnlySpan<byte> set, Range content, string around, int depth)
    {
        const int DepthMax = 32;
        const int Fields = 2, Messages = 3, Enums = 4, Options = 7, IsMap = 7;
        var message = new MessageType(Joined(around, TextIn(set, content, number: 1)));
        messages[message.Name] = message;
        var fields = new WireFields(set, content);
        while (fields.Next(out var field))
        {
            switch (field.Number)
            {
                case Fields:
                    ReadField(set, field.Content, message);
                    break;
                case Messages when depth < DepthMax:
                    ReadMessage(set, field.Content, message.Name, depth + 1);
                    break;
                case Enums:
                    ReadEnum(set, field.Content, message.Name);
                    break;
                case Options:
                    message.IsEntryOfMap = NumberIn(set, field.Content, IsMap) == 1;
                    break;
            }
        }
    }

    private static void ReadField(ReadOnlySpan<byte> set, Range content, MessageType message)
    {
        const int Name = 1, Number = 3, Label = 4, Kind = 5, TypeName = 6, WrittenName = 10;
        const ulong Repeated = 3;
        message.Fields[(int)(NumberIn(set, content, Number) & int.MaxValue)] = new FieldType(
            TextIn(set, content, Name),
            TextIn(set, content, WrittenName),
            (FieldKind)(int)(NumberIn(set, content, Kind) & int.MaxValue),
            TextIn(set, content, TypeName).TrimStart('.'),
            NumberIn(set, content, Label) == Repeated);
    }

    private void ReadEnum(ReadOnlySpan<byte> set, Range content, string around)
    {
        const int Values = 2, Number = 2;
        var names = enums[Joined(around, TextIn(set, content, number: 1))] = [];
        var fields = new WireFields(set, content);
        while (fields.Next(out var field))
        {
            if (field.Number == Values)
                names[NumberIn(set, field.Content, Number)] = TextIn(set, field.Content, number: 1);
        }
    }

    private void ReadService(ReadOnlySpan<byte> set, Range content, string package)
    {
        const int Methods = 2, Output = 3;
        var service = Joined(package, TextIn(set, content, number: 1));
        var fields = new WireFields(set, content);
        while (fields.Next(out var field))
        {
            if (field.Number == Methods)
                answers[$"/{service}/{TextIn(set, field.Content, number: 1)}"] = TextIn(set, field.Content, Output).TrimStart('.');
        }
    }

    private static string TextIn(ReadOnlySpan<byte> set, Range message, int number)
    {
        var fields = new WireFields(set, message);
        while (fields.Next(out var field))
        {
            if (field.Number == number && field.Type == Wire.Bytes)
                return Encoding.UTF8.GetString(set[field.Content]);
        }

        return "";
    }

    private static ulong NumberIn(ReadOnlySpan<byte> set, Range message, int number)
    {
        var fields = new WireFields(set, message);
        while (fields.Next(out var field))
        {
            if (field.Number == number && field.Type == Wire.Varint)
                return field.Value;
        }

        return 0;
    }

    private static string Joined(string around, string name) => around.Length == 0 ? name : $"{around}.{name}";
}
