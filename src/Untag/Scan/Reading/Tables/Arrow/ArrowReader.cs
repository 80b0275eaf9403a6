using System.Buffers.Binary;
using Untag.Columnar.Arrow;

namespace Untag.Scan.Reading.Tables.Arrow;

/// <summary>Reads what an Arrow file, an Arrow stream or a Feather file says about its columns: their names, and the
/// dictionaries of those that have one. The batches of rows are passed over.</summary>
internal sealed class ArrowReader : IBinaryReader
{
    public string Name => "Arrow and Feather";

    public string Reads => "names of columns, dictionaries of at most 64 labels, metadata; never a row";

    public bool HidesText => true;

    // A stream has no mark of its own: it begins with the schema, which is a short message.
    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.StartsWith("ARROW1\0\0"u8) || head.StartsWith("FEA1"u8)
        || (head.Length > 16 && head.StartsWith(ArrowMessages.Continuation)
            && BinaryPrimitives.ReadInt32LittleEndian(head[4..]) is > 0 and < ArrowMessages.MessageBytesMax and var length
            && length % 8 == 0
            && BinaryPrimitives.ReadInt32LittleEndian(head[8..]) is > 0 and < 128);

    public ReadResult Read(string path, Stream stream)
    {
        var found = new Contents(stream);
        string? problem = null;
        try
        {
            if (ArrowMessages.Open(stream, out problem) is { } messages)
                found.Read(messages);
        }
        catch (InvalidDataException damage)
        {
            problem = $"the Arrow file is damaged, and was read up to the damage: {damage.Message}";
        }

        return found.ToResult(problem);
    }

    /// <summary>What is read of a file: the schema, and dictionaries.</summary>
    private sealed class Contents(Stream stream)
    {
        private readonly Dictionary<long, LabelSet> dictionaries = [];
        private readonly SortedSet<string> problems = new(StringComparer.Ordinal);
        private readonly List<ArrowColumn> columns = [];
        private ArrowSchema? schema;

        /// <summary>Reads all messages, and passes over the rows.</summary>
        public void Read(ArrowMessages messages)
        {
            while (messages.Next())
            {
                if (messages.Kind == ArrowMessageKind.Schema && schema is null)
                {
                    schema = ArrowSchema.Read(messages.Header);
                    foreach (var field in schema.Fields)
                        Add(field, "");
                }
                else if (messages.Kind == ArrowMessageKind.Dictionary)
                {
                    stream.Position = messages.BodyAt;
                    ReadDictionary(messages.Header, messages.BodyBytes);
                }
            }
        }

        // The only child of a list is called `item`, which says nothing.
        private void Add(ArrowField field, string prefix)
        {
            var path = prefix.Length == 0 ? field.Name : field.Name is "item" or "element" or "entries" ? prefix : $"{prefix}.{field.Name}";
            if (field.Children.Count == 0)
                columns.Add(new ArrowColumn(path, field.Index?.Dictionary));
            foreach (var child in field.Children)
                Add(child, path);
        }

        public ReadResult ToResult(string? problem)
        {
            if (problem is not null)
                problems.Add(problem);
            else if (schema is null)
                problems.Add("the Arrow file has no schema: its columns were not read");
            var header = new TableHeader("arrow");
            foreach (var column in columns)
                header.Add(column.Path, LabelsOf(column));
            var passages = new List<Passage>();
            if (header.ToPassage(inner: null) is { } passage)
                passages.Add(passage);
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

        private string NameOf(long id) => columns.Find(column => column.Dictionary == id).Path ?? "?";
    }
}

/// <summary>A column of an Arrow file, or one in another.</summary>
/// <param name="Path">Its path, with dots between the parts.</param>
/// <param name="Dictionary">Number of the dictionary that holds its values; null when it has none.</param>
internal readonly record struct ArrowColumn(string Path, long? Dictionary);
