using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Streams;

namespace Untag.Server.Guard.Replies.Tensors;

/// <summary>Judges the texts of a raw tensor (<c>BYTES</c>) like the same texts in the JSON of the tensor. What is long and no text, such as a
/// picture, is not read.</summary>
/// <param name="settings">What JSON is judged with.</param>
internal sealed class BytesTexts(JsonSettings settings)
{
    // What is no UTF-8 hides nothing of what is, and takes no more room.
    private static readonly Encoding Lenient = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(" "));

    private readonly ReplyPass pass = settings.Pass;
    private readonly RecordFilter filter = new(settings with { Tensors = null, Schema = null });

    /// <summary>True when one of them carries a tag, or some are labels that are one together.</summary>
    /// <param name="tensor">What the JSON says of the tensor.</param>
    /// <param name="content">The texts.</param>
    public bool AreTag(JsonElement tensor, List<byte[]> content)
    {
        List<byte[]> texts = [.. content.Select(TextIn).OfType<byte[]>()];
        return (AreLabels(texts) && pass.Strikes(pass.Rules.Vocabulary.SetRule, "outputs[].data")) || AreTagInJson(tensor, texts);
    }

    // Triton's classification writes `score:index:label`.
    private bool AreLabels(List<byte[]> texts)
    {
        var labels = default(ListLabels);
        foreach (var text in texts)
        {
            if (text.Length <= TreeJudge.LabelBytesMax)
                labels.Add(pass.Rules.Words.Of(text.AsSpan(text.LastIndexOf((byte)':') + 1)));
        }

        return labels.AreTag(isOfFood: false);
    }

    private bool AreTagInJson(JsonElement tensor, List<byte[]> texts)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("outputs");
            writer.WriteStartObject();
            foreach (var field in tensor.EnumerateObject().Where(field => !field.NameEquals("data") && !field.NameEquals("parameters")))
                field.WriteTo(writer);
            writer.WriteStartArray("data");
            foreach (var text in texts)
                writer.WriteStringValue(text);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return !filter.Filter(json.GetBuffer().AsSpan(0, (int)json.Length)).AsSpan().SequenceEqual(json.GetBuffer().AsSpan(0, (int)json.Length));
    }

    private static byte[]? TextIn(byte[] bytes)
    {
        var text = Utf8.IsValid(bytes) ? bytes : Encoding.UTF8.GetBytes(Lenient.GetString(bytes).Trim());
        return text.Length <= TreeJudge.LabelBytesMax || TextJudge.IsJson(text) || (text.Length == bytes.Length && !text.AsSpan().Contains((byte)0))
            ? text
            : null;
    }
}
