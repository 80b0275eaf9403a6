using System.Globalization;
using System.Text;

namespace Untag.Audit.Tables;

/// <summary>How a cell is compared.</summary>
public enum Comparison
{
    /// <summary>Equal: as numbers when the value is one, otherwise as text.</summary>
    Equal,

    /// <summary>Not equal.</summary>
    NotEqual,

    /// <summary>Above.</summary>
    Above,

    /// <summary>Above or equal.</summary>
    AtLeast,

    /// <summary>Below.</summary>
    Below,

    /// <summary>Below or equal.</summary>
    AtMost,

    /// <summary>The cell says yes: <c>1</c>, <c>true</c> or <c>yes</c>.</summary>
    Yes,
}

/// <summary>A decision: a name, and the condition on a column under which a row is selected.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Column">The column.</param>
/// <param name="Comparison">How its cell is compared.</param>
/// <param name="Value">What it is compared with; empty for <see cref="Comparison.Yes"/>.</param>
public sealed record Condition(string Name, string Column, Comparison Comparison, string Value)
{
    private static readonly (string Sign, Comparison Comparison)[] Signs =
    [
        ("==", Comparison.Equal), ("!=", Comparison.NotEqual), (">=", Comparison.AtLeast), ("<=", Comparison.AtMost),
        (">", Comparison.Above), ("<", Comparison.Below),
    ];

    /// <summary>Reads <c>alert = score >= 0.62</c>, <c>score == 1</c>, <c>score == ""</c> for an empty cell, or the name of a column that holds yes and no.</summary>
    /// <exception cref="AuditInputException">It is none of these.</exception>
    public static Condition Parse(string text)
    {
        var found = Signs.Select(sign => (At: text.IndexOf(sign.Sign, StringComparison.Ordinal), sign.Sign, sign.Comparison))
            .Where(sign => sign.At >= 0).OrderBy(sign => sign.At).ThenByDescending(sign => sign.Sign.Length).ToList();
        if (found.Count == 0)
        {
            var (own, column) = NameAndColumn(text);
            return new Condition(own ?? column, Named(column, text), Comparison.Yes, "");
        }

        var first = found[0];
        var (name, left) = NameAndColumn(text[..first.At]);
        var value = text[(first.At + first.Sign.Length)..].Trim();
        var isQuoted = value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0];
        if (isQuoted)
            value = value[1..^1];
        var condition = new Condition(name ?? text.Trim(), Named(left, text), first.Comparison, value);
        var isOrder = first.Comparison is not (Comparison.Equal or Comparison.NotEqual);
        if ((value.Length == 0 && (isOrder || !isQuoted)) || (isOrder && condition.Number is null))
            throw Wrong(text, value.Length == 0 ? "compares with nothing" : $"compares with `{value}`, which is no number");
        return condition;
    }

    /// <summary>The value as a number; null when it is none.</summary>
    public double? Number { get; } = double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    /// <summary>True when it compares a number with a threshold.</summary>
    public bool HasThreshold => Number is not null && Comparison is not (Comparison.Equal or Comparison.NotEqual or Comparison.Yes);

    /// <summary>True when what lies above the threshold is selected.</summary>
    public bool SelectsAbove => Comparison is Comparison.Above or Comparison.AtLeast;

    private byte[] Bytes { get; } = Encoding.UTF8.GetBytes(Value);

    /// <summary>Whether a cell meets the condition; null when it cannot be told.</summary>
    internal bool? Holds(ReadOnlySpan<byte> cell)
    {
        if (Comparison == Comparison.Yes)
            return Cells.YesOrNo(cell);
        if (Value.Length == 0)
            return cell.IsEmpty == (Comparison == Comparison.Equal);
        if (Number is null)
            return cell.IsEmpty ? null : cell.SequenceEqual(Bytes) == (Comparison == Comparison.Equal);
        return Cells.Number(cell) is { } found ? Holds(found) : null;
    }

    /// <summary>Whether a finite number meets a condition that compares with one.</summary>
    internal bool Holds(double cell) => Comparison switch
    {
        Comparison.Equal => cell == Number,
        Comparison.NotEqual => cell != Number,
        Comparison.Above => cell > Number,
        Comparison.AtLeast => cell >= Number,
        Comparison.Below => cell < Number,
        _ => cell <= Number,
    };

    /// <summary>What a cell of the column has to be.</summary>
    internal string Asks => Comparison == Comparison.Yes ? "yes or no: 1 or 0, true or false"
        : Number is null ? "a text" : "a finite number";

    private static (string? Name, string Column) NameAndColumn(string text)
    {
        var cut = text.IndexOf('=');
        return cut < 0 ? (null, text.Trim()) : (text[..cut].Trim(), text[(cut + 1)..].Trim());
    }

    private static string Named(string column, string text) =>
        column.Length > 0 ? column : throw Wrong(text, "names no column");

    private static AuditInputException Wrong(string text, string why) => new(
        $"the decision `{text}` {why}", "write it as `alert = score >= 0.62`, `score == 1` or `alert`");
}
