namespace Untag.Scan.Reading.Resources;

/// <summary>Reads the XML that Android compiles: layouts, menus, preferences, the manifest.</summary>
internal sealed class AndroidXml : IBinaryReader
{
    private const int StartOfElement = 0x0102;
    private const int Text = 0x0104;
    private const int HeaderBytes = 16;

    public string Name => "Android compiled XML";

    public string Reads => "elements, attributes and texts, each with its element";

    public bool HidesText => true; // it is in UTF-16

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.Length > 12 && head.StartsWith((ReadOnlySpan<byte>)[3, 0, 8, 0]) && AndroidChunks.BeginStrings(head[8..]);

    public ReadResult Read(string path, Stream stream)
    {
        var list = new ResourceList(stream, isBigEndian: false);
        var texts = Array.Empty<string>();
        var group = 0;
        foreach (var whole in AndroidChunks.Between(0, list.Source.Length, list))
        {
            foreach (var chunk in AndroidChunks.Between(whole.At + whole.Header, whole.At + whole.Size, list))
            {
                if (chunk.Type == AndroidChunks.Strings)
                    texts = AndroidChunks.Texts(chunk, list);
                else if (chunk.Type == StartOfElement)
                    ReadElement(list, texts, chunk, ++group);
                else if (chunk.Type == Text)
                    list.Add(TokenKind.Value, TextOf(list, texts, chunk.At + HeaderBytes), group);
            }
        }

        return list.Result("android", path.EndsWith("AndroidManifest.xml", StringComparison.Ordinal)
            ? PassageKind.Structure : PassageKind.Interface);
    }

    private static void ReadElement(ResourceList list, string[] texts, AndroidChunk chunk, int group)
    {
        var source = list.Source.Slice(chunk.At, chunk.Size);
        var name = TextOf(list, texts, chunk.At + HeaderBytes + 4);
        list.Begin($"element {ResourceKeys.Shorten(name)}");
        list.Add(TokenKind.Key, name, group);
        var at = HeaderBytes + source.Number(HeaderBytes + 8, 2);
        var size = Math.Max(20, source.Number(HeaderBytes + 10, 2));
        for (var count = source.Number(HeaderBytes + 12, 2); count > 0 && at < source.Length && !list.IsFull; count--)
        {
            // Namespace, name, and the text as it was written, if any.
            if (source.Number(at + 8, 4) is var text && text < texts.Length)
            {
                list.Add(TokenKind.Key, TextOf(list, texts, chunk.At + at + 4), group);
                list.Add(TokenKind.Value, texts[text], group);
            }

            at += size;
        }
    }

    private static string TextOf(ResourceList list, string[] texts, long at) =>
        list.Source.Number(at, 4) is var number && number < texts.Length ? texts[number] : "";
}
