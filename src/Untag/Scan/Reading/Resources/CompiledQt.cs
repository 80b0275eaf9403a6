using System.Text;
using Untag.Scan.Reading.Binaries;

namespace Untag.Scan.Reading.Resources;

/// <summary>Reads the translations that Qt compiles.</summary>
internal sealed class CompiledQt : IBinaryReader
{
    private const int Hashes = 0x42;
    private const int Messages = 0x69;

    public string Name => "Qt .qm";

    public string Reads => "sources and their translations, each with its context";

    public bool HidesText => true; // it is in UTF-16

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith(
        (ReadOnlySpan<byte>)[0x3C, 0xB8, 0x64, 0x18, 0xCA, 0xEF, 0x9C, 0x95, 0xCD, 0x21, 0x1C, 0xBF, 0x60, 0xA1, 0xBD, 0xDD]);

    public ReadResult Read(string path, Stream stream)
    {
        const int MagicBytes = 16;
        var list = new ResourceList(stream, isBigEndian: true);
        var source = list.Source;
        // The hashes of the messages come before them.
        var expectsMessages = false;
        for (var at = (long)MagicBytes; at < source.Length;)
        {
            var (section, size) = (source.Number(at, 1), source.Number(at + 1, 4));
            var block = source.Slice(at + 5, size);
            if (section == Messages)
                ReadMessages(list, block.Read(0, block.Length));
            expectsMessages = section == Hashes || (expectsMessages && section != Messages);
            at += 5 + size;
        }

        if (expectsMessages)
            list.AddProblem(Outline.CutProblem);

        return list.Result("qt", PassageKind.Interface);
    }

    // A message is a row of tagged texts up to its end.
    private static void ReadMessages(ResourceList list, byte[] block)
    {
        var texts = new List<string>();
        var context = "";
        for (var at = 0; at < block.Length && !list.IsFull;)
        {
            var tag = block[at++];
            if (tag is 1)
            {
                Add(list, context, texts);
                texts.Clear();
                context = "";
                continue;
            }

            var rest = block.AsSpan(at);
            var size = tag is 5 ? 4 : rest.Length < 4 ? -1 : 4 + list.Source.NumberOf(rest[..4]);
            if (tag is 0 or > 8 || size < 0 || size > rest.Length)
            {
                list.AddProblem("its messages are damaged: read up to the damage");
                break;
            }

            var content = rest[4..(int)size];
            var text = tag is 2 or 3 or 4 ? Encoding.BigEndianUnicode.GetString(content) : Encoding.UTF8.GetString(content);
            if (tag is 4 or 7)
                context = text;
            texts.Add(text);
            at += (int)size;
        }

        Add(list, context, texts);
    }

    private static void Add(ResourceList list, string context, List<string> texts)
    {
        list.Begin(context.Length > 0 ? $"context {ResourceKeys.Shorten(context)}" : null);
        foreach (var text in texts)
            list.Add(TokenKind.Value, text, group: 1);
    }
}
