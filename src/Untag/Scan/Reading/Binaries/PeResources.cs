using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads the resources of a PE file: texts, dialogs, menus, the version, and what the maker calls otherwise.</summary>
internal sealed class PeResources(PeImage image, BinarySource source)
{
    private const int Strings = 6;
    private const int DepthMax = 3; // type, name, language
    private const int EntriesMax = 64 * 1024;

    // Pictures and fonts, which hold no text.
    private static readonly HashSet<long> Drawn = [1, 2, 3, 7, 8, 12, 14];

    private readonly List<(string Type, long TypeNumber, long Offset, long Size)> leaves = [];
    private int entries;

    /// <summary>Adds the text of all resources.</summary>
    public void AddTo(ImagePassages passages)
    {
        Walk(image.ResourceTable.Offset, depth: 0, type: 0, typeName: "");
        foreach (var (type, number, offset, size) in leaves)
        {
            if (number == Strings)
            {
                AddStrings(passages, offset, size);
            }
            else
            {
                passages.AddWide($"resource {type}", source, offset, size, width: 2);
                var runs = new BinaryRuns(RunsIn.Data);
                source.ReadAll(offset, size, runs.Read);
                passages.Add($"resource {type}", runs.Tokens);
            }
        }
    }

    /// <summary>Appends the wide text of all resources, a line each.</summary>
    public void AppendWide(StringBuilder text)
    {
        Walk(image.ResourceTable.Offset, depth: 0, type: 0, typeName: "");
        foreach (var (_, number, offset, size) in leaves)
        {
            if (number != Strings)
            {
                ImagePassages.AppendWide(source, offset, size, width: 2, text);
                continue;
            }

            foreach (var value in StringsOf(offset, size))
                text.Append(value).Append('\n');
        }
    }

    private void AddStrings(ImagePassages passages, long offset, long size)
    {
        var list = new EntryList();
        foreach (var value in StringsOf(offset, size))
            list.Add(TokenKind.Run, value, group: 1);
        passages.AddEntries("resource string table", list);
    }

    // Sixteen strings, each after its length.
    private IEnumerable<string> StringsOf(long offset, long size)
    {
        var bytes = source.Read(offset, size);
        for (var at = 0; at + 2 <= bytes.Length;)
        {
            var length = 2 * (bytes[at] | (bytes[at + 1] << 8));
            at += 2;
            length = Math.Min(length, bytes.Length - at);
            if (length > 0)
                yield return Encoding.Unicode.GetString(bytes, at, length);
            at += length;
        }
    }

    private void Walk(long directory, int depth, long type, string typeName)
    {
        const long IsDirectory = 0x80000000;
        var count = source.Number(directory + 12, 2) + source.Number(directory + 14, 2);
        for (var i = 0; i < count && entries++ < EntriesMax; i++)
        {
            var entry = directory + 16 + (i * 8L);
            if (entry + 8 > source.Length)
                return;
            var name = source.Number(entry, 4);
            var target = source.Number(entry + 4, 4);
            var number = depth == 0 ? name : type;
            var shown = depth == 0 ? NameOf(name) : typeName;
            if (depth == 0 && Drawn.Contains(number))
                continue;
            var place = image.ResourceTable.Offset + (target & ~IsDirectory);
            if ((target & IsDirectory) == 0)
                AddLeaf(place, number, shown);
            else if (depth + 1 < DepthMax)
                Walk(place, depth + 1, number, shown);
        }
    }

    private void AddLeaf(long place, long number, string type)
    {
        if (place + 8 > source.Length)
            return;
        var offset = image.OffsetOf(source.Number(place, 4));
        if (offset >= 0)
            leaves.Add((type, number, offset, source.Number(place + 4, 4)));
    }

    private string NameOf(long name)
    {
        const int NameCharactersMax = 64;
        const long IsText = 0x80000000;
        if ((name & IsText) != 0)
        {
            var place = image.ResourceTable.Offset + (name & ~IsText);
            if (place + 2 > source.Length)
                return "without name";
            return Encoding.Unicode.GetString(source.Read(place + 2, 2 * Math.Min(source.Number(place, 2), NameCharactersMax)));
        }

        return name switch
        {
            4 => "menu",
            5 => "dialog",
            10 => "raw data",
            11 => "message table",
            16 => "version",
            23 => "page",
            24 => "manifest",
            _ => $"type {name}",
        };
    }
}
