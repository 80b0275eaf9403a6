using Untag.Scan.Containers;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>Unpacks LZW as old PDF files use it: codes of 9 to 12 bits, the width changing one code early.</summary>
internal static class PdfLzw
{
    private const int Clear = 256;
    private const int End = 257;
    private const int CodesMax = 4096;

    public static bool TryUnpack(ReadOnlySpan<byte> packed, ExpansionBudget budget, out byte[] unpacked)
    {
        var content = new List<byte>();
        var table = new byte[CodesMax][];
        for (var i = 0; i < 256; i++)
            table[i] = [(byte)i];
        int next = End + 1, width = 9, bit = 0;
        byte[]? before = null;
        while (bit + width <= packed.Length * 8L)
        {
            var code = ReadCode(packed, bit, width);
            bit += width;
            if (code == End)
                break;
            if (code == Clear)
            {
                next = End + 1;
                width = 9;
                before = null;
                continue;
            }

            var piece = code < next && code != Clear ? table[code] : before is null ? null : [.. before, before[0]];
            if (piece is null || code > next || !budget.TakeBytes(piece.Length, content.Count, packed.Length))
            {
                unpacked = [.. content];
                return false;
            }

            content.AddRange(piece);
            if (before is not null && next < CodesMax)
                table[next++] = [.. before, piece[0]];
            before = piece;
            width = next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9;
        }

        unpacked = [.. content];
        return true;
    }

    private static int ReadCode(ReadOnlySpan<byte> packed, int bit, int width)
    {
        var code = 0;
        for (var i = bit; i < bit + width; i++)
            code = (code << 1) | ((packed[i >> 3] >> (7 - (i & 7))) & 1);
        return code;
    }
}
