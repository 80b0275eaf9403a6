using Untag.Scan.Containers;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>The objects of a PDF file. They are found by walking over the file, as programs do that mend one: the file's
/// own table is one more thing that could be wrong.</summary>
internal sealed class PdfFile
{
    private const int ReferencesMax = 32;
    private const long UnpackedBytesMax = 256 * 1024 * 1024;

    private readonly byte[] bytes;
    private readonly Dictionary<int, PdfValue> objects = [];
    private readonly ExpansionBudget budget = new(ScanLimits.Default with { ExpandedBytesMax = UnpackedBytesMax });
    private readonly Dictionary<string, PdfValue> trailer = new(StringComparer.Ordinal);

    public PdfFile(byte[] bytes)
    {
        this.bytes = bytes;
        FindObjects();
        if (IsEncrypted)
            return;
        foreach (var packed in objects.Values.OfType<PdfValue.Packed>().ToList())
        {
            if (NameOf(packed.Values, "Type") == "ObjStm")
                FindPackedObjects(packed);
        }
    }

    /// <summary>True when a password or key is needed, or the file asks to be treated so.</summary>
    public bool IsEncrypted => trailer.ContainsKey("Encrypt");

    /// <summary>What could not be read, a sentence each.</summary>
    public SortedSet<string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the pages begin; null when the file is damaged.</summary>
    public Dictionary<string, PdfValue>? Root =>
        trailer.TryGetValue("Root", out var root) && EntriesOf(root) is { } entries ? entries
            : objects.Values.Select(EntriesOf).FirstOrDefault(value => value is not null && NameOf(value, "Type") == "Catalog");

    /// <summary>What the file says about itself: title, keywords.</summary>
    public Dictionary<string, PdfValue>? About => trailer.TryGetValue("Info", out var about) ? EntriesOf(about) : null;

    /// <summary>Number of files that are attached to the document.</summary>
    public int Attachments =>
        objects.Values.Count(value => value is PdfValue.Packed packed && NameOf(packed.Values, "Type") == "EmbeddedFile");

    /// <summary>Follows references to the value that is meant.</summary>
    public PdfValue? Resolve(PdfValue? value)
    {
        for (var left = ReferencesMax; value is PdfValue.Reference reference && left > 0; left--)
            value = objects.GetValueOrDefault(reference.Object);
        return value is PdfValue.Reference or PdfValue.Nothing ? null : value;
    }

    public PdfValue? Get(Dictionary<string, PdfValue>? entries, string key) =>
        entries is not null && entries.TryGetValue(key, out var value) ? Resolve(value) : null;

    /// <summary>The entries of a dictionary or of a stream.</summary>
    public Dictionary<string, PdfValue>? EntriesOf(PdfValue? value) => Resolve(value) switch
    {
        PdfValue.Entries entries => entries.Values,
        PdfValue.Packed packed => packed.Values,
        _ => null,
    };

    public string? NameOf(Dictionary<string, PdfValue>? entries, string key) => (Get(entries, key) as PdfValue.Name)?.Value;

    /// <summary>The unpacked bytes of a stream; what is damaged ends early, with the problem noted.</summary>
    public byte[] Unpack(PdfValue.Packed packed)
    {
        var content = bytes.AsSpan(packed.Start, packed.Length).ToArray();
        foreach (var filter in FiltersOf(packed))
        {
            if (!PdfFilter.TryUnpack(filter, content, budget, out var unpacked))
                Problems.Add(unpacked.Length == 0 ? $"text packed with {filter} was not read" : "a part of its text is damaged");
            content = unpacked;
        }

        if (budget.Exceeded is { } limit)
            Problems.Add($"not unpacked to the end: {limit}");
        return Get(packed.Values, "DecodeParms") is { } how ? PdfPredictor.Undo(content, EntriesOf(Last(how)), this) : content;
    }

