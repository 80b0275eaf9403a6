namespace Untag.Scan.Reading.Tables.Arrow;

/// <summary>A column of an Arrow file.</summary>
/// <param name="Path">Its path, with dots between the parts.</param>
/// <param name="Dictionary">Number of the dictionary that holds its values; null when it has none.</param>
internal readonly record struct ArrowColumn(string Path, long? Dictionary);

/// <summary>What the schema of an Arrow file says: columns, and what the writer noted.</summary>
internal sealed class ArrowSchema
{
    private const int DepthMax = 32;
    private const int ColumnsMax = 100_000;

    // The numbers of the fields in the format's own schema.
    private const int SchemaFields = 1;
    private const int SchemaNotes = 2;
    private const int FieldName = 0;
    private const int FieldDictionary = 4;
    private const int FieldChildren = 5;

    private ArrowSchema()
    {
    }

    public List<ArrowColumn> Columns { get; } = [];

    public List<(string Key, string Text)> Notes { get; } = [];

    /// <summary>Reads a schema.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static ArrowSchema Read(FlatTable table)
    {
        var schema = new ArrowSchema();
        for (var i = 0; i < table.Count(SchemaFields, sizeof(int)); i++)
            schema.AddField(table.Element(SchemaFields, i), "", depth: 0);
        for (var i = 0; i < table.Count(SchemaNotes, sizeof(int)); i++)
            schema.Notes.Add((table.Element(SchemaNotes, i).Text(0), table.Element(SchemaNotes, i).Text(1)));
        return schema;
    }

    private void AddField(FlatTable field, string prefix, int depth)
    {
        if (depth > DepthMax || Columns.Count > ColumnsMax)
            throw new InvalidDataException("the schema is too large");
        var name = field.Text(FieldName);
        // The only child of a list is called `item`, which says nothing.
        var path = prefix.Length == 0 ? name : name is "item" or "element" or "entries" ? prefix : $"{prefix}.{name}";
        var children = field.Count(FieldChildren, sizeof(int));
        if (children == 0)
            Columns.Add(new ArrowColumn(path, field.Has(FieldDictionary) ? field.Table(FieldDictionary).Int64(0) : null));
        for (var i = 0; i < children; i++)
            AddField(field.Element(FieldChildren, i), path, depth + 1);
    }
}
