namespace Untag.Columnar.Arrow;

/// <summary>What the schema of an Arrow file says: columns, and what the writer noted.</summary>
internal sealed class ArrowSchema
{
    private const int FieldsMax = 100_000;

    // The numbers of the fields in the format's own schema.
    private const int SchemaEndianness = 0;
    private const int SchemaFields = 1;
    private const int SchemaNotes = 2;

    private ArrowSchema()
    {
    }

    /// <summary>The outermost columns.</summary>
    public List<ArrowField> Fields { get; } = [];

    /// <summary>What the writer noted about the file: key and text.</summary>
    public List<(string Key, string Text)> Notes { get; } = [];

    /// <summary>True when the most significant byte of a number stands first.</summary>
    public bool IsBigEndian { get; private init; }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static ArrowSchema Read(FlatTable table)
    {
        var schema = new ArrowSchema { IsBigEndian = table.Int16(SchemaEndianness) != 0 };
        var left = FieldsMax;
        for (var i = 0; i < table.Count(SchemaFields, sizeof(int)); i++)
            schema.Fields.Add(ArrowField.Read(table.Element(SchemaFields, i), ref left));
        for (var i = 0; i < table.Count(SchemaNotes, sizeof(int)); i++)
            schema.Notes.Add((table.Element(SchemaNotes, i).Text(0), table.Element(SchemaNotes, i).Text(1)));
        return schema;
    }
}
