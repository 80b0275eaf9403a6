using System.Text;

namespace Untag.Scan.Containers.SevenZip;

/// <summary>A file or directory of a 7-Zip archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What stands in the archive for it.</param>
internal readonly record struct SevenZipFile(string Name, SevenZipFileKind Kind);

/// <summary>What stands in a 7-Zip archive for a file.</summary>
internal enum SevenZipFileKind : byte
{
    /// <summary>Its bytes: the next part of a folder.</summary>
    Bytes,

    /// <summary>Nothing: the file is empty.</summary>
    Empty,

    /// <summary>Nothing: it is a directory.</summary>
    Directory,
}

/// <summary>The files of a 7-Zip archive, whose names are decoded one after the other.</summary>
internal sealed class SevenZipFiles
{
    private readonly SevenZipFileKind[] kinds;
    private readonly byte[] names = [];

    /// <summary>Reads them, behind their mark.</summary>
    public SevenZipFiles(SevenZipBytes header)
    {
        kinds = new SevenZipFileKind[header.Count()];
        for (var mark = header.Mark(); mark != SevenZipMark.End; mark = header.Mark())
        {
            var property = new SevenZipBytes([.. header.Take(header.Number())]);
            switch (mark)
            {
                case SevenZipMark.Names:
                    if (property.Next() != 0)
                        throw new DamageException(SevenZipBytes.Elsewhere);
                    names = [.. property.Take(property.Left)];
                    break;
                case SevenZipMark.WithoutBytes:
                    Set(SevenZipFileKind.Bytes, SevenZipFileKind.Directory, property.Bits(kinds.Length));
                    break;
                case SevenZipMark.EmptyFile:
                    var directories = CountOf(SevenZipFileKind.Directory);
                    Set(SevenZipFileKind.Directory, SevenZipFileKind.Empty, property.Bits(directories));
                    break;
                default:
                    break; // times, attributes and filling say nothing about what is inside
            }
        }
    }

    /// <summary>The files in the order of the archive.</summary>
    public IEnumerable<SevenZipFile> All()
    {
        var at = 0;
        foreach (var kind in kinds)
        {
            var start = at;
            while (at + 1 < names.Length && (names[at] | names[at + 1]) != 0)
                at += 2;
            if (at + 1 >= names.Length)
                throw new DamageException("a name in it is damaged");
            yield return new SevenZipFile(Encoding.Unicode.GetString(names, start, at - start), kind);
            at += 2;
        }
    }

    private int CountOf(SevenZipFileKind wanted)
    {
        var count = 0;
        foreach (var kind in kinds)
            count += kind == wanted ? 1 : 0;
        return count;
    }

    // One bit for each file that was of one kind: if it is set, the file is of another.
    private void Set(SevenZipFileKind from, SevenZipFileKind to, bool[] isSet)
    {
        var next = 0;
        foreach (ref var kind in kinds.AsSpan())
        {
            if (kind == from && isSet[next++])
                kind = to;
        }
    }
}
