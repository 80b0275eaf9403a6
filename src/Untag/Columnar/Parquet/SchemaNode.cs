namespace Untag.Columnar.Parquet;

/// <summary>A node of the schema.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Children">How many nodes stand in it; 0 for a column.</param>
/// <param name="Written">How a value is written.</param>
/// <param name="Bytes">Bytes of a value of fixed length.</param>
/// <param name="Repetition">0 for exactly one value in a row, 1 for at most one, 2 for a list.</param>
/// <param name="Meaning">What the values mean.</param>
internal readonly record struct SchemaNode(
    string Name, int Children, ParquetType Written, int Bytes, long Repetition, SchemaMeaning Meaning)
{
    public bool MayBeEmpty => Repetition is 1 or 2;

    public bool IsRepeated => Repetition == 2;

    /// <summary>What the values are.</summary>
    public ColumnType Type => (Written, Meaning.Kind) switch
    {
        (ParquetType.Boolean, _) => new ColumnType(ValueKind.YesNo),
        (_, ValueKind.Other) => new ColumnType(ValueKind.Other),
        (ParquetType.Int32 or ParquetType.Int64, null) => new ColumnType(ValueKind.Integer, Width),
        (ParquetType.Int32 or ParquetType.Int64, { } kind) => new ColumnType(kind, Width, Meaning.Scale),
        (ParquetType.Float or ParquetType.Double, _) => new ColumnType(ValueKind.Float, Width),
        (ParquetType.ByteArray, ValueKind.Decimal) => new ColumnType(ValueKind.Decimal, 0, Meaning.Scale),
        (ParquetType.ByteArray, _) => new ColumnType(ValueKind.Text),
        (ParquetType.FixedBytes, ValueKind.Decimal) => new ColumnType(ValueKind.Decimal, Bytes, Meaning.Scale),
        (ParquetType.FixedBytes, ValueKind.Uuid) when Bytes == 16 => new ColumnType(ValueKind.Uuid, Bytes),
        (ParquetType.FixedBytes, ValueKind.Float) when Bytes == 2 => new ColumnType(ValueKind.Float, Bytes),
        (ParquetType.FixedBytes, _) => new ColumnType(ValueKind.Text, Bytes),
        _ => new ColumnType(ValueKind.Other),
    };

    private int Width => Written is ParquetType.Int32 or ParquetType.Float ? sizeof(int) : sizeof(long);

    /// <summary>Reads a node.</summary>
    public static SchemaNode Read(ref ThriftReader reader)
    {
        var node = new SchemaNode("", 0, ParquetType.Unknown, 0, 0, default);
        SchemaMeaning? older = null, newer = null;
        long scale = 0;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1 when type == ThriftType.Int32:
                    node = node with { Written = (ParquetType)Math.Clamp(reader.ReadInteger(), -1, 255) };
                    break;
                case 2 when type == ThriftType.Int32:
                    node = node with { Bytes = (int)Math.Clamp(reader.ReadInteger(), 0, int.MaxValue) };
                    break;
                case 3 when type == ThriftType.Int32:
                    node = node with { Repetition = reader.ReadInteger() };
                    break;
                case 4 when type == ThriftType.Binary:
                    node = node with { Name = reader.ReadText() };
                    break;
                case 5 when type == ThriftType.Int32:
                    node = node with { Children = (int)Math.Clamp(reader.ReadInteger(), 0, int.MaxValue) };
                    break;
                case 6 when type == ThriftType.Int32:
                    older = SchemaMeaning.OfConverted(reader.ReadInteger());
                    break;
                case 7 when type == ThriftType.Int32:
                    scale = reader.ReadInteger();
                    break;
                case 10 when type == ThriftType.Struct:
                    newer = SchemaMeaning.ReadLogical(ref reader);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        var meaning = newer ?? older ?? default;
        return node with { Meaning = meaning.Kind == ValueKind.Decimal ? SchemaMeaning.OfDecimal(scale) : meaning };
    }
}

/// <summary>What values mean beyond how they are written.</summary>
/// <param name="Kind">Null when it says no more.</param>
/// <param name="Scale">Decimal places: of a decimal, or of the seconds of a moment.</param>
internal readonly record struct SchemaMeaning(ValueKind? Kind, int Scale = 0)
{
    private const int ScaleMax = 100;

    /// <summary>A decimal. One of more places than any number has is no decimal that is read.</summary>
    public static SchemaMeaning OfDecimal(long scale) =>
        scale is >= 0 and <= ScaleMax ? new SchemaMeaning(ValueKind.Decimal, (int)scale) : new SchemaMeaning(ValueKind.Other);

    /// <summary>By the older list of the format.</summary>
    public static SchemaMeaning OfConverted(long number) => number switch
    {
        5 => new SchemaMeaning(ValueKind.Decimal),
        6 => new SchemaMeaning(ValueKind.Date),
        9 => new SchemaMeaning(ValueKind.Moment, 3),
        10 => new SchemaMeaning(ValueKind.Moment, 6),
        >= 11 and <= 14 => new SchemaMeaning(ValueKind.Unsigned),
        7 or 8 or 21 => new SchemaMeaning(ValueKind.Other), // times of day, and spans of time
        _ => default,
    };

    /// <summary>By the newer one, a choice of structures.</summary>
    public static SchemaMeaning ReadLogical(ref ThriftReader reader)
    {
        SchemaMeaning meaning = default;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            meaning = id switch
            {
                5 => new SchemaMeaning(ValueKind.Decimal),
                6 => new SchemaMeaning(ValueKind.Date),
                7 => new SchemaMeaning(ValueKind.Other),
                14 => new SchemaMeaning(ValueKind.Uuid),
                15 => new SchemaMeaning(ValueKind.Float),
                _ => meaning,
            };
            if (id == 8 && type == ThriftType.Struct)
                meaning = ReadMoment(ref reader);
            else if (id == 10 && type == ThriftType.Struct)
                meaning = ReadInteger(ref reader);
            else
                reader.Skip(type);
        }

        return meaning;
    }

    // The unit is a choice of empty structures: thousandths, millionths, billionths of a second.
    private static SchemaMeaning ReadMoment(ref ThriftReader reader)
    {
        var unit = 0;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id != 2 || type != ThriftType.Struct)
            {
                reader.Skip(type);
                continue;
            }

            for (var choice = 0; reader.NextField(ref choice, out var empty); reader.Skip(empty))
                unit = choice;
        }

        return unit is >= 1 and <= 3 ? new SchemaMeaning(ValueKind.Moment, 3 * unit) : new SchemaMeaning(ValueKind.Other);
    }

    // A truth value is its own type in a structure.
    private static SchemaMeaning ReadInteger(ref ThriftReader reader)
    {
        var isUnsigned = false;
        for (var id = 0; reader.NextField(ref id, out var type); reader.Skip(type))
            isUnsigned |= id == 2 && type == ThriftType.False;
        return new SchemaMeaning(isUnsigned ? ValueKind.Unsigned : ValueKind.Integer);
    }
}
