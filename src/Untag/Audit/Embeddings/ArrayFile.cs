using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Untag.Audit.Tables;

namespace Untag.Audit.Embeddings;

/// <summary>The bytes of an array of NumPy: a file of its own (<c>.npy</c>), or one in an archive (<c>.npz</c>), packed or not.</summary>
internal sealed class ArrayFile : IDisposable
{
    private const string Inside = "!/";
    private const int HeadBytesMax = 1 << 16;
    private const string Hint = "write it with numpy.save or numpy.savez: float16, float32 or float64, rows by coordinates";

    private static readonly byte[] Mark = [0x93, .. "NUMPY"u8];

    private readonly IDisposable[] opened;
    private readonly Stream stream;
    private readonly uint? checksum; // of the whole array; null where nobody gives one
    private uint found;
    private long left;

    private ArrayFile(string name, Stream stream, long length, uint? checksum, params IDisposable[] opened)
    {
        (Name, this.stream, left, this.checksum, this.opened) = (name, stream, length, checksum, opened);
        Head = ReadHead();
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>What stands before the numbers: their type, order and shape.</summary>
    public string Head { get; }

    /// <summary>Bytes that were not read.</summary>
    public long Left => left;

    /// <summary>Opens a file; of several arrays of an archive, the one that is named behind <c>!/</c>, or the only one of rows.</summary>
    /// <exception cref="AuditInputException">It is no array, or not one alone.</exception>
    public static ArrayFile Open(TableSource source)
    {
        var cut = source.Name.IndexOf(".npz" + Inside, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? at + ".npz".Length : source.Name.Length;
        var (path, member) = (source.Name[..cut], cut == source.Name.Length ? null : source.Name[(cut + Inside.Length)..]);
        if (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            var file = TableFile.Open(source);
            return new ArrayFile(source.Name, new BufferedStream(file, 1 << 18), file.Length, null, file);
        }

        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            throw new AuditInputException($"`{source.Name}` is no .npy or .npz file", Hint);
        var location = member is null ? source.Location : source.Location[..^(Inside.Length + member.Length)];
        var packed = TableFile.Open(new TableSource(location, path));
        try
        {
            return OpenMember(path, member, packed);
        }
        catch (Exception problem)
        {
            packed.Dispose();
            if (problem is InvalidDataException or NotSupportedException or EndOfStreamException)
                throw new AuditInputException($"`{path}` is no archive of arrays, or was cut", Hint);
            throw;
        }
    }

    /// <summary>Reads the next bytes. Behind the last, the checksum must fit.</summary>
    /// <exception cref="AuditInputException">There are fewer, or they are damaged.</exception>
    public void Read(Span<byte> bytes)
    {
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw new AuditInputException($"`{Name}` is cut or damaged", "write it again");
        }

        left -= bytes.Length;
        if (checksum is null)
            return;
        found = Crc32.Append(found, bytes);
        if (left == 0 && found != checksum)
            throw new AuditInputException($"`{Name}` is damaged: its checksum does not fit", "write it again");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        foreach (var one in opened)
            one.Dispose();
    }

    private static ArrayFile OpenMember(string path, string? member, FileStream packed)
    {
        var archive = new ZipArchive(packed, ZipArchiveMode.Read);
        var entries = archive.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)).ToList();
        var named = member is not null ? entries.Where(entry => entry.FullName == member || entry.FullName == member + ".npy").ToList()
            : entries.Count == 1 ? entries
            : [.. entries.Where(IsOfRows)];
        if (named is [var one])
        {
            // The archive is held by the file that it lies in.
            return new ArrayFile($"{path}{Inside}{one.FullName}", new BufferedStream(one.Open(), 1 << 18), one.Length, one.Crc32, archive, packed);
        }

        var names = string.Join(", ", (named.Count > 0 ? named : entries).Select(entry => entry.FullName[..^".npy".Length]));
        throw member is not null ? new AuditInputException($"`{path}` holds no array `{member}`", $"it holds {names}")
            : named.Count == 0 ? new AuditInputException($"`{path}` holds no array of rows", Hint)
            : new AuditInputException($"`{path}` holds several arrays of rows: {names}", $"name one: --embedding {path}{Inside}{names.Split(',')[0]}");

        bool IsOfRows(ZipArchiveEntry entry)
        {
            using var array = new ArrayFile(entry.FullName, entry.Open(), entry.Length, null);
            return ArrayShape.Of(array.Head) is not null;
        }
    }

    private string ReadHead()
    {
        var start = new byte[10];
        if (left < start.Length)
            throw new AuditInputException($"`{Name}` is no .npy file", Hint);
        Read(start);
        if (!start.AsSpan().StartsWith(Mark))
            throw new AuditInputException($"`{Name}` is no .npy file", Hint);
        long length = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8));
        if (start[6] >= 2)
        {
            // Version 2 has a longer number there.
            var more = new byte[2];
            if (left >= more.Length)
                Read(more);
            length |= (long)BinaryPrimitives.ReadUInt16LittleEndian(more) << 16;
        }

        if (length > HeadBytesMax || length > left)
            throw new AuditInputException($"the head of `{Name}` is cut", Hint);
        var text = new byte[length];
        Read(text);
        return Encoding.ASCII.GetString(text);
    }
}
