using Untag.Audit.Embeddings;
using Untag.Policy;

namespace Untag.Audit;

/// <summary>What becomes of an embedding before it is compared, stored or sent. What is measured is what is finally consumed: bringing rows
/// to length 1 can bring a tag back that no straight line saw.</summary>
public sealed record ConsumedForm
{
    private static readonly string[] Names = ["unit-norm", "float16", "int8"];

    private readonly bool isUnit;

    private ConsumedForm(bool isUnit, string? stored) => (this.isUnit, Stored) = (isUnit, stored);

    /// <summary>Embeddings as they are.</summary>
    public static ConsumedForm Plain { get; } = new(false, null);

    /// <summary>The steps by name, in order; empty for none.</summary>
    public IReadOnlyList<string> Steps => [.. new[] { isUnit ? "unit-norm" : null, Stored }.OfType<string>()];

    /// <summary>The step that says what a coordinate is stored as; null where that does not change.</summary>
    internal string? Stored { get; }

    /// <summary>Reads the steps that were asked for.</summary>
    /// <exception cref="AuditInputException">There is no such step, or they do not go together.</exception>
    public static ConsumedForm Of(IEnumerable<string> steps)
    {
        var form = Plain;
        foreach (var step in steps)
        {
            if (!Names.Contains(step))
                throw new AuditInputException($"there is no step `{step}` for an embedding", Spelling.Hint(step, Names));
            if (form.Stored is not null || (step == "unit-norm" && form.isUnit))
                throw new AuditInputException($"`{step}` cannot come behind `{form.Steps[^1]}`", "write --then unit-norm, then one of float16 and int8");
            form = step == "unit-norm" ? new ConsumedForm(true, null) : new ConsumedForm(form.isUnit, step);
        }

        return form is { Stored: "int8", isUnit: false }
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

        for (var i = 0; i < x.Length && Stored is not null; i++)
            x[i] = Stored == "int8" ? Math.Round(x[i] * 127) / 127 : (double)(Half)x[i];
    }
}
