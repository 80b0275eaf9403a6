using System.Buffers.Binary;
using System.Text;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>A font's map from codes to text (ToUnicode).</summary>
internal sealed class PdfCharacterMap
{
    private const int RangeMax = 65_536;

    private readonly Dictionary<int, string> texts = [];

    /// <summary>Bytes of a code: 1 or 2.</summary>
    public int CodeBytes { get; private set; } = 1;

    /// <summary>The text of a code; null when the map has none.</summary>
    public string? TextOf(int code) => texts.GetValueOrDefault(code);

    /// <summary>Reads a map; what is damaged in it is passed over.</summary>
    public static PdfCharacterMap Read(ReadOnlySpan<byte> bytes)
    {
        var map = new PdfCharacterMap();
        var parser = new PdfParser(bytes, 0);
        var operands = new List<PdfValue>();
        while (true)
        {
            parser.SkipBlanks();
            var at = parser.At;
            if (at >= bytes.Length)
                return map;
            switch (parser.Read())
            {
                case PdfValue.Word word:
                    map.Apply(word.Value, operands);
                    operands.Clear();
                    break;
                case { } operand:
                    operands.Add(operand);
                    break;
                default:
                    parser = new PdfParser(bytes, Math.Max(at, parser.At) + 1);
                    break;
            }
        }
    }

    private void Apply(string section, List<PdfValue> operands)
    {
        switch (section)
        {
            case "endcodespacerange" when operands is [PdfValue.Text first, ..]:
                CodeBytes = Math.Clamp(first.Bytes.Length, 1, 2);
                break;
            case "endbfchar":
                for (var i = 0; i + 1 < operands.Count; i += 2)
                {
                    if (operands[i] is PdfValue.Text code && operands[i + 1] is PdfValue.Text text)
                        texts[CodeOf(code.Bytes)] = Encoding.BigEndianUnicode.GetString(text.Bytes);
                }

                break;
            case "endbfrange":
                for (var i = 0; i + 2 < operands.Count; i += 3)
                {
                    if (operands[i] is PdfValue.Text from && operands[i + 1] is PdfValue.Text to)
                        AddRange(CodeOf(from.Bytes), CodeOf(to.Bytes), operands[i + 2]);
                }

                break;
        }
    }

    private void AddRange(int from, int to, PdfValue text)
    {
        if (text is PdfValue.Items items)
        {
            for (var i = 0; i < items.Values.Count && from + i <= to; i++)
            {
                if (items.Values[i] is PdfValue.Text one)
                    texts[from + i] = Encoding.BigEndianUnicode.GetString(one.Bytes);
            }
        }
        else if (text is PdfValue.Text { Bytes.Length: >= 2 } first && to - from < RangeMax && texts.Count < RangeMax)
        {
            var bytes = (byte[])first.Bytes.Clone();
            var last = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(bytes.Length - 2));
            for (var i = 0; i <= to - from; i++)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(bytes.Length - 2), (ushort)((last + i) & 0xFFFF));
                texts[from + i] = Encoding.BigEndianUnicode.GetString(bytes);
            }
        }
    }

    private static int CodeOf(byte[] bytes) => bytes switch
    {
        [.., var high, var low] => (high << 8) | low,
        [var one] => one,
        _ => 0,
    };
}
