using System.Globalization;
using System.Numerics;
using System.Text;
using Untag.Columnar;

namespace Untag.Audit.Tables.Typed;

/// <summary>Writes a value as it would stand in a table of text, so that the same table says the same in every format.</summary>
internal static class ValueText
{
    /// <summary>No value of eight bytes is longer.</summary>
    public const int BytesMax = 160;

    private const int DaysMax = 700_000; // about 1,900 years

    private static readonly BigInteger Ten = 10;

    /// <summary>Writes a value of at most eight bytes.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="raw">Its bits; a number with a sign is widened to 64 with its sign.</param>
    /// <param name="text">At least <see cref="BytesMax"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(ColumnType type, long raw, Span<byte> text)
    {
        switch (type.Kind)
        {
            case ValueKind.YesNo:
                return Copy(raw != 0 ? "true"u8 : "false"u8, text);
            case ValueKind.Unsigned:
                return Formatted(type.Bytes == sizeof(long) ? unchecked((ulong)raw) : unchecked((uint)raw), text);
            case ValueKind.Float when type.Bytes == 2:
                return WriteFloat(BitConverter.Int16BitsToHalf(unchecked((short)raw)), text);
            case ValueKind.Float when type.Bytes == sizeof(float):
                return WriteFloat(BitConverter.Int32BitsToSingle(unchecked((int)raw)), text);
            case ValueKind.Float:
                return WriteFloat(BitConverter.Int64BitsToDouble(raw), text);
            case ValueKind.Decimal:
                return WriteDecimal(raw, type.Scale, text);
            case ValueKind.Date when raw is >= -DaysMax and <= DaysMax:
                return WriteMoment(raw * TimeSpan.TicksPerDay, "yyyy-MM-dd", text);
            case ValueKind.Moment when TicksOf(raw, type.Scale) is { } ticks:
                return WriteMoment(ticks, ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", text);
            default:
                return Formatted(raw, text);
        }
    }

    /// <summary>Writes a decimal of any length.</summary>
    /// <param name="number">The number without its point.</param>
    /// <param name="scale">How many of its digits stand behind the point.</param>
    public static byte[] OfDecimal(BigInteger number, int scale)
    {
        var whole = BigInteger.DivRem(BigInteger.Abs(number), BigInteger.Pow(Ten, scale), out var rest);
        var sign = number.Sign < 0 ? "-" : "";
        return Encoding.ASCII.GetBytes(scale == 0
            ? $"{sign}{whole.ToString(CultureInfo.InvariantCulture)}"
            : $"{sign}{whole.ToString(CultureInfo.InvariantCulture)}.{rest.ToString(CultureInfo.InvariantCulture).PadLeft(scale, '0')}");
    }

    private static int WriteDecimal(long raw, int scale, Span<byte> text) => Copy(OfDecimal(raw, scale), text);

    // The fewest digits that give the number back, `.0` behind a whole one, an exponent for what is large or small: as Python,
    // pandas, DuckDB and polars write it.
    private static int WriteFloat<T>(T number, Span<byte> text)
        where T : IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsFinite(number))
            return Formatted(number, text);
        Span<byte> shortest = stackalloc byte[64];
        number.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[64];
        var (count, exponent) = Digits(shortest[..length], digits);
        var at = 0;
        if (T.IsNegative(number))
            text[at++] = (byte)'-';
        if (exponent is < -4 or >= 16)
            return at + WriteScientific(digits[..count], exponent, text[at..]);
        if (exponent < 0)
        {
            at += Copy("0."u8, text[at..]);
            text.Slice(at, -exponent - 1).Fill((byte)'0');
            at += -exponent - 1;
            return at + Copy(digits[..count], text[at..]);
        }

        for (var i = 0; i <= Math.Max(exponent + 1, count - 1); i++)
        {
            if (i == exponent + 1)
                text[at++] = (byte)'.';
            text[at++] = i < count ? digits[i] : (byte)'0';
        }

        return at;
    }

    private static int WriteScientific(ReadOnlySpan<byte> digits, int exponent, Span<byte> text)
    {
        text[0] = digits[0];
        var at = 1;
        if (digits.Length > 1)
        {
            text[at++] = (byte)'.';
            at += Copy(digits[1..], text[at..]);
        }

        text[at++] = (byte)'e';
        text[at++] = exponent < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(exponent).TryFormat(text[at..], out var length, "00", CultureInfo.InvariantCulture);
        return at + length;
    }

    // The digits of a number without zeros around them, and the exponent of the first.
    private static (int Count, int Exponent) Digits(ReadOnlySpan<byte> number, Span<byte> digits)
    {
        var (count, places, exponent, isBehind) = (0, 0, 0, false);
        for (var i = 0; i < number.Length; i++)
        {
            var letter = number[i];
            if (letter == (byte)'.')
                isBehind = true;
            else if (letter == (byte)'E')
            {
                exponent = int.Parse(number[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }
            else if (letter is >= (byte)'0' and <= (byte)'9')
            {
                places += isBehind ? 1 : 0;
                if (count > 0 || letter != (byte)'0')
                    digits[count++] = letter;
            }
        }

        var first = count - 1 - places + exponent;
        while (count > 0 && digits[count - 1] == (byte)'0')
            count--;
        if (count > 0)
            return (count, first);
        digits[0] = (byte)'0';
        return (1, 0);
    }

    private static long? TicksOf(long raw, int scale)
    {
        var seconds = scale switch { 0 => 1L, 3 => 1_000, 6 => 1_000_000, _ => 1_000_000_000 };
        var whole = Math.DivRem(raw, seconds, out var rest);
        return whole is < -DaysMax * 86_400L or > DaysMax * 86_400L
            ? null
            : (whole * TimeSpan.TicksPerSecond) + (long)((Int128)rest * TimeSpan.TicksPerSecond / seconds);
    }

    private static int WriteMoment(long ticks, string format, Span<byte> text) =>
        DateTime.UnixEpoch.AddTicks(ticks).TryFormat(text, out var length, format, CultureInfo.InvariantCulture) ? length : 0;

    private static int Formatted<T>(T number, Span<byte> text)
        where T : IUtf8SpanFormattable =>
        number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture) ? length : 0;

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> text)
    {
        from.CopyTo(text);
        return from.Length;
    }
}
