using Untag.Policy;

namespace Untag.Tests.Policy;

public sealed class KnownHeadsTests
{
    [Theory]
    [InlineData("fairface-7", 7, 2, 9)]
    [InlineData("fairface-7", 9, 512, 7, 2)]
    [InlineData("fairface-4", 4, 2, 9)]
    [InlineData("utkface-5", 1, 1, 5)]
    [InlineData("deepface-6", 101, 2, 6)]
    public void Outputs_in_any_order_and_beside_others_fit(string id, params int[] sizes) =>
        Assert.True(Known(id).Fit(sizes, [.. sizes.Select(_ => true)]));

    [Theory]
    [InlineData("fairface-7", 7, 2)]
    [InlineData("fairface-7", 4, 1, 10)]
    [InlineData("utkface-5", 5, 5)]
    [InlineData("deepface-6", 6, 101, 101)]
    public void A_part_without_an_output_of_its_own_does_not_fit(string id, params int[] sizes) =>
        Assert.False(Known(id).Fit(sizes, [.. sizes.Select(_ => true)]));

    [Fact]
    public void An_output_whose_name_says_something_else_is_not_the_traits() =>
        Assert.False(Known("fairface-7").Fit([7, 2, 9], [false, true, true]));

    private static KnownHeads Known(string id) => TagPolicy.Default.Heads.Single(heads => heads.Id == id);
}
