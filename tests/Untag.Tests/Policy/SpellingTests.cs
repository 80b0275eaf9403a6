using Untag.Policy;

namespace Untag.Tests.Policy;

public sealed class SpellingTests
{
    private static readonly string[] Known = ["format", "output", "policy", "config"];

    [Theory]
    [InlineData("formt", "format")]
    [InlineData("fromat", "format")]
    [InlineData("ouput", "output")]
    [InlineData("POLICY", "policy")]
    [InlineData("confg", "config")]
    public void A_word_with_a_slip_has_a_nearest_word(string word, string meant) =>
        Assert.Equal(meant, Spelling.Nearest(word, Known));

    [Theory]
    [InlineData("banana")]
    [InlineData("x")]
    public void A_word_that_resembles_none_has_no_nearest_word(string word) => Assert.Null(Spelling.Nearest(word, Known));

    [Fact]
    public void Where_none_is_near_the_hint_lists_what_can_be() =>
        Assert.Equal("it can be format, output, policy, config", Spelling.Hint("banana", Known));
}
