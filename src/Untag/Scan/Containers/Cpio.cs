using System.Globalization;

namespace Untag.Scan.Containers;

/// <summary>Reads a cpio archive with letters for numbers: the form of RPM packages and RAM disks, and the older one of
/// POSIX.</summary>
internal static class Cpio
{
    private const int NewHeaderBytes = 110;
    private const int OldHeaderBytes = 76;
    private const int NameBytesMax = 64 * 1024;
    private const string Trailer = "TRAILER!!!";

    /// <summary>Hands over every entry that holds bytes.</summary>
    public static void Read(Stream archive, Entries entries)
    {
        while (entries.Budget.HasTime())
        {
            var header = ReadHeader(archive);
            var name = new byte[header.NameBytes];
            archive.Fill(name);
            archive.Pass(header.Padding(header.HeaderBytes + header.NameBytes));
            var path = EntryName.Decode(name.AsSpan().TrimEnd((byte)0));
            if (path == Trailer)
            {
                CheckEnd(archive, entries);
                return;
            }

            if (header.SizeBytes > 0)
            {
                var content = archive.Next(header.SizeBytes);
                if (!entries.ReadStored(path, content))
                    return;
                content.Skip();
                archive.Pass(header.Padding(header.SizeBytes));
            }
        }
    }

    private static Header ReadHeader(Stream archive)
    {
        var bytes = new byte[NewHeaderBytes];
        var first = bytes.AsSpan(0, OldHeaderBytes);
        archive.Fill(first);
        Header header;
        if (first.StartsWith("070707"u8))
        {
            header = new Header(OldHeaderBytes, Number(first.Slice(59, 6), 8), Number(first.Slice(65, 11), 8), Alignment: 1);
        }
        else if (first.StartsWith("070701"u8) || first.StartsWith("070702"u8))
        {
            archive.Fill(bytes.AsSpan(OldHeaderBytes));
            header = new Header(
                NewHeaderBytes, Number(bytes.AsSpan(94, 8), 16), Number(bytes.AsSpan(54, 8), 16), Alignment: 4);
        }
        else
        {
            throw new DamageException("a header in it is damaged");
        }

        return header.NameBytes is > 0 and <= NameBytesMax
            ? header
            : throw new DamageException("a name in it is longer than names are");
    }

    // An archive of a RAM disk may be followed by another one, compressed.
    private static void CheckEnd(Stream archive, Entries entries)
    {
        var rest = new byte[4096];
        while (archive.Read(rest) is > 0 and var count)
        {
            if (rest.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                entries.Report("what follows its end was not read");
                return;
            }
        }
    }

    private static long Number(ReadOnlySpan<byte> digits, int radix)
    {
        long number = 0;
        foreach (var digit in digits)
        {
            var value = char.IsAsciiHexDigit((char)digit)
                ? int.Parse([(char)digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : radix;
            if (value >= radix)
                throw new DamageException("a number in it is damaged");
            number = number * radix + value;
        }

        return number;
    }

    private readonly record struct Header(int HeaderBytes, long NameBytes, long SizeBytes, int Alignment)
    {
        public int Padding(long length) => (int)((Alignment - length % Alignment) % Alignment);
    }
}
