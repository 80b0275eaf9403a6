using System.Globalization;

namespace Untag.Scan.Containers;

/// <summary>What stands before a header of a tar archive and corrects it: a name too long for it, a size too large.
/// </summary>
/// <param name="Name">The name; null for the one in the header.</param>
/// <param name="SizeBytes">The size; null for the one in the header.</param>
internal readonly record struct TarNote(string? Name, long? SizeBytes)
{
    /// <summary>Nothing to correct.</summary>
    public static TarNote None => default;

    /// <summary>This note and the attributes of a pax header: lines of <c>length key=value</c>.</summary>
    public TarNote With(ReadOnlySpan<byte> attributes)
    {
        var note = this;
        while (attributes.IndexOf((byte)' ') is > 0 and var space)
        {
            if (!int.TryParse(attributes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > attributes.Length)
                throw new DamageException("a table of attributes in it is damaged");
            note = note.With(attributes[(space + 1)..length].TrimEnd((byte)'\n'), separator: (byte)'=');
            attributes = attributes[length..];
        }

        return note;
    }

    private TarNote With(ReadOnlySpan<byte> line, byte separator)
    {
        var equals = line.IndexOf(separator);
        if (equals < 0)
            return this;
        var key = line[..equals];
        var value = line[(equals + 1)..];
        // The name of a file with holes is a made-up one in `path`.
        if (key.SequenceEqual("GNU.sparse.name"u8) || (key.SequenceEqual("path"u8) && Name is null))
            return this with { Name = EntryName.Decode(value) };
        return key.SequenceEqual("size"u8)
            && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? this with { SizeBytes = size }
            : this;
    }
}
