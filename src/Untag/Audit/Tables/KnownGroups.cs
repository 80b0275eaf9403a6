using System.Text;

namespace Untag.Audit.Tables;

/// <summary>The groups of the rows of a table that was read before, by the numbers that they were given.</summary>
/// <param name="numbers">The number of each group, by its name.</param>
/// <param name="first">The column of groups.</param>
/// <param name="second">The second one; null for none.</param>
internal sealed class KnownGroups(IReadOnlyDictionary<string, int> numbers, CodedColumn first, CodedColumn? second)
{
    private readonly PerWord<int> known = new(word => numbers.GetValueOrDefault(Encoding.UTF8.GetString(word), -1));

    /// <summary>The group of a row of the present block; −1 for one without a number.</summary>
    public int Of(int row) => second is null
        ? known.Of(first)[first.Codes[row]]
        : numbers.GetValueOrDefault($"{Encoding.UTF8.GetString(first[row])} & {Encoding.UTF8.GetString(second[row])}", -1);
}
