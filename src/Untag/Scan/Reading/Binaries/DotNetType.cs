using System.Reflection;
using System.Reflection.Metadata;
using System.Text;
using System.Text.Unicode;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads the names of one type of a .NET assembly, with the constants and attributes of its members.</summary>
/// <param name="reader">The metadata.</param>
/// <param name="type">The type.</param>
/// <param name="statics">Takes the addresses of the data of static fields.</param>
internal readonly struct DotNetType(MetadataReader reader, TypeDefinition type, SortedSet<long> statics)
{
    private const int Members = 1; // the group of all members: they stand side by side

    /// <summary>Where they stand, such as <c>enum FaceRace</c>, and the names.</summary>
    public (string Inner, EntryList Entries) Read()
    {
        var entries = new EntryList();
        var name = reader.GetString(type.Name);
        if (!IsGenerated(name))
            entries.Add(TokenKind.Identifier, name, group: 0);
        AddAttributes(type.GetCustomAttributes(), entries);
        foreach (var handle in type.GetFields())
            AddField(reader.GetFieldDefinition(handle), entries);
        foreach (var handle in type.GetProperties())
        {
            var property = reader.GetPropertyDefinition(handle);
            entries.Add(TokenKind.Identifier, reader.GetString(property.Name), Members);
            AddAttributes(property.GetCustomAttributes(), entries);
        }

        foreach (var handle in type.GetEvents())
            entries.Add(TokenKind.Identifier, reader.GetString(reader.GetEventDefinition(handle).Name), Members);
        foreach (var handle in type.GetMethods())
            AddMethod(reader.GetMethodDefinition(handle), entries);
        return ($"{(IsEnum() ? "enum" : "type")} {name}", entries);
    }

    /// <summary>Adds the texts in the value of an attribute, each of which stands after its length.</summary>
    public static void AddTexts(ReadOnlySpan<byte> value, EntryList entries, int group)
    {
        const int PrologBytes = 2, CharactersMin = 3;
        for (var at = PrologBytes; at < value.Length;)
        {
            var start = at;
            var length = DotNetHeaps.ReadLength(value, ref at);
            if (length >= CharactersMin && length <= value.Length - at && IsText(value.Slice(at, length)))
            {
                entries.Add(TokenKind.Run, Encoding.UTF8.GetString(value.Slice(at, length)), group);
                at += length;
            }
            else
            {
                at = start + 1; // a number
            }
        }
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) && !bytes.ContainsAnyInRange((byte)0, (byte)0x1F);

    private void AddField(FieldDefinition field, EntryList entries)
    {
        var name = reader.GetString(field.Name);
        if (!IsGenerated(name) && name != "value__")
            entries.Add(TokenKind.Identifier, name, Members);
        if ((field.Attributes & FieldAttributes.HasFieldRVA) != 0)
            statics.Add(field.GetRelativeVirtualAddress());
        if (!field.GetDefaultValue().IsNil && reader.GetConstant(field.GetDefaultValue()) is { TypeCode: ConstantTypeCode.String } constant)
            entries.Add(TokenKind.Run, Encoding.Unicode.GetString(reader.GetBlobBytes(constant.Value)), Members);
        AddAttributes(field.GetCustomAttributes(), entries);
    }

    private void AddMethod(MethodDefinition method, EntryList entries)
    {
        var name = reader.GetString(method.Name);
        // The methods of a property are called as it is.
        if ((method.Attributes & MethodAttributes.SpecialName) == 0 && !IsGenerated(name))
            entries.Add(TokenKind.Identifier, name, Members);
        foreach (var handle in method.GetParameters())
        {
            var parameter = reader.GetParameter(handle);
            entries.Add(TokenKind.Identifier, reader.GetString(parameter.Name), Members);
            AddAttributes(parameter.GetCustomAttributes(), entries);
        }

        AddAttributes(method.GetCustomAttributes(), entries);
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes, EntryList entries)
    {
        foreach (var handle in attributes)
            AddTexts(reader.GetBlobBytes(reader.GetCustomAttribute(handle).Value), entries, Members);
    }

    private bool IsEnum() =>
        type.BaseType.Kind == HandleKind.TypeReference
        && reader.StringComparer.Equals(reader.GetTypeReference((TypeReferenceHandle)type.BaseType).Name, "Enum");

    // Names that only the compiler gives: `<Race>k__BackingField`.
    private static bool IsGenerated(string name) => name.StartsWith('<');
}
