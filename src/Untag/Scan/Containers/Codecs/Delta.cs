namespace Untag.Scan.Containers.Codecs;

/// <summary>The filter for samples, pixels and tables, of which only the difference to the one before is stored.</summary>
/// <param name="distance">How many bytes before a byte the one stands that it is compared with: 1 to 256.</param>
internal sealed class Delta(int distance)
{
    private readonly byte[] before = new byte[distance];
    private int at;

    /// <summary>Filters, as <see cref="Filter"/> has it.</summary>
    public int Convert(Span<byte> bytes, uint position)
    {
        foreach (ref var b in bytes)
        {
            b = before[at] = unchecked((byte)(b + before[at]));
            at = at + 1 == before.Length ? 0 : at + 1;
        }

        return bytes.Length;
    }
}
