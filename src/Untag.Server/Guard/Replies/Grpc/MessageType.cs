namespace Untag.Server.Guard.Replies.Grpc;

/// <summary>A message of a definition.</summary>
/// <param name="name">Its full name.</param>
internal sealed class MessageType(string name)
{
    /// <summary>Its full name.</summary>
    public string Name { get; } = name;

    /// <summary>Its fields by number.</summary>
    public Dictionary<int, FieldType> Fields { get; } = [];

    /// <summary>True for what a map is made of.</summary>
    public bool IsEntryOfMap { get; set; }
}

/// <summary>A field of a message.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WrittenName">Its name in JSON.</param>
/// <param name="Kind">The type, by its number in <c>descriptor.proto</c>.</param>
/// <param name="TypeName">Full name of its message or enum; empty for others.</param>
/// <param name="IsRepeated">True for a list or a map.</param>
internal sealed record FieldType(string Name, string WrittenName, FieldKind Kind, string TypeName, bool IsRepeated);

/// <summary>Types of fields that are told apart here, by their numbers in <c>descriptor.proto</c>.</summary>
internal enum FieldKind
{
    Double = 1,
    Float = 2,
    Fixed64 = 6,
    Fixed32 = 7,
    Text = 9,
    Group = 10,
    Message = 11,
    Bytes = 12,
    Enum = 14,
    SignedFixed32 = 15,
    SignedFixed64 = 16,
}
