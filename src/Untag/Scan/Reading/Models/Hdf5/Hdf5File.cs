namespace Untag.Scan.Reading.Models.Hdf5;

/// <summary>The bytes of an HDF5 file, with what its superblock says: how wide addresses and sizes are, and where the
/// root group stands. The format is described in "HDF5 File Format Specification", versions 2.0 and 3.0.</summary>
internal sealed class Hdf5File
{
    /// <summary>The first bytes of every file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly ByteSource source;
    private readonly long start;

    private Hdf5File(ByteSource source, int addressBytes, int sizeBytes, long start)
    {
        this.source = source;
        this.start = start;
        AddressBytes = addressBytes;
        SizeBytes = sizeBytes;
    }

    public ByteSource Source => source;

    public int AddressBytes { get; }

    public int SizeBytes { get; }

    /// <summary>Where the header of the root group stands.</summary>
    public long Root { get; private init; }

    /// <summary>Reads the superblock; null when it is damaged, which the source then says.</summary>
    public static Hdf5File? Open(ByteSource source)
    {
        var version = source.Byte(8);
        var (widthsAt, fieldsAt) = version switch
        {
            0 => (13, 24),
            1 => (13, 28),
            2 or 3 => (9, 12),
            _ => (0, 0),
        };
        var addressBytes = source.Byte(widthsAt);
        var sizeBytes = source.Byte(widthsAt + 1);
        if (fieldsAt == 0 || addressBytes is not (2 or 4 or 8) || sizeBytes is not (2 or 4 or 8))
        {
            source.Damage($"its first block, of version {version}, is not understood: nothing was read");
            return null;
        }

        var plain = new Hdf5File(source, addressBytes, sizeBytes, 0);
        var start = plain.Number(fieldsAt, addressBytes);
        var end = plain.Number(fieldsAt + (2 * addressBytes), addressBytes);
        // Before version 2 the root is an entry of a table: the place of its name comes first.
        var rootAt = fieldsAt + ((version < 2 ? 5 : 3) * addressBytes);
        source.Holds(0, Math.Max(end, 0));
        return new Hdf5File(source, addressBytes, sizeBytes, Math.Max(start, 0)) { Root = plain.Address(rootAt) };
    }

    /// <summary>The address that stands here, as a place in the stream; -1 for none.</summary>
    public long Address(long at)
    {
        var address = Number(at, AddressBytes);
        return address < 0 || address > source.Length - start ? -1 : address + start;
    }

    /// <summary>The size that stands here; -1 when no file can have it.</summary>
    public long Size(long at) => Number(at, SizeBytes);

    /// <summary>A number of so many bytes; -1 when all its bits are set, or no file can have it.</summary>
    public long Number(long at, int bytes)
    {
        if (bytes > sizeof(ulong) || !source.Holds(at, bytes))
            return -1;
        ulong value = 0;
        var isUnset = true;
        for (var i = bytes - 1; i >= 0; i--)
        {
            var next = source.Byte(at + i);
            isUnset &= next == 0xFF;
            value = (value << 8) | next;
        }

        return isUnset || value > long.MaxValue ? -1 : (long)value;
    }
}
