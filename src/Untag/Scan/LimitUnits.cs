using System.Globalization;

namespace Untag.Scan;

/// <summary>What the value of a limit counts.</summary>
internal enum LimitUnit
{
    /// <summary>Things.</summary>
    Count,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Seconds.</summary>
    Time,
}

/// <summary>Reads and writes the values of limits.</summary>
internal static class LimitUnits
{
    // The longest first: MiB ends with B too.
    private static readonly (string Suffix, long Factor)[] Bytes =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1),
    ];

    private static readonly (string Suffix, long Factor)[] Time = [("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>A value above 0 in bytes, seconds or things; null when the text is none.</summary>
    public static long? Parse(LimitUnit unit, string text)
    {
        var digits = text.Trim();
        var factor = 1L;
        foreach (var (suffix, times) in Suffixes(unit))
        {
            if (digits.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                digits = digits[..^suffix.Length].TrimEnd();
                factor = times;
                break;
            }
        }

        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            && count <= long.MaxValue / factor
            ? count * factor
            : null;
    }

    /// <summary>The value in the largest unit that divides it.</summary>
    public static string Show(LimitUnit unit, long value)
    {
        if (unit == LimitUnit.Time)
            return $"{value} s";
        if (unit == LimitUnit.Count)
            return value.ToString(CultureInfo.InvariantCulture);
        for (var i = 3; i >= 0; i--)
        {
            if (value % Bytes[i].Factor == 0)
                return $"{value / Bytes[i].Factor} {Bytes[i].Suffix}";
        }

        return $"{value} bytes";
    }

    private static (string Suffix, long Factor)[] Suffixes(LimitUnit unit) =>
        unit switch { LimitUnit.Bytes => Bytes, LimitUnit.Time => Time, _ => [] };
}
