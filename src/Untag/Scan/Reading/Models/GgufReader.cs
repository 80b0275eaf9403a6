namespace Untag.Scan.Reading.Models;

/// <summary>Reads GGUF: its metadata and the name and shape of every tensor. A tokenizer's words are passed over: every
/// word of a language is among them.</summary>
internal sealed class GgufReader : IBinaryReader
{
    private const int DepthMax = 4;
    private const int Alignment = 32; // at least

    // Bytes of a value by its type; 0 for texts and lists.
    private static ReadOnlySpan<byte> Sizes => [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];

    private enum Kind
    {
        Text = 8,
        List = 9,
    }

    public string Name => "GGUF";

    public string Reads => "metadata and tensors by name; not the words of its tokenizer";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith("GGUF"u8);

    public ReadResult Read(string path, Stream stream)
    {
        var source = new ByteSource(stream);
        var names = new ModelNames("gguf");
        var version = source.UInt32(4);
        if (version is < 2 or > 16)
            return names.ToResult($"GGUF of version {version}: its names were not read");
        var tensors = source.UInt64(8);
        var entries = source.UInt64(16);
        long at = 24;
        for (ulong i = 0; i < entries && !source.IsDamaged && !names.IsFull; i++)
            at = ReadEntry(source, at, names);
        long end = 0;
        for (ulong i = 0; i < tensors && !source.IsDamaged && !names.IsFull; i++)
            at = ReadTensor(source, at, names, ref end);
        if (tensors > 0 && end <= source.Length)
            source.Holds(0, ((at + Alignment - 1) / Alignment * Alignment) + end);
        else
            source.Holds(0, end);
        return names.ToResult(source.Problem);
    }

    private static long ReadEntry(ByteSource source, long at, ModelNames names)
    {
        var key = TextAt(source, ref at);
        var kind = source.UInt32(at);
        var texts = new List<string>();
        at = ReadValue(source, at + sizeof(uint), kind, texts, depth: 0);
        if (key.StartsWith("tokenizer.", StringComparison.Ordinal))
            return at;
        if (texts.Count == 1)
            names.Entry($"metadata {key}", key, texts[0]);
        else if (texts.Count > 1)
            names.Labels($"labels {key}", key, texts);
        else
            names.Name("metadata", key);
        return at;
    }

    private static long ReadValue(ByteSource source, long at, uint kind, List<string> texts, int depth)
    {
        if (kind == (uint)Kind.Text)
        {
            texts.Add(TextAt(source, ref at));
            return at;
        }

        if (kind != (uint)Kind.List)
        {
            if (kind >= Sizes.Length)
                source.Damage($"damaged at byte {at}: it holds a value of an unknown type");
            else if (source.Holds(at, Sizes[(int)kind]))
                at += Sizes[(int)kind];
            return at;
        }

        var inner = source.UInt32(at);
        var count = source.UInt64(at + sizeof(uint));
        at += sizeof(uint) + sizeof(ulong);
        if (depth > DepthMax)
            source.Damage("has lists inside each other, too deep for an honest file");
        if (inner < Sizes.Length && Sizes[(int)inner] is > 0 and var size)
        {
            if (count <= long.MaxValue / 8 && source.Holds(at, (long)count * size))
                at += (long)count * size;
            else
                source.Damage($"damaged at byte {at}: a list is longer than the file");
            return at;
        }

        for (ulong i = 0; i < count && !source.IsDamaged; i++)
            at = ReadValue(source, at, inner, texts, depth + 1);
        return at;
    }

    private static long ReadTensor(ByteSource source, long at, ModelNames names, ref long end)
    {
        const int DimensionsMax = 16;
        const int Brain16 = 30;
        const int ElementsByByteMax = 8; // no way of packing numbers takes less
        names.Name(ModelNames.Weights, TextAt(source, ref at));
        var dimensions = source.UInt32(at);
        at += sizeof(uint);
        if (dimensions > DimensionsMax)
            source.Damage($"damaged at byte {at}: a tensor has {dimensions} dimensions");
        if (source.IsDamaged)
            return at;
        var elements = new System.Numerics.BigInteger(1);
        for (var i = 0; i < dimensions; i++, at += sizeof(ulong))
            elements *= Math.Max(0, source.Int64(at));
        var bytes = source.UInt32(at) switch
        {
            0 => elements * sizeof(float),
            1 or Brain16 => elements * sizeof(short),
            _ => elements / ElementsByByteMax,
        };
        at += sizeof(uint);
        var behind = bytes + source.Int64(at);
        end = Math.Max(end, behind <= source.Length ? (long)behind : long.MaxValue);
        return at + sizeof(ulong);
    }

    private static string TextAt(ByteSource source, ref long at)
    {
        var length = source.Int64(at);
        at += sizeof(ulong);
        var text = source.Text(at, length);
        at += source.IsDamaged ? 0 : length;
        return text;
    }
}
