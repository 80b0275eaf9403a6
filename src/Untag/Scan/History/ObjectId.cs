using System.Globalization;

namespace Untag.Scan.History;

/// <summary>The id of a git object, SHA-1 or SHA-256. Thirty-two bytes: a long history has millions.</summary>
/// <param name="High">The first sixteen bytes.</param>
/// <param name="Low">The rest; SHA-1 leaves the last twelve bytes empty.</param>
internal readonly record struct ObjectId(UInt128 High, UInt128 Low)
{
    private const int DigitsOfHalf = 32;

    /// <summary>Reads 40 or 64 hexadecimal digits; nothing for anything else.</summary>
    public static ObjectId? Parse(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is not (40 or 64))
            return null;
        Span<byte> padded = stackalloc byte[2 * DigitsOfHalf];
        padded.Fill((byte)'0');
        digits.CopyTo(padded);
        return UInt128.TryParse(padded[..DigitsOfHalf], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            && UInt128.TryParse(padded[DigitsOfHalf..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)
            ? new ObjectId(high, low)
            : null;
    }

    /// <summary>The first digits.</summary>
    /// <param name="digits">How many.</param>
    public string Text(int digits) => (High.ToString("x32", CultureInfo.InvariantCulture)
        + Low.ToString("x32", CultureInfo.InvariantCulture))[..digits];
}
