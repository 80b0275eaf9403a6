using CsCheck;
using Untag.Audit.Aggregates;
using Untag.Audit.Measures;

namespace Untag.Tests.Audit.Measures;

public sealed class RateTests
{
    [Fact]
    public void When_each_person_has_one_row_the_rows_count_in_full() =>
        Assert.Equal(263, Rate.Of(CellSums.OfSingles(263, 81))!.Value.EffectiveTrials);

    [Fact]
    public void Rows_of_a_person_that_are_all_alike_count_once()
    {
        var sums = Sum(Enumerable.Range(0, 100).Select(i => CellSums.OfPerson(7, i < 30 ? 7 : 0)));
        var rate = Rate.Of(sums)!.Value;
        Assert.Equal(0.3, rate.Estimate, 15);
        Assert.Equal(100, rate.EffectiveTrials, 9);
    }

    [Fact]
    public void Without_a_hit_each_person_counts_once() =>
        Assert.Equal(50, Rate.Of(Sum(Enumerable.Repeat(CellSums.OfPerson(4, 0), 50)))!.Value.EffectiveTrials);

    [Fact]
    public void Without_a_trial_there_is_no_rate() => Assert.Null(Rate.Of(default));

    // The definition, one person after the other: Var = Σ(h − θt)² / (Σt)².
    [Fact]
    public void Effective_trials_are_those_of_the_variance_of_people() =>
        People.Sample(people =>
        {
            var sums = Sum(people.Select(person => CellSums.OfPerson(person.Trials, person.Hits)));
            var rate = Rate.Of(sums)!.Value;
            if (rate.Estimate is 0 or 1)
                return;
            var variance = people.Sum(person => Math.Pow(person.Hits - (rate.Estimate * person.Trials), 2)) / Math.Pow(sums.Trials, 2);
            var expected = variance == 0 ? sums.Trials : Math.Min(sums.Trials, rate.Estimate * (1 - rate.Estimate) / variance);
            Assert.Equal(1, rate.EffectiveTrials / expected, 9);
        });

    [Fact]
    public void Sums_of_parts_are_the_sums_of_the_whole_in_any_order() =>
        People.Sample(people =>
        {
            var parts = people.Select(person => CellSums.OfPerson(person.Trials, person.Hits)).ToList();
            var cut = parts.Count / 3;
            Assert.Equal(Sum(parts), Sum(parts.Skip(cut).Reverse()) + Sum(parts.Take(cut)));
        });

    private static readonly Gen<(int Trials, int Hits)[]> People =
        Gen.Int[1, 9].SelectMany(trials => Gen.Int[0, trials].Select(hits => (trials, hits))).Array[2, 60];

    private static CellSums Sum(IEnumerable<CellSums> parts) => parts.Aggregate(default(CellSums), (a, b) => a + b);
}
