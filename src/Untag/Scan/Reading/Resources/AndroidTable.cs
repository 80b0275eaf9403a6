namespace Untag.Scan.Reading.Resources;

/// <summary>Reads the table of resources of an Android app: every text in every language.</summary>
internal sealed class AndroidTable : IBinaryReader
{
    private const int Package = 0x0200;
    private const int Type = 0x0201;

    public string Name => "Android resources.arsc";

    public string Reads => "keys and texts in every language, each with its type, key and language";

    public bool HidesText => true; // it may be in UTF-16

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.Length > 16 && head.StartsWith((ReadOnlySpan<byte>)[2, 0, 12, 0]) && AndroidChunks.BeginStrings(head[12..]);

    public ReadResult Read(string path, Stream stream)
    {
        var list = new ResourceList(stream, isBigEndian: false);
        foreach (var table in AndroidChunks.Between(0, list.Source.Length, list))
        {
            var texts = Array.Empty<string>();
            foreach (var chunk in AndroidChunks.Between(table.At + table.Header, table.At + table.Size, list))
            {
                if (chunk.Type == AndroidChunks.Strings)
                    texts = AndroidChunks.Texts(chunk, list);
                else if (chunk.Type == Package)
                    ReadPackage(list, texts, chunk);
            }
        }

        return list.Result("android", PassageKind.Interface);
    }

    // Two pools, of the types and of the keys, then the tables: one for each type and language.
    private static void ReadPackage(ResourceList list, string[] texts, AndroidChunk package)
    {
        var pools = new List<string[]>(2);
        var group = 0;
        foreach (var chunk in AndroidChunks.Between(package.At + package.Header, package.At + package.Size, list))
        {
            if (chunk.Type == AndroidChunks.Strings)
                pools.Add(AndroidChunks.Texts(chunk, list));
            else if (chunk.Type == Type && pools.Count >= 2)
                new AndroidEntries(list, chunk, texts, pools[0], pools[1], ++group).Read();
        }
    }
}