    private PdfValue? Last(PdfValue how) => how is PdfValue.Items { Values: [.., var last] } ? Resolve(last) : how;

    private IEnumerable<string> FiltersOf(PdfValue.Packed packed) => Get(packed.Values, "Filter") switch
    {
        PdfValue.Name name => [name.Value],
        PdfValue.Items items => items.Values.Select(Resolve).OfType<PdfValue.Name>().Select(name => name.Value),
        _ => [],
    };

    // An object is `12 0 obj` and a value; what follows a later one of the same number replaces it.
    private void FindObjects()
    {
        var lastNumber = (Value: -1, Before: -1);
        var parser = new PdfParser(bytes, 0);
        while (true)
        {
            parser.SkipBlanks();
            var at = parser.At;
            if (at >= bytes.Length)
                return;
            switch (parser.Read())
            {
                case PdfValue.Number number:
                    lastNumber = (PdfParser.ToInt(number.Value), lastNumber.Value);
                    break;
                case PdfValue.Word { Value: "obj" } when lastNumber.Before >= 0:
                    parser = ReadObject(parser, lastNumber.Before);
                    break;
                case PdfValue.Word { Value: "trailer" }:
                    if (parser.Read() is PdfValue.Entries entries)
                        AddTrailer(entries.Values);
                    break;
                case null:
                    parser = new PdfParser(bytes, Math.Max(at, parser.At) + 1);
                    break;
            }
        }
    }

    private PdfParser ReadObject(PdfParser parser, int number)
    {
        var value = parser.Read();
        if (value is PdfValue.Entries entries)
        {
            parser.SkipBlanks();
            if (parser.TrySkip("stream"u8))
            {
                var packed = ReadStream(parser.At, entries.Values);
                if (NameOf(packed.Values, "Type") == "XRef")
                    AddTrailer(packed.Values);
                objects[number] = packed;
                return new PdfParser(bytes, packed.Start + packed.Length);
            }
        }

        if (value is not null)
            objects[number] = value;
        return parser;
    }

    private PdfValue.Packed ReadStream(int at, Dictionary<string, PdfValue> entries)
    {
        if (at < bytes.Length && bytes[at] == 13)
            at++;
        if (at < bytes.Length && bytes[at] == 10)
            at++;
        var rest = bytes.AsSpan(at);
        // The length is right in nearly all files, and saves a search; a wrong one is seen by what follows.
        if (Get(entries, "Length") is PdfValue.Number said && PdfParser.ToInt(said.Value) is var length and >= 0
            && length <= rest.Length && rest[length..Math.Min(rest.Length, length + 20)].IndexOf("endstream"u8) is >= 0 and < 4)
            return new PdfValue.Packed(entries, at, length);
        var end = rest.IndexOf("endstream"u8);
        return new PdfValue.Packed(entries, at, end < 0 ? rest.Length : end);
    }

    private void AddTrailer(Dictionary<string, PdfValue> entries)
    {
        foreach (var key in new[] { "Root", "Info", "Encrypt" })
        {
            if (entries.TryGetValue(key, out var value))
                trailer[key] = value;
        }
    }

    // A stream of objects begins with pairs of numbers: that of the object, and where its value lies.
    private void FindPackedObjects(PdfValue.Packed stream)
    {
        var content = Unpack(stream);
        if (Get(stream.Values, "First") is not PdfValue.Number first || Get(stream.Values, "N") is not PdfValue.Number count)
            return;
        var index = new PdfParser(content, 0);
        for (var left = Math.Min(PdfParser.ToInt(count.Value), content.Length); left > 0; left--)
        {
            if (index.Read() is not PdfValue.Number number || index.Read() is not PdfValue.Number offset)
                return;
            var at = PdfParser.ToInt(first.Value + offset.Value);
            if (at >= 0 && at < content.Length && new PdfParser(content, at).Read() is { } value)
                objects[PdfParser.ToInt(number.Value)] = value;
        }
    }
}
