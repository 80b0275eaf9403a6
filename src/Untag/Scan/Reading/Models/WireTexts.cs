using System.Text;

namespace Untag.Scan.Reading.Models;

/// <summary>Takes the texts out of a protobuf message whose schema is wide and of which only the texts matter. Whether a
/// field is a text, a message or numbers is told by its bytes.</summary>
internal sealed class WireTexts(ByteSource source, ModelNames names)
{
    private const int DepthMax = 32;
    private const int SampleBytes = 64;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Adds the texts of a message to a family; those that repeat a field are a list of labels.</summary>
    public void Add(WireField message, string family) => Add(message, family, depth: 0);

    private void Add(WireField message, string family, int depth)
    {
        var number = 0;
        var texts = new List<string>();
        var fields = new WireMessage(source, message);
        while (!names.IsFull && fields.Next(out var field))
        {
            if (field.Type != WireType.Bytes || field.Length == 0)
                continue;
            if (field.Number != number)
                Flush(texts, family);
            number = field.Number;
            if (TextOf(field) is { } text)
                texts.Add(text);
            else if (depth < DepthMax && IsMessage(field))
                Add(field, family, depth + 1);
        }

        Flush(texts, family);
    }

    private void Flush(List<string> texts, string family)
    {
        if (texts.Count == 1)
            names.Text(family, texts[0]);
        else
            names.Labels(family, texts);
        texts.Clear();
    }

    private string? TextOf(WireField field)
    {
        if (HasControls(source.Bytes(field.Start, Math.Min(field.Length, SampleBytes))))
            return null;
        if (field.Length > ByteSource.TextBytesMax)
            return null;
        var bytes = source.Bytes(field.Start, field.Length);
        try
        {
            // A line feed is also the mark of the first text of a message.
            return HasControls(bytes) || (bytes[0] == '\n' && IsMessage(field)) ? null : Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool HasControls(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b < 32 && b is not (9 or 10 or 13))
                return true;
        }

        return false;
    }

    // True when the bytes are a chain of fields that ends where they end. It stays inside them: no damage is kept.
    private bool IsMessage(WireField field)
    {
        var at = field.Start;
        var end = field.Start + field.Length;
        while (at < end)
        {
            if (!TryVarint(ref at, end, out var tag) || tag >> 3 == 0)
                return false;
            long size;
            switch ((WireType)(int)(tag & 7))
            {
                case WireType.Varint when TryVarint(ref at, end, out _):
                    size = 0;
                    break;
                case WireType.Fixed64:
                    size = sizeof(ulong);
                    break;
                case WireType.Fixed32:
                    size = sizeof(uint);
                    break;
                case WireType.Bytes when TryVarint(ref at, end, out var length) && length <= (ulong)(end - at):
                    size = (long)length;
                    break;
                default:
                    return false;
            }

            if (size > end - at)
                return false;
            at += size;
        }

        return true;
    }

    private bool TryVarint(ref long at, long end, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && at < end; shift += 7)
        {
            var next = source.Byte(at++);
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }

        return false;
    }
}
