using Untag.Audit;
using Untag.Audit.Embeddings;
using Untag.Policy;

namespace Untag.Erase;

/// <summary>What becomes of an erased embedding before it is compared, stored or sent. What is certified is what is finally consumed:
/// bringing rows to length 1 can bring a tag back that no straight line saw.</summary>
public sealed record ConsumedForm
{
    private static readonly string[] Names = ["unit-norm", "float16", "int8"];

    private readonly bool isUnit;
    private readonly string? stored;

    private ConsumedForm(bool isUnit, string? stored) => (this.isUnit, this.stored) = (isUnit, stored);

    /// <summary>Embeddings as they come out of the map.</summary>
    public static ConsumedForm Plain { get; } = new(false, null);

    /// <summary>The steps by name, in order; empty for none.</summary>
    public IReadOnlyList<string> Steps => [.. new[] { isUnit ? "unit-norm" : null, stored }.OfType<string>()];

    /// <summary>Reads the steps that were asked for.</summary>
    /// <exception cref="AuditInputException">There is no such step, or they do not go together.</exception>
    public static ConsumedForm Of(IEnumerable<string> steps)
    {
        var form = Plain;
        foreach (var step in steps)
        {
            if (!Names.Contains(step))
                throw new AuditInputException($"there is no step `{step}` behind a map", Spelling.Hint(step, Names));
            if (form.stored is not null || (step == "unit-norm" && form.isUnit))
                throw new AuditInputException($"`{step}` cannot come behind `{form.Steps[^1]}`", "write --then unit-norm, then one of float16 and int8");
            form = step == "unit-norm" ? new ConsumedForm(true, null) : new ConsumedForm(form.isUnit, step);
        }

        return form is { stored: "int8", isUnit: false }
            ? throw new AuditInputException("int8 holds numbers from −1 to 1", "write --then unit-norm --then int8")
            : form;
    }

    /// <summary>Changes the present row of an array to what is left of it, in place.</summary>
    /// <exception cref="AuditInputException">The row has no length.</exception>
    internal void Apply(NpyRows rows)
    {
        Span<double> x = rows.Numbers;
        if (isUnit)
        {
            var length = Math.Sqrt(SymmetricMatrix.Dot(x, x));
            if (length == 0)
                throw new AuditInputException($"row {rows.Read} has the length 0 and cannot be brought to 1", "leave the row out");
            for (var i = 0; i < x.Length; i++)
                x[i] /= length;
        }

        for (var i = 0; i < x.Length && stored is not null; i++)
            x[i] = stored == "int8" ? Math.Round(x[i] * 127) / 127 : (double)(Half)x[i];
    }

    /// <summary>The type of NumPy that holds it.</summary>
    /// <param name="read">The type that was read.</param>
    internal NpyType Type(NpyType read) => stored switch { "int8" => NpyType.Int8, "float16" => NpyType.Float16, _ => read };
}
