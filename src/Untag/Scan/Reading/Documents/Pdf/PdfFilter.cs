using System.IO.Compression;
using Untag.Scan.Containers;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>Unpacks the streams of a PDF file.</summary>
internal static class PdfFilter
{
    /// <summary>Unpacks by one filter.</summary>
    /// <param name="filter">Its name, long or short.</param>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="budget">How much the file may expand to.</param>
    /// <param name="unpacked">What was unpacked; up to the damage when there is any.</param>
    /// <returns>False when the filter is not known, or the bytes are damaged.</returns>
    public static bool TryUnpack(string filter, byte[] packed, ExpansionBudget budget, out byte[] unpacked)
    {
        switch (filter)
        {
            case "FlateDecode" or "Fl":
                return TryInflate(packed, budget, out unpacked);
            case "ASCII85Decode" or "A85":
                unpacked = Ascii85(packed);
                return true;
            case "ASCIIHexDecode" or "AHx":
                unpacked = new PdfParser([(byte)'<', .. packed, (byte)'>'], 0).Read() is PdfValue.Text text ? text.Bytes : [];
                return true;
            case "LZWDecode" or "LZW":
                return PdfLzw.TryUnpack(packed, budget, out unpacked);
            default:
                unpacked = [];
                return false;
        }
    }

    private static bool TryInflate(byte[] packed, ExpansionBudget budget, out byte[] unpacked)
    {
        using var content = new MemoryStream();
        try
        {
            using var inflating = new ZLibStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
            new BudgetedStream(inflating, budget, packed.Length).CopyTo(content);
            unpacked = content.ToArray();
            return packed.Length > 0;
        }
        catch (InvalidDataException)
        {
            unpacked = content.ToArray();
            return false;
        }
    }

    private static byte[] Ascii85(byte[] packed)
    {
        var content = new List<byte>(packed.Length);
        var digits = 0;
        ulong value = 0;
        foreach (var c in packed)
        {
            if (c == '~')
                break;
            if (c == 'z' && digits == 0)
                content.AddRange([0, 0, 0, 0]);
            if (c is < (byte)'!' or > (byte)'u')
                continue;
            value = (value * 85) + (ulong)(c - '!');
            if (++digits < 5)
                continue;
            Add(4);
        }

        if (digits > 1)
        {
            var bytes = digits - 1;
            for (; digits < 5; digits++)
                value = (value * 85) + 84;
            Add(bytes);
        }

        return [.. content];

        void Add(int bytes)
        {
            for (var i = 0; i < bytes; i++)
                content.Add((byte)((value >> (24 - (8 * i))) & 0xFF));
            value = 0;
            digits = 0;
        }
    }
}
