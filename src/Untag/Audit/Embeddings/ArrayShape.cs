using System.Globalization;
using System.Text.RegularExpressions;
using Untag.Audit.Tables.Typed;

namespace Untag.Audit.Embeddings;

/// <summary>What the head of an array says of it.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Dimensions">Coordinates of a row.</param>
/// <param name="Width">Bytes of a number: 2, 4 or 8.</param>
/// <param name="IsBigEndian">True when the most significant byte stands first.</param>
/// <param name="IsByColumn">True when it is written column by column.</param>
internal sealed partial record ArrayShape(long Rows, int Dimensions, int Width, bool IsBigEndian, bool IsByColumn)
{
    /// <summary>Reads a head; null when it is of no array of rows of numbers.</summary>
    public static ArrayShape? Of(string head)
    {
        var (type, shape) = (Type().Match(head), Shape().Match(head));
        return type.Success && shape.Success
            && long.TryParse(shape.Groups[1].Value, CultureInfo.InvariantCulture, out var rows)
            && int.TryParse(shape.Groups[2].Value, CultureInfo.InvariantCulture, out var dimensions)
            && dimensions is >= 1 and <= Vectors.DimensionsMax
            ? new ArrayShape(rows, dimensions, type.Groups[2].Value[1] - '0', type.Groups[1].Value == ">", FortranOrder().IsMatch(head))
            : null;
    }

    [GeneratedRegex("'descr': *'([<>])(f[248])'")]
    private static partial Regex Type();

    [GeneratedRegex("'fortran_order': *True")]
    private static partial Regex FortranOrder();

    [GeneratedRegex(@"'shape': *\((\d+), *(\d+),? *\)")]
    private static partial Regex Shape();
}
