using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Streams;

namespace Untag.Server.Guard.Replies.Tensors;

/// <summary>A reply of the Open Inference Protocol with raw tensors behind its JSON (the binary extension of Triton). It is
/// held as a whole, since the length of what is left of the JSON stands in the header.</summary>
/// <param name="settings">What the JSON is judged with.</param>
/// <param name="headerBytes">Bytes of the JSON.</param>
/// <param name="tell">Told their new number.</param>
internal sealed class TensorBody(JsonSettings settings, int headerBytes, Action<int>? tell) : BodyFilter
{
    private readonly HeldBytes held = new();
    private readonly RecordFilter filter = new(settings);
    private readonly BytesTexts texts = new(settings);

    public override void Take(ReadOnlySpan<byte> bytes) => held.Add(bytes);

    public override void End()
    {
        if (headerBytes < 0 || headerBytes > held.Length)
            throw Cut();
        var tensors = TensorsOf(held[..headerBytes]);
        if (tensors.Sum(tensor => (long)tensor.Bytes) != held.Length - headerBytes)
            throw Cut();
        var json = filter.Filter(Without(tensors)) ?? throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply is no JSON");
        tell?.Invoke(json.Length);
        settings.Pass.Output.Write(json);
        var at = headerBytes;
        foreach (var tensor in tensors)
        {
            if (!tensor.IsRemoved)
                settings.Pass.Output.Write(held[at..(at + tensor.Bytes)]);
            at += tensor.Bytes;
        }
    }

    public override void Dispose() => held.Dispose();

    private static ReplyRefusedException Cut() =>
        Refusal.Uninspectable(RefusalReason.Malformed, "the reply has other tensors than its JSON says");

    private List<Tensor> TensorsOf(ReadOnlySpan<byte> json)
    {
        if (filter.Filter(json) is null)
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply is no JSON");
        using var document = JsonDocument.Parse(json.ToArray());
        var tensors = new List<Tensor>();
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("outputs", out var outputs)
            || outputs.ValueKind != JsonValueKind.Array)
            return tensors;
        var at = headerBytes;
        foreach (var output in outputs.EnumerateArray())
        {
            var bytes = BytesOf(output);
            if (bytes > held.Length - at)
                throw Cut();
            tensors.Add(new Tensor(output.GetRawText(), bytes, IsRemoved(output, held[at..(at + bytes)])));
            at += bytes;
        }

        return tensors;
    }

    private static int BytesOf(JsonElement output)
    {
        if (output.ValueKind != JsonValueKind.Object || !output.TryGetProperty("parameters", out var parameters)
            || parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("binary_data_size", out var size))
            return 0;
        return size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var bytes) && bytes >= 0 ? bytes : throw Cut();
    }

    // Alone in a reply of its own it goes, or stays.
    private bool IsRemoved(JsonElement output, ReadOnlySpan<byte> content)
    {
        var alone = filter.Filter(Encoding.UTF8.GetBytes($$"""{"outputs":[{{output.GetRawText()}}]}"""))!;
        using var document = JsonDocument.Parse(alone);
        return document.RootElement.GetProperty("outputs").GetArrayLength() == 0
            || (output.TryGetProperty("datatype", out var type) && type.ValueEquals("BYTES") && texts.AreTag(output, TextsIn(content)));
    }

    private static List<byte[]> TextsIn(ReadOnlySpan<byte> content)
    {
        var texts = new List<byte[]>();
        while (content.Length >= sizeof(uint)) // each stands after its length
        {
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(content), int.MaxValue);
            content = content[sizeof(uint)..];
            if (length > content.Length)
                throw Cut();
            texts.Add(content[..length].ToArray());
            content = content[length..];
        }

        return texts;
    }

    private byte[] Without(List<Tensor> tensors)
    {
        using var document = JsonDocument.Parse(held[..headerBytes].ToArray());
        if (!tensors.Exists(tensor => tensor.IsRemoved))
            return held[..headerBytes].ToArray();
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var field in document.RootElement.EnumerateObject())
            {
                if (!field.NameEquals("outputs"))
                {
                    field.WriteTo(writer);
                    continue;
                }

                writer.WriteStartArray("outputs");
                foreach (var tensor in tensors.Where(tensor => !tensor.IsRemoved))
                    writer.WriteRawValue(tensor.Json);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return json.ToArray();
    }

    /// <summary>A tensor of the reply.</summary>
    /// <param name="Json">What the JSON says of it.</param>
    /// <param name="Bytes">Its bytes behind the JSON.</param>
    /// <param name="IsRemoved">True when it does not go on.</param>
    private sealed record Tensor(string Json, int Bytes, bool IsRemoved);
}
