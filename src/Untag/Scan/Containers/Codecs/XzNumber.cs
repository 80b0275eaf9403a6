namespace Untag.Scan.Containers.Codecs;

/// <summary>Numbers of xz files: seven bits a byte, the lowest first.</summary>
internal static class XzNumber
{
    private const int BytesMax = 9;

    /// <summary>Reads a number, which is not negative.</summary>
    public static long Read(PackedBytes bytes)
    {
        long number = 0;
        for (var i = 0; i < BytesMax; i++)
        {
            var b = bytes.Next();
            number |= (b & 0x7FL) << (7 * i);
            if ((b & 0x80) == 0)
                return number;
        }

        throw new DamageException(DamageException.Damaged);
    }
}
