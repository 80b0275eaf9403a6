using Untag.Audit.Aggregates;
using Untag.Audit.Measures;

namespace Untag.Tests.Audit.Measures;

public sealed class ContingencyTableTests
{
    // The six groups of ProPublica's two-year file: rows selected (medium or high), and not.
    private static readonly ContingencyTable Compas = Table([2174, 1522], [8, 24], [854, 1600], [190, 447], [12, 6], [79, 298]);

    [Fact]
    public void The_association_of_the_published_table_is_known()
    {
        Assert.Equal(7214, Compas.Total);
        Assert.Equal(5, Compas.Freedom);
        Assert.Equal(539.557727, Compas.ChiSquared, 6);
        Assert.Equal(552.02022, Compas.G, 5);
    }

    [Fact]
    public void One_group_or_one_value_leaves_nothing_to_tell()
    {
        foreach (var table in new[] { Table([5, 6]), Table([5, 0], [6, 0]), Table() })
            Assert.Equal((0, 1.0), (table.Freedom, table.DesignEffect));
    }

    [Fact]
    public void Groups_and_values_are_found_by_the_numbers_that_they_were_given_under()
    {
        var table = Table([0, 0, 0], [30, 0, 10], [10, 0, 50]);
        Assert.Null(table.Concentration(0, 0)); // no row
        Assert.Null(table.Concentration(1, 1)); // nobody has it
        Assert.Equal((0.75, 10 / 60.0), (table.Concentration(1, 0)!.Value.First.Estimate, table.Concentration(1, 0)!.Value.Second.Estimate));
        Assert.Equal((0, 100), table.PeopleOf(1));
        Assert.Equal((60, 40), table.PeopleOf(2));
    }

    private static ContingencyTable Table(params int[][] counts) => new(
        counts.Select(row => (IReadOnlyList<CellSums>)[.. row.Select(count => CellSums.OfSingles(row.Sum(), count))]));
}
