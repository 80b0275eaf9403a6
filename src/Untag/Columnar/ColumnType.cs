namespace Untag.Columnar;

/// <summary>What the values of a column are, whatever format holds them.</summary>
internal enum ValueKind
{
    /// <summary>None that Untag reads, such as a time of day.</summary>
    Other,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>A whole number with a sign.</summary>
    Integer,

    /// <summary>A whole number without one.</summary>
    Unsigned,

    /// <summary>A number of IEEE 754, of 2, 4 or 8 bytes.</summary>
    Float,

    /// <summary>A whole number that counts decimal places.</summary>
    Decimal,

    /// <summary>Days since 1970.</summary>
    Date,

    /// <summary>A moment, since 1970.</summary>
    Moment,

    /// <summary>Bytes of any length: a text.</summary>
    Text,

    /// <summary>Sixteen bytes.</summary>
    Uuid,

    /// <summary>A list of values in each row.</summary>
    List,

    /// <summary>Columns in a column.</summary>
    Nested,
}

/// <summary>The type of a column.</summary>
/// <param name="Kind">What its values are.</param>
/// <param name="Bytes">Bytes of a value; 0 where each has its own length.</param>
/// <param name="Scale">Decimal places: of a decimal, or of the seconds of a moment.</param>
internal readonly record struct ColumnType(ValueKind Kind, int Bytes = 0, int Scale = 0)
{
    /// <summary>What a message calls it. Two tables that are one hold the same.</summary>
    public string InWords => Kind switch
    {
        ValueKind.YesNo => "yes or no",
        ValueKind.Integer or ValueKind.Unsigned or ValueKind.Float or ValueKind.Decimal => "numbers",
        ValueKind.Date or ValueKind.Moment => "dates",
        ValueKind.Text or ValueKind.Uuid => "texts",
        ValueKind.List => "lists",
        ValueKind.Nested => "columns of its own",
        _ => "values of another kind",
    };
}
