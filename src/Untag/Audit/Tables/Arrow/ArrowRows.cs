using Untag.Audit.Tables.Typed;
using Untag.Columnar;
using Untag.Columnar.Arrow;

namespace Untag.Audit.Tables.Arrow;

/// <summary>Walks over a table in Arrow's own format: a file, a stream, or Feather of version 2.</summary>
internal sealed class ArrowRows : TypedRows
{
    private readonly SharedFile file;
    private readonly ArrowMessages messages;
    private readonly ArrowSchema schema;
    private readonly Dictionary<int, ArrowCells> readers = [];

    /// <summary>Reads the schema.</summary>
    /// <param name="stream">The file, which can seek.</param>
    /// <param name="name">Name of the table, for messages.</param>
    /// <exception cref="AuditInputException">It is no whole Arrow file.</exception>
    public ArrowRows(Stream stream, string name)
        : base(name)
    {
        file = new SharedFile(stream);
        (messages, schema) = Readable(null, () =>
        {
            var opened = ArrowMessages.Open(stream, out var problem);
            if (problem is not null)
                throw new InvalidDataException(problem);
            return opened!.Next() && opened.Kind == ArrowMessageKind.Schema
                ? (opened, ArrowSchema.Read(opened.Header))
                : throw new InvalidDataException("the Arrow file has no schema");
        });
        if (schema.IsBigEndian)
            throw new AuditInputException($"`{name}` is written in big endian", "write it again on a machine of today");
        Columns = [.. schema.Fields.Select(field => field.Name)];
        Types = [.. schema.Fields.Select(field => field.Type)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnType> Types { get; }

    /// <inheritdoc/>
    private protected override void OpenCells(int column, CodedColumn cells) =>
        readers.Add(column, new ArrowCells(file, schema.Fields[column], cells));

    /// <inheritdoc/>
    private protected override Vectors? OpenVectors(int column, string place) =>
        schema.Fields[column].Children is [{ Index: null } only] && Vectors.AreOf(only.Type)
            ? new ArrowVectors(place, file, messages, schema, column)
            : null;

    /// <inheritdoc/>
    private protected override void ReadCells(int column, int rows) => readers[column].Read(rows);

    /// <inheritdoc/>
    private protected override long? NextRows() => Readable<long?>(null, () =>
    {
        while (messages.Next())
        {
            if (messages.Kind == ArrowMessageKind.Dictionary)
            {
                var head = messages.Header;
                var (id, isMore) = (head.Int64(0), head.Byte(2) != 0);
                var values = new ArrowBatch(head.Table(1), messages.BodyAt, messages.BodyBytes);
                foreach (var cells in readers.Values)
                    cells.Take(id, values, isMore);
            }
            else if (messages.Kind == ArrowMessageKind.Rows)
            {
                var batch = new ArrowBatch(messages.Header, messages.BodyAt, messages.BodyBytes);
                var buffers = batch.Of(schema.Fields);
                foreach (var (column, cells) in readers)
                    cells.Begin(batch, buffers[column]);
                return batch.Rows;
            }
        }

        return null;
    });
}
