using System.Globalization;
using System.Text;

namespace Untag.Scan.Containers;

/// <summary>Reads an ar archive: a Debian package, or a library of object files.</summary>
internal static class Ar
{
    private const int MagicBytes = 8;
    private const int HeaderBytes = 60;
    private const int NamesBytesMax = 4 * 1024 * 1024;
    private const string BsdPrefix = "#1/"; // the name stands before the bytes, and this is followed by its length

    /// <summary>Hands over every entry.</summary>
    public static void Read(Stream archive, Entries entries)
    {
        archive.Fill(new byte[MagicBytes]);
        var header = new byte[HeaderBytes];
        var names = Array.Empty<byte>();
        while (entries.Budget.HasTime())
        {
            var length = archive.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
            if (length == 0)
                return;
            if (length < HeaderBytes)
                throw new DamageException(DamageException.Cut);
            if (!header.AsSpan(58).SequenceEqual("`\n"u8))
                throw new DamageException("a header in it is damaged");
            var name = Encoding.Latin1.GetString(header, 0, 16).TrimEnd(' ');
            var size = Number(Encoding.Latin1.GetString(header, 48, 10).TrimEnd(' '));
            if (name == "//")
                names = ReadNames(archive, size);
            else if (!ReadEntry(archive, name, size, names, entries))
                return;
            if (size % 2 == 1)
                archive.ReadAtLeast(header.AsSpan(0, 1), 1, throwOnEndOfStream: false);
        }
    }

    private static bool ReadEntry(Stream archive, string name, long size, ReadOnlySpan<byte> names, Entries entries)
    {
        if (name.StartsWith(BsdPrefix, StringComparison.Ordinal))
        {
            var bytes = ReadNames(archive, Number(name[BsdPrefix.Length..]));
            name = EntryName.Decode(bytes.AsSpan().TrimEnd((byte)0));
            size -= bytes.Length;
        }
        else if (name.Length > 1 && name[0] == '/' && char.IsAsciiDigit(name[1]))
        {
            name = NameAt(names, Number(name[1..]));
        }
        else
        {
            name = name is "/" or "/SYM64/" ? "symbols" : name.TrimEnd('/');
        }

        if (size < 0)
            throw new DamageException("a size in it is no number");
        var content = archive.Next(size);
        if (!entries.ReadStored(name, content))
            return false;
        content.Skip();
        return true;
    }

    private static string NameAt(ReadOnlySpan<byte> names, long at)
    {
        if (at >= names.Length)
            throw new DamageException("a name in it is damaged");
        var rest = names[(int)at..];
        var end = rest.IndexOfAny((byte)'\n', (byte)0);
        return EntryName.Decode(end < 0 ? rest : rest[..end]).TrimEnd('/');
    }

    private static byte[] ReadNames(Stream archive, long size)
    {
        if (size > NamesBytesMax)
            throw new DamageException("a name in it is longer than names are");
        var bytes = new byte[size];
        archive.Fill(bytes);
        return bytes;
    }

    private static long Number(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new DamageException("a size in it is no number");
}
