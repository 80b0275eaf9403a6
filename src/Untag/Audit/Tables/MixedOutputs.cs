using System.Globalization;
using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>Refuses outputs of numbers in which something stands that is none. Taken for classes they would lose their order and their digits,
/// in which a group can be hidden; taken for scores they would lose rows.</summary>
internal static class MixedOutputs
{
    // Classes are numbered at times, with a word for the rest: `1`, `2`, `unknown`.
    private const int NumberedClassesMax = 20;

    /// <exception cref="AuditInputException">An output is mixed.</exception>
    public static void Refuse(AuditSums sums)
    {
        foreach (var output in sums.Outputs.Where(output => output.Scores is null))
        {
            var numbers = output.Values.Count(value => Parsed(value) is { } number && double.IsFinite(number));
            var odd = output.Values.FirstOrDefault(value => Parsed(value) is { } number && !double.IsFinite(number))
                ?? (numbers > NumberedClassesMax ? output.Values.First(value => Parsed(value) is null) : null);
            if (numbers == 0 || odd is null)
                continue;
            throw new AuditInputException(
                $"column `{output.Name}` holds numbers and {(odd.Length == 0 ? "empty cells" : $"`{odd}`")}, which is no finite number",
                $"where rows without a number have failed, leave their cell empty and say so: --fta '{output.Name} == \"\"'");
        }
    }

    private static double? Parsed(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
