using System.Buffers.Binary;

namespace Untag.Scan.Containers.Codecs;

/// <summary>The filters that xz and 7-Zip know, by their numbers.</summary>
internal static class Filters
{
    /// <summary>The bytes as they were before the filter; null for a filter that is not read.</summary>
    /// <param name="number">The number of the filter: that of xz, or the longer one of 7-Zip.</param>
    /// <param name="properties">What is set of it.</param>
    /// <param name="filtered">The filtered bytes.</param>
    public static Stream? Open(ulong number, ReadOnlySpan<byte> properties, Stream filtered)
    {
        if (number == 3)
        {
            return properties.Length == 1
                ? new FilterStream(filtered, new Delta(properties[0] + 1).Convert, 0)
                : throw new DamageException(DamageException.Damaged);
        }

        Filter? filter = number switch
        {
            4 or 0x03030103 => new X86Branches().Convert,
            5 or 0x03030205 => Branches.PowerPc,
            7 or 0x03030501 => Branches.Arm,
            8 or 0x03030701 => Branches.Thumb,
            9 or 0x03030805 => Branches.Sparc,
            10 => Branches.Arm64,
            _ => null,
        };
        var start = properties.Length == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(properties) : 0;
        return filter is null ? null : new FilterStream(filtered, filter, start);
    }
}
