using Untag.Scan.Reading.Binaries;

namespace Untag.Scan.Reading.Resources;

/// <summary>The resources of one type in one language.</summary>
/// <param name="list">Takes them.</param>
/// <param name="chunk">The piece of the file that holds them.</param>
/// <param name="texts">The texts of the app.</param>
/// <param name="types">The names of the types.</param>
/// <param name="keys">The keys.</param>
/// <param name="group">Number of this list.</param>
internal sealed class AndroidEntries(
    ResourceList list, AndroidChunk chunk, string[] texts, string[] types, string[] keys, int group)
{
    private const int ConfigurationAt = 20;
    private const int IsText = 3;

    private readonly BinarySource source = list.Source.Slice(chunk.At, chunk.Size);

    /// <summary>Adds them.</summary>
    public void Read()
    {
        const int IsSparse = 1;
        const int OffsetsAreShort = 2;
        var type = Of(types, source.Number(8, 1) - 1);
        var language = Language();
        var flags = source.Number(9, 1);
        var width = (flags & OffsetsAreShort) != 0 ? 2 : 4;
        var start = source.Number(16, 4);
        var offsets = source.Read(chunk.Header, width * source.Number(12, 4));
        for (var at = 0; at + width <= offsets.Length && !list.IsFull; at += width)
        {
            var offset = source.NumberOf(offsets.AsSpan(at, width));
            if ((flags & IsSparse) != 0)
                offset = (offset >> 16) * 4;
            else if (offset == (width == 2 ? 0xFFFF : 0xFFFFFFFF))
                continue;
            else if (width == 2)
                offset *= 4;
            ReadEntry(start + offset, type, language);
        }
    }

    private void ReadEntry(long at, string type, string language)
    {
        const int IsComplex = 1;
        const int IsCompact = 8;
        const int MemberBytes = 12;
        var flags = source.Number(at + 2, 2);
        var isCompact = (flags & IsCompact) != 0;
        var key = Of(keys, isCompact ? source.Number(at, 2) : source.Number(at + 4, 4));
        list.Begin($"{type} {ResourceKeys.Shorten(key)}{language}");
        list.Add(TokenKind.Key, key, group);
        if (isCompact)
        {
            AddText(flags >> 8, source.Number(at + 4, 4));
        }
        else if ((flags & IsComplex) == 0)
        {
            AddText(source.Number(at + 11, 1), source.Number(at + 12, 4));
        }
        else
        {
            var member = at + 16;
            for (var count = source.Number(at + 12, 4); count > 0 && member < source.Length && !list.IsFull; count--)
            {
                list.Spend(1);
                AddText(source.Number(member + 7, 1), source.Number(member + 8, 4));
                member += MemberBytes;
            }
        }
    }

    // Pictures and layouts are named by their files, which have the key in their names.
    private void AddText(long kind, long number)
    {
        if (kind == IsText && !Of(texts, number).StartsWith("res/", StringComparison.Ordinal))
            list.Add(TokenKind.Value, Of(texts, number), group);
    }

    // `, zh-Hans-CN`; a language of three letters is packed into two bytes.
    private string Language()
    {
        const int ScriptAt = ConfigurationAt + 36;
        var letters = source.Read(ConfigurationAt + 8, 4);
        if (letters.Length < 4 || letters[0] == 0)
            return "";
        Span<char> language = [(char)letters[0], (char)letters[1], '\0'];
        if (letters[0] >= 0x80)
        {
            language[0] = (char)('a' + (letters[1] & 0x1F));
            language[1] = (char)('a' + (letters[1] >> 5) + ((letters[0] & 3) << 3));
            language[2] = (char)('a' + ((letters[0] & 0x7C) >> 2));
        }

        var script = ScriptAt + 4 <= chunk.Header ? source.Read(ScriptAt, 4) : [];
        var country = letters[2] is >= (byte)'A' and <= (byte)'Z' ? $"-{(char)letters[2]}{(char)letters[3]}" : "";
        return $", {language.TrimEnd('\0')}{(script is [not 0, ..] ? $"-{System.Text.Encoding.Latin1.GetString(script)}" : "")}{country}";
    }

    private static string Of(string[] pool, long number) => number >= 0 && number < pool.Length ? pool[number] : "";
}
