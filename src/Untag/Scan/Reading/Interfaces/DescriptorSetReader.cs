using Untag.Scan.Reading.Models;

namespace Untag.Scan.Reading.Interfaces;

/// <summary>Reads sets of descriptors: what <c>protoc --descriptor_set_out</c> makes of definitions of messages.</summary>
internal sealed class DescriptorSetReader : IBinaryReader
{
    private const int NameBytesMax = 255;

    public string Name => "Protocol Buffers descriptor set";

    public string Reads => "messages with their fields, enums, calls with their requests and responses, and the comments on them";

    public bool HidesText => false;

    // The first file of the set, and in it the name that it has: no model begins with the name of a definition.
    public bool Recognises(string path, ReadOnlySpan<byte> head)
    {
        if (head.Length < 4 || head[0] != 0x0A)
            return false;
        var at = 1;
        while (at < head.Length && head[at] >= 0x80)
            at++;
        if (at + 3 > head.Length || head[at + 1] != 0x0A)
            return false;
        var rest = head[(at + 2)..];
        var (length, start) = rest[0] < 0x80 ? (rest[0], 1) : rest.Length > 1 ? ((rest[0] & 0x7F) | (rest[1] << 7), 2) : (0, 1);
        return length <= NameBytesMax && rest.Length - start >= length && rest.Slice(start, length).EndsWith(".proto"u8);
    }

    public ReadResult Read(string path, Stream stream)
    {
        var source = new ByteSource(stream);
        var names = new DescriptorNames();
        var set = new WireMessage(source, 0, source.Length);
        while (!names.IsFull && set.Next(out var field))
        {
            if (field.Is(1))
                new DescriptorFile(source, field, names).Read();
        }

        return names.Result(source.Problem);
    }
}
