using System.Text;
using System.Text.Unicode;

namespace Untag.Scan.Reading.Resources;

/// <summary>Reads the catalogs that gettext compiles.</summary>
internal sealed class CompiledGettext : IBinaryReader
{
    public string Name => "gettext .mo";

    public string Reads => "messages and their translations, each with its message";

    public bool HidesText => true; // it may be in any encoding

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xDE, 0x12, 0x04, 0x95]) || IsBigEndian(head);

    public ReadResult Read(string path, Stream stream)
    {
        Span<byte> head = stackalloc byte[4];
        stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var list = new ResourceList(stream, IsBigEndian(head));
        var source = list.Source;
        var count = source.Number(8, 4);
        var originals = source.Read(source.Number(12, 4), 8 * count);
        var translations = source.Read(source.Number(16, 4), 8 * count);
        for (var at = 0; at + 8 <= Math.Min(originals.Length, translations.Length) && !list.IsFull; at += 8)
        {
            var message = Text(list, originals, at);
            // The empty message has words about the file for its translation.
            if (message.Length == 0)
                continue;
            list.Begin(GettextReader.NameOf(message.Split('\0')[0]));
            foreach (var text in $"{message}\0{Text(list, translations, at)}".Split('\0', '\u0004'))
                list.Add(TokenKind.Value, text, group: 1);
        }

        return list.Result("gettext", PassageKind.Interface);
    }

    private static bool IsBigEndian(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x95, 0x04, 0x12, 0xDE]);

    private static string Text(ResourceList list, byte[] table, int at)
    {
        var source = list.Source;
        var bytes = source.Read(source.NumberOf(table.AsSpan(at + 4, 4)), source.NumberOf(table.AsSpan(at, 4)));
        if (!Utf8.IsValid(bytes))
            list.AddProblem("its texts are not in UTF-8: compile it from a catalog that is");
        return Encoding.UTF8.GetString(bytes);
    }
}
