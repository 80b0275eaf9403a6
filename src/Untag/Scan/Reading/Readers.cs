using Untag.Scan.Reading.Binaries;
using Untag.Scan.Reading.Documents;
using Untag.Scan.Reading.Documents.Pdf;
using Untag.Scan.Reading.Interfaces;
using Untag.Scan.Reading.Models;
using Untag.Scan.Reading.Models.Hdf5;
using Untag.Scan.Reading.Models.Pickle;
using Untag.Scan.Reading.Resources;
using Untag.Scan.Reading.Tables;
using Untag.Scan.Reading.Tables.Arrow;
using Untag.Scan.Reading.Tables.Parquet;

namespace Untag.Scan.Reading;

/// <summary>All readers, in the order in which they are asked. To add a format, write its reader and add it here.</summary>
internal static class Readers
{
    private static readonly IReader[] InOrder =
    [
        new NotebookReader(),
        new NetworkTextReader(),
        new KerasJsonReader(),
        new TableReader(),
        new XmlResources(),
        new PropertyListReader(),
        new GettextReader(),
        new Translations(),
        new CodeReader(),
        new MarkupReader(),
        new JsonReader(),
        new YamlReader(),
        new KeyValueReader(),
        new ProseReader(),
    ];

    // Asked before the readers of text; the first that recognises the head reads the file.
    private static readonly IBinaryReader[] BinaryInOrder =
    [
        new OfficeReader(),
        new PdfReader(),
        new CompiledGettext(),
        new CompiledQt(),
        new BinaryPropertyList(),
        new DotNetResources(),
        new AndroidTable(),
        new AndroidXml(),
        new ParquetReader(),
        new ArrowReader(),
        new NumpyReader(),
        new ElfReader(),
        new PeReader(),
        new JavaClassReader(),
        new MachOReader(),
        new StaticLibraryReader(),
        new DexReader(),
        new WasmReader(),
        new DescriptorSetReader(),
        new OnnxReader(),
        new PickleReader(),
        new Hdf5Reader(),
        new GgufReader(),
        new SafetensorsReader(),
        new TfliteReader(),
        new CoreMlReader(),
        new TensorFlowReader(),
        new CaffeReader(),
    ];

    /// <summary>How many bytes tell a format.</summary>
    public const int HeadBytes = 512;

    /// <summary>What is read of each format, for the table of formats.</summary>
    public static IEnumerable<(string Name, string Reads)> Formats =>
        [.. BinaryInOrder.Select(reader => (reader.Name, reader.Reads)), .. InOrder.Select(reader => (reader.Name, reader.Reads))];

    /// <summary>The names of the readers of text, in order.</summary>
    public static IEnumerable<string> Names => InOrder.Select(reader => reader.Name);

    /// <summary>The reader of a format that is not text; null when none knows these bytes.</summary>
    /// <param name="path">Path of the artefact.</param>
    /// <param name="head">The first bytes.</param>
    public static IBinaryReader? OfBinary(string path, ReadOnlySpan<byte> head)
    {
        var first = head[..Math.Min(head.Length, HeadBytes)];
        foreach (var reader in BinaryInOrder)
        {
            if (reader.Recognises(path, first))
                return reader;
        }

        return null;
    }

    /// <summary>The reader of a text: the last one takes every text.</summary>
    /// <param name="path">Path of the artefact.</param>
    /// <param name="text">The decoded text.</param>
    public static IReader OfText(string path, string text) =>
        Array.Find(InOrder, reader => reader.Recognises(path, text)) ?? InOrder[^1];

    /// <summary>True for bytes that may hold a term although a search of the raw bytes does not see it: what is packed,
    /// and text in another encoding than UTF-8.</summary>
    public static bool HidesText(ReadOnlySpan<byte> bytes) =>
        IsPacked(bytes) || SourceText.IsWide(bytes) || SourceText.IsLegacy(bytes);

    /// <summary>True for bytes that are compressed or packed.</summary>
    public static bool IsPacked(ReadOnlySpan<byte> bytes) => Signature.Of(bytes).Kind == SignatureKind.Packed;

    /// <summary>Reads a file's bytes by the first reader that recognises them.</summary>
    /// <param name="path">Path of the artefact.</param>
    /// <param name="bytes">All its bytes.</param>
    public static ReadResult Read(string path, ReadOnlySpan<byte> bytes)
    {
        var (kind, name) = Signature.Of(bytes);
        if (kind == SignatureKind.Packed)
            return new ReadResult([], $"{name}: what it holds was not read");
        var decoded = SourceText.Decode(bytes);
        // Letters alone may begin a text as well, such as a table whose first column is called BMI.
        if (kind == SignatureKind.Media && (decoded is null || bytes[0] > 127))
            return new ReadResult([]);
        if (decoded is not { } source)
            return ReadBinary(path, bytes);
        var read = OfText(path, source.Text).Read(path, source.Text);
        return read with { Problem = source.Problem ?? read.Problem };
    }

    // The runs of text in a damaged table are its rows, and no row is ever read.
    private static ReadResult ReadBinary(string path, ReadOnlySpan<byte> bytes) =>
        TableReader.IsTable(path)
            ? new ReadResult([], "called a table, but its bytes are not text: it was not read")
            : new ReadResult([BinaryRuns.Read(bytes)]);
}
