using System.Diagnostics;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Models;

/// <summary>Whatever happens to a model file, its reader comes back in good time, and a cut is never silent.</summary>
public sealed class DamagedModelsTests
{
    public static TheoryData<string> Fixtures =>
    [
        "onnx/trait-output.onnx", "onnx/trait-labels-in-tensor.onnx", "onnx/trait-labels-in-metadata.onnx",
        "pickle/trait-labels-protocol-0.pkl", "pickle/classifier-protocol-0.pkl", "pickle/classifier-protocol-2.pkl",
        "pickle/classifier-protocol-5.pkl", "pickle/classifier.joblib", "pickle/classifier-zlib.joblib",
        "pickle/objects.joblib", "pickle/table-protocol-4.pkl",
        "hdf5/trait-layer.h5", "hdf5/trait-layer-latest.h5", "hdf5/trait-layer-dense-index.h5",
        "safetensors/trait-layer.safetensors", "gguf/trait-labels.gguf",
        "tflite/trait-output.tflite", "tflite/trait-labels-packed.tflite",
        "tensorflow/trait-output/saved_model.pb", "tensorflow/trait-labels-frozen.pb", "tensorflow/keras/keras_metadata.pb",
        "coreml/trait-labels.mlmodel", "coreml/trait-labels-metadata.mlmodel", "caffe/trait-output.caffemodel",
    ];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_model_that_is_whole_is_read_without_a_problem(string fixture) =>
        Assert.Null(ModelFile.Read(fixture).Problem);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_cut_model_is_stated_wherever_it_is_cut(string fixture)
    {
        var bytes = ModelFile.Bytes(fixture);
        var whole = WholeWhenCutAt(fixture, bytes);
        for (var length = HeadMin; length < bytes.Length; length += Math.Max(1, bytes.Length / 400))
        {
            if (!whole.Contains(length))
                Assert.True(ModelFile.Read(fixture, bytes[..length]).Problem is not null, $"cut to {length} bytes it is silent");
        }
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Flipped_bytes_never_stop_the_reader(string fixture)
    {
        var original = ModelFile.Bytes(fixture);
        var random = new Random(20_260_117);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = (byte[])original.Clone();
            for (var times = random.Next(1, 6); times > 0; times--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
            var watch = Stopwatch.StartNew();
            var reader = Readers.OfBinary(fixture, bytes.AsSpan(0, Math.Min(bytes.Length, Readers.HeadBytes)));
            var problem = Record.Exception(() => reader?.Read(fixture, new MemoryStream(bytes, writable: false)));
            Assert.True(problem is null, $"round {round}: {problem}");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"round {round} took {watch.Elapsed}");
        }
    }

    // Sizes of which only the first bytes are there: nothing may be set aside for them.
    [Theory]
    [MemberData(nameof(Fixtures))]
    public void No_more_memory_is_taken_than_the_file_accounts_for(string fixture)
    {
        var original = ModelFile.Bytes(fixture);
        var random = new Random(20_260_118);
        for (var round = 0; round < 200; round++)
        {
            var bytes = (byte[])original.Clone();
            bytes.AsSpan(random.Next(bytes.Length - 8), random.Next(1, 8)).Fill(0x7F);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Readers.OfBinary(fixture, bytes.AsSpan(0, Math.Min(bytes.Length, Readers.HeadBytes)))
                ?.Read(fixture, new MemoryStream(bytes, writable: false));
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken < 1_000_000 + (200L * bytes.Length), $"round {round} took {taken} bytes");
        }
    }

    // Fewer bytes are no model of any format.
    private const int HeadMin = 16;

    private const int PaddingBytes = 4;

    // All that the content needs is read before the checksum at the end of a compressed file.
    private const int ChecksumBytes = 8;

    // A protobuf message that ends between two fields is whole: nothing in the format says that more was to come.
    private static HashSet<int> WholeWhenCutAt(string fixture, byte[] bytes)
    {
        var ends = new HashSet<int>();
        if (fixture.Contains("zlib", StringComparison.Ordinal))
            ends.UnionWith(Enumerable.Range(bytes.Length - ChecksumBytes, ChecksumBytes));
        if (fixture.EndsWith(".tflite", StringComparison.Ordinal))
        {
            // What is packed behind the model may be missing, and the model may end before its padding.
            var packed = bytes.AsSpan().IndexOf("PK\x3\x4"u8);
            ends.UnionWith(Enumerable.Range((packed < 0 ? bytes.Length : packed) - PaddingBytes, 2 * PaddingBytes));
        }

        if (Path.GetExtension(fixture) is not (".onnx" or ".pb" or ".mlmodel" or ".caffemodel"))
            return ends;
        for (var at = 0; at < bytes.Length; ends.Add(at))
        {
            var type = (int)(Varint(bytes, ref at) & 7);
            var value = Varint(bytes, ref at);
            at += type == 2 ? (int)value : 0;
        }

        return ends;
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(bytes[at] & 0x7F) << shift;
            if (bytes[at++] < 0x80)
                return value;
        }
    }
}
