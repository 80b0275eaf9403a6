namespace Untag.Fuzz;

/// <summary>Damages bytes in the ways that real damage and malice do: flipped bits, cut ends, repeated and foreign
/// pieces, and counts that are far too large.</summary>
internal sealed class Mutator(int seed)
{
    private const int BytesMax = 1 << 20;

    private static readonly ulong[] Extremes =
        [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, ulong.MaxValue];

    private readonly Random random = new(seed);

    /// <summary>A damaged copy.</summary>
    /// <param name="original">What to damage.</param>
    /// <param name="foreign">Another file, for pieces of it.</param>
    public byte[] Damage(byte[] original, byte[] foreign)
    {
        var bytes = new List<byte>(original);
        for (var steps = 1 + random.Next(4); steps > 0 && bytes.Count > 0; steps--)
            Step(bytes, foreign);
        return bytes.Count > BytesMax ? [.. bytes.Take(BytesMax)] : [.. bytes];
    }

    private void Step(List<byte> bytes, byte[] foreign)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 64), bytes.Count - at));
                break;
            case 4:
                var length = Math.Min(random.Next(1, 256), bytes.Count - at);
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 5:
                WriteExtreme(bytes, at);
                break;
            default:
                if (foreign.Length == 0)
                    break;
                var from = random.Next(foreign.Length);
                bytes.InsertRange(at, foreign.AsSpan(from, Math.Min(random.Next(1, 256), foreign.Length - from)));
                break;
        }
    }

    private void WriteExtreme(List<byte> bytes, int at)
    {
        var value = Extremes[random.Next(Extremes.Length)];
        var width = 1 << random.Next(4);
        var bigEndian = random.Next(2) == 0;
        for (var i = 0; i < width && at + i < bytes.Count; i++)
            bytes[at + i] = (byte)((value >> (8 * (bigEndian ? width - 1 - i : i))) & 0xFF);
    }
}
