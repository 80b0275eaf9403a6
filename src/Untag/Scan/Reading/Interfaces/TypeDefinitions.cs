namespace Untag.Scan.Reading.Interfaces;

/// <summary>Definitions of messages and services: Protocol Buffers with gRPC, and those that look alike.</summary>
internal sealed class TypeDefinitions : ICodeFormat
{
    public string Name => "Protocol Buffers and gRPC, Thrift, FlatBuffers, Avro IDL";

    public string Reads => "each message, struct and enum, each call of a service with its request and response";

    public IReadOnlyList<string> Languages => ["protobuf"];

    public void Mark(string language, CodeText code, SectionMarks marks) => new TypeDefinitionsOfFile(code).Mark(marks);
}
