using System.Text;
using Untag.Scan.Reading.Models;

namespace Untag.Scan.Reading.Interfaces;

/// <summary>One file of a set of descriptors: a <c>FileDescriptorProto</c> of the published <c>descriptor.proto</c>.</summary>
internal sealed class DescriptorFile(ByteSource source, WireField file, DescriptorNames names)
{
    private const int DepthMax = 32;
    private const int NameBytesMax = 512; // names are put together
    private const int Messages = 4, Enums = 5, Services = 6, Comments = 9;
    private const int NameOf = 1, FieldsOf = 2, NestedIn = 3, EnumsIn = 4, OptionsOf = 7, WrittenNameOf = 10;

    private readonly CallTypes types = new();
    private readonly Dictionary<string, string> comments = new(StringComparer.Ordinal);

    /// <summary>Adds all its names.</summary>
    public void Read()
    {
        // What a message is for, and what is said of it, stands behind it.
        foreach (var field in FieldsIn(file))
        {
            if (field.Is(Services))
                ReadTypes(field);
            else if (field.Is(Comments))
                ReadComments(field);
        }

        var (messages, enums, services) = (0, 0, 0);
        foreach (var field in FieldsIn(file))
        {
            if (field.Is(Messages))
                ReadMessage(field, "", $"{Messages},{messages++}", depth: 0);
            else if (field.Is(Enums))
                ReadEnum(field, "", $"{Enums},{enums++}");
            else if (field.Is(Services))
                ReadService(field, $"{Services},{services++}");
        }
    }

    private static Section SectionOf(string inner, SectionRole role) => new(0, 0, inner, role);

    private IEnumerable<WireField> FieldsIn(WireField message)
    {
        var fields = new WireMessage(source, message);
        while (!names.IsFull && fields.Next(out var field))
            yield return field;
    }

    private string TextIn(WireField message, int number)
    {
        foreach (var field in FieldsIn(message))
        {
            if (field.Is(number))
                return source.Text(field.Start, Math.Min(field.Length, NameBytesMax));
        }

        return "";
    }

    private void ReadTypes(WireField service)
    {
        foreach (var method in FieldsIn(service))
        {
            if (!method.Is(FieldsOf))
                continue;
            types.Requests.Add(TextIn(method, 2).TrimStart('.'));
            types.Responses.Add(TextIn(method, 3).TrimStart('.'));
        }
    }

    // Each with the way to what it speaks of, as numbers of fields and of their repetition.
    private void ReadComments(WireField info)
    {
        foreach (var location in FieldsIn(info))
        {
            if (!location.Is(1))
                continue;
            var path = new List<long>();
            var text = new StringBuilder();
            foreach (var field in FieldsIn(location))
            {
                if (field.Number == 1)
                    WireMessage.AddNumbers(source, field, path);
                else if (field.Is(3) || field.Is(4) || field.Is(6))
                    text.Append(source.Text(field.Start, field.Length)).Append('\n');
            }

            if (text.Length > 0)
                comments[string.Join(',', path)] = text.ToString();
        }
    }

    private void Add(WireField named, int group, string path, Section section)
    {
        if (comments.TryGetValue(path, out var comment))
            names.AddComment(comment, group, section);
        names.Add(TextIn(named, NameOf), group, section);
    }

    private void ReadMessage(WireField message, string around, string path, int depth)
    {
        if (depth > DepthMax || IsEntryOfMap(message))
            return;
        var type = around + TextIn(message, NameOf);
        var section = SectionOf($"message {type}", types.RoleOf(type));
        Add(message, group: 0, path, section);
        var group = names.NewGroup();
        var (fields, nested, enums) = (0, 0, 0);
        foreach (var field in FieldsIn(message))
        {
            if (field.Is(FieldsOf))
                ReadField(field, group, $"{path},{FieldsOf},{fields++}", section);
            else if (field.Is(NestedIn))
                ReadMessage(field, $"{type}.", $"{path},{NestedIn},{nested++}", depth + 1);
            else if (field.Is(EnumsIn))
                ReadEnum(field, $"{type}.", $"{path},{EnumsIn},{enums++}");
        }
    }

    private void ReadField(WireField field, int group, string path, Section section)
    {
        Add(field, group, path, section);
        var (name, written) = (TextIn(field, NameOf), TextIn(field, WrittenNameOf));
        if (!written.Equals(name.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            names.Add(written, group, section);
    }

    // The compiler writes one for each map, named after its field.
    private bool IsEntryOfMap(WireField message)
    {
        foreach (var options in FieldsIn(message))
        {
            if (!options.Is(OptionsOf))
                continue;
            foreach (var option in FieldsIn(options))
            {
                if (option is { Number: 7, Type: WireType.Varint, Value: 1 })
                    return true;
            }
        }

        return false;
    }

    private void ReadEnum(WireField type, string around, string path)
    {
        var name = around + TextIn(type, NameOf);
        var section = SectionOf($"enum {name}", types.RoleOf(name));
        Add(type, group: 0, path, section);
        var group = names.NewGroup();
        var values = 0;
        foreach (var value in FieldsIn(type))
        {
            if (value.Is(FieldsOf))
                Add(value, group, $"{path},{FieldsOf},{values++}", section);
        }
    }

    private void ReadService(WireField service, string path)
    {
        var name = TextIn(service, NameOf);
        Add(service, group: 0, path, SectionOf($"service {name}", SectionRole.Response));
        var group = names.NewGroup();
        var methods = 0;
        foreach (var method in FieldsIn(service))
        {
            if (!method.Is(FieldsOf))
                continue;
            var call = $"rpc {name}.{TextIn(method, NameOf)}";
            Add(method, group, $"{path},{FieldsOf},{methods++}", SectionOf(call, SectionRole.Response));
            names.Add(LastPart(TextIn(method, 2)), group, SectionOf($"{call}, request", SectionRole.Request));
            names.Add(LastPart(TextIn(method, 3)), group, SectionOf($"{call}, response", SectionRole.Response));
        }
    }

    private static string LastPart(string type) => type[(type.LastIndexOf('.') + 1)..];
}
