using System.Buffers.Binary;

namespace Untag.Scan.Reading.Tables.Arrow;

/// <summary>Reads what an Arrow file, an Arrow stream or a Feather file says about its columns: their names, and the
/// dictionaries of those that have one. The batches of rows are passed over.</summary>
internal sealed class ArrowReader : IBinaryReader
{
    private const int MessageBytesMax = 16 * 1024 * 1024;
    private const int TypeSchema = 1;
    private const int TypeDictionary = 2;

    // The numbers of the fields of a message.
    private const int MessageType = 1;
    private const int MessageHeader = 2;
    private const int MessageBody = 3;

    private static readonly byte[] Continuation = [0xFF, 0xFF, 0xFF, 0xFF];

    public string Name => "Arrow and Feather";

    public string Reads => "names of columns, dictionaries of at most 64 labels, metadata; never a row";

    public bool HidesText => true;

    // A stream has no mark of its own: it begins with the schema, which is a short message.
    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.StartsWith("ARROW1\0\0"u8) || head.StartsWith("FEA1"u8)
        || (head.Length > 16 && head.StartsWith(Continuation)
            && BinaryPrimitives.ReadInt32LittleEndian(head[4..]) is > 0 and < MessageBytesMax and var length
            && length % 8 == 0
            && BinaryPrimitives.ReadInt32LittleEndian(head[8..]) is > 0 and < 128);

    public ReadResult Read(string path, Stream stream)
    {
        var start = new byte[8];
        stream.Position = 0;
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
            return new ReadResult([], "the Arrow file is cut off");
        if (start.AsSpan().StartsWith("FEA1"u8))
            return new ReadResult([], "a Feather file of version 1, which is not read: write it again as version 2");
        var isFile = start.AsSpan().StartsWith("ARROW1"u8);
        stream.Position = isFile ? start.Length : 0;
        var messages = new Messages(stream);
        string? problem = null;
        try
        {
            while (messages.ReadNext())
            {
            }

            problem = isFile && !EndsAsFile(stream) ? "the Arrow file is cut off" : null;
        }
        catch (InvalidDataException damage)
        {
            problem = $"the Arrow file is damaged, and was read up to the damage: {damage.Message}";
        }

        return messages.ToResult(problem);
    }

    private static bool EndsAsFile(Stream stream)
    {
        Span<byte> mark = stackalloc byte[6];
        if (stream.Length < mark.Length)
            return false;
        stream.Position = stream.Length - mark.Length;
        stream.ReadExactly(mark);
        return mark.SequenceEqual("ARROW1"u8);
    }

    /// <summary>Walks over the messages of a file: the schema first, then dictionaries and rows.</summary>
    private sealed class Messages(Stream stream)
    {
        private readonly Dictionary<long, LabelSet> dictionaries = [];
        private readonly SortedSet<string> problems = new(StringComparer.Ordinal);
        private readonly byte[] prefix = new byte[8];
        private ArrowSchema? schema;

        /// <summary>Reads a message, and passes over its body; false at the end of the stream.</summary>
        public bool ReadNext()
        {
            if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
                throw new InvalidDataException("it ends without its end");
            if (!prefix.AsSpan(0, 4).SequenceEqual(Continuation))
                throw new InvalidDataException("a message is missing");
            var length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(4));
            if (length == 0)
                return false;
            if (length < 0 || length > Math.Min(MessageBytesMax, stream.Length - stream.Position))
                throw new InvalidDataException("a message is longer than the file");
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            var message = FlatTable.RootOf(bytes);
            var body = message.Int64(MessageBody);
            if (body < 0 || body > stream.Length - stream.Position)
                throw new InvalidDataException("the rows are cut off");
            var next = stream.Position + body;
            if (message.Byte(MessageType) == TypeSchema)
                schema ??= ArrowSchema.Read(message.Table(MessageHeader));
            else if (message.Byte(MessageType) == TypeDictionary)
                ReadDictionary(message.Table(MessageHeader), body);
            stream.Position = next;
            return true;
        }

        public ReadResult ToResult(string? problem)
        {
            if (problem is not null)
                problems.Add(problem);
            if (schema is null)
                problems.Add("the Arrow file has no schema: its columns were not read");
            var header = new TableHeader("arrow");
            foreach (var column in schema?.Columns ?? [])
                header.Add(column.Path, LabelsOf(column));
            var passages = new List<Passage>();
            if (header.ToPassage(inner: null) is { } columns)
                passages.Add(columns);
            foreach (var (key, text) in schema?.Notes ?? [])
                TableNotes.AddTo(passages, key, text);
            return new ReadResult(passages, problems.Count > 0 ? string.Join("; ", problems) : null);
        }

        // A dictionary is made for labels; one of identities is known by its column.
        private IReadOnlyList<string> LabelsOf(ArrowColumn column) =>
            column.Dictionary is { } id && dictionaries.TryGetValue(id, out var labels)
                ? labels.OfEnumeration(column.Path)
                : [];

        private void ReadDictionary(FlatTable dictionary, long body)
        {
            var id = dictionary.Int64(0);
            if (!dictionaries.TryGetValue(id, out var labels))
                dictionaries[id] = labels = new LabelSet();
            if (!ArrowDictionary.TryAdd(labels, dictionary.Table(1), stream, body))
                problems.Add($"the dictionary of column {NameOf(id)} cannot be read");
        }

        private string NameOf(long id) => schema?.Columns.Find(column => column.Dictionary == id).Path ?? "?";
    }
}
