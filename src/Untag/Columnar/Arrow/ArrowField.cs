namespace Untag.Columnar.Arrow;

/// <summary>What a column of an Arrow file holds, with the numbers of the format.</summary>
internal enum ArrowKind
{
    Null = 1,
    Int = 2,
    Float = 3,
    Binary = 4,
    Text = 5,
    Bool = 6,
    Decimal = 7,
    Date = 8,
    Time = 9,
    Moment = 10,
    Interval = 11,
    List = 12,
    Struct = 13,
    Union = 14,
    FixedBytes = 15,
    FixedList = 16,
    Map = 17,
    Duration = 18,
    LargeBinary = 19,
    LargeText = 20,
    LargeList = 21,
    RunEnds = 22,
    BinaryView = 23,
    TextView = 24,
    ListView = 25,
    LargeListView = 26,
}

/// <summary>How the places in a dictionary are written.</summary>
/// <param name="Dictionary">Number of the dictionary.</param>
/// <param name="Type">The type of a place.</param>
internal readonly record struct ArrowIndex(long Dictionary, ColumnType Type);

/// <summary>A column of an Arrow file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds; of a dictionary, what that holds.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Size">Values in each row, of a list of fixed size.</param>
/// <param name="IsDense">True for a union that keeps the place of each value.</param>
/// <param name="Index">Where its values stand in a dictionary; null when it has none.</param>
/// <param name="Children">The columns in it.</param>
internal sealed record ArrowField(
    string Name, ArrowKind Kind, ColumnType Type, int Size, bool IsDense, ArrowIndex? Index, IReadOnlyList<ArrowField> Children)
{
    private const int DepthMax = 32;

    // The numbers of the fields in the format's own schema.
    private const int FieldName = 0;
    private const int FieldKind = 2;
    private const int FieldType = 3;
    private const int FieldDictionary = 4;
    private const int FieldChildren = 5;

    /// <summary>Reads a column.</summary>
    /// <param name="field">It.</param>
    /// <param name="left">How many more there may be.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static ArrowField Read(FlatTable field, ref int left) => Read(field, ref left, depth: 0);

    private static ArrowField Read(FlatTable field, ref int left, int depth)
    {
        if (depth > DepthMax || --left < 0)
            throw new InvalidDataException("the schema is too large");
        var children = new List<ArrowField>();
        for (var i = 0; i < field.Count(FieldChildren, sizeof(int)); i++)
            children.Add(Read(field.Element(FieldChildren, i), ref left, depth + 1));
        var kind = (ArrowKind)field.Byte(FieldKind);
        ArrowIndex? index = null;
        if (field.Has(FieldDictionary))
        {
            var encoding = field.Table(FieldDictionary);
            var places = encoding.Has(1) ? IntOf(encoding.Table(1)) : new ColumnType(ValueKind.Integer, sizeof(int));
            if (places.Kind == ValueKind.Other)
                throw new InvalidDataException("the places in a dictionary are no numbers");
            index = new ArrowIndex(encoding.Int64(0), places);
        }

        var (type, size, isDense) = field.Has(FieldType) ? TypeOf(kind, field.Table(FieldType)) : (new ColumnType(ValueKind.Other), 0, false);
        return new ArrowField(field.Text(FieldName), kind, type, size, isDense, index, children);
    }

    private static (ColumnType Type, int Size, bool IsDense) TypeOf(ArrowKind kind, FlatTable type) => kind switch
    {
        ArrowKind.Int => (IntOf(type), 0, false),
        ArrowKind.Float => (type.Int16(0) switch
        {
            0 => new ColumnType(ValueKind.Float, 2),
            1 => new ColumnType(ValueKind.Float, sizeof(float)),
            _ => new ColumnType(ValueKind.Float, sizeof(double)),
        }, 0, false),
        ArrowKind.Bool => (new ColumnType(ValueKind.YesNo), 0, false),
        ArrowKind.Decimal => (DecimalOf(type.Int32(2, 128), type.Int32(1)), 0, false),
        ArrowKind.Date => (new ColumnType(ValueKind.Date, type.Int16(0, 1) == 0 ? sizeof(int) : sizeof(long)), 0, false),
        ArrowKind.Moment => (new ColumnType(ValueKind.Moment, sizeof(long), 3 * Math.Clamp(type.Int16(0), 0, 3)), 0, false),
        ArrowKind.Binary or ArrowKind.Text or ArrowKind.LargeBinary or ArrowKind.LargeText or ArrowKind.BinaryView or ArrowKind.TextView
            or ArrowKind.Null => (new ColumnType(ValueKind.Text), 0, false),
        ArrowKind.FixedBytes => (new ColumnType(type.Int32(0) > 0 ? ValueKind.Text : ValueKind.Other, Math.Max(0, type.Int32(0))), 0, false),
        ArrowKind.List or ArrowKind.LargeList => (new ColumnType(ValueKind.List), 0, false),
        ArrowKind.FixedList => (new ColumnType(ValueKind.List), Math.Max(0, type.Int32(0)), false),
        ArrowKind.Union => (new ColumnType(ValueKind.Nested), 0, type.Int16(0) == 1),
        ArrowKind.Struct or ArrowKind.Map or ArrowKind.ListView or ArrowKind.LargeListView or ArrowKind.RunEnds =>
            (new ColumnType(ValueKind.Nested), 0, false),
        _ => (new ColumnType(ValueKind.Other), 0, false),
    };

    private static ColumnType IntOf(FlatTable type) => type.Int32(0) is 8 or 16 or 32 or 64
        ? new ColumnType(type.Byte(1) != 0 ? ValueKind.Integer : ValueKind.Unsigned, type.Int32(0) / 8)
        : new ColumnType(ValueKind.Other);

    private static ColumnType DecimalOf(int bits, int scale) => bits is 32 or 64 or 128 or 256 && scale is >= 0 and <= 100
        ? new ColumnType(ValueKind.Decimal, bits / 8, scale)
        : new ColumnType(ValueKind.Other);
}
