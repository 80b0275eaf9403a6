using System.Text;
using Untag.Audit;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Tables;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("alert = score >= 0.62", "alert", "score", Comparison.AtLeast, "0.62")]
    [InlineData("score == 1", "score == 1", "score", Comparison.Equal, "1")]
    [InlineData("kind != 'a b'", "kind != 'a b'", "kind", Comparison.NotEqual, "a b")]
    [InlineData("low=score<0", "low", "score", Comparison.Below, "0")]
    [InlineData("match", "match", "match", Comparison.Yes, "")]
    [InlineData("alert = match", "alert", "match", Comparison.Yes, "")]
    public void A_decision_is_a_name_a_column_and_a_comparison(
        string text, string name, string column, Comparison comparison, string value)
    {
        var condition = Condition.Parse(text);
        Assert.Equal((name, column, comparison, value), (condition.Name, condition.Column, condition.Comparison, condition.Value));
    }

    [Theory]
    [InlineData("score >=")]
    [InlineData(">= 1")]
    [InlineData("score >= high")]
    [InlineData("score ==")]
    [InlineData("score > ''")]
    [InlineData("")]
    public void What_is_none_is_refused_with_examples(string text) => Assert.Contains(
        "score >= 0.62", Assert.Throws<AuditInputException>(() => Condition.Parse(text)).Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("score == 1", "1.0", true)]
    [InlineData("score == 1", "0", false)]
    [InlineData("score >= 0.62", "0.62", true)]
    [InlineData("score > 0.62", "0.62", false)]
    [InlineData("kind == b", "b", true)]
    [InlineData("score == ''", "", true)]
    [InlineData("score != \"\"", "", false)]
    [InlineData("score == ''", "0.5", false)]
    [InlineData("match", "TRUE", true)]
    [InlineData("match", "0.0", false)]
    [InlineData("score >= 0.62", "NaN", null)]
    [InlineData("score >= 0.62", "inf", null)]
    [InlineData("score == 1", "one", null)]
    [InlineData("match", "2", null)]
    [InlineData("match", "", null)]
    public void A_cell_that_cannot_be_compared_is_neither_yes_nor_no(string decision, string cell, bool? holds) =>
        Assert.Equal(holds, Condition.Parse(decision).Holds(Encoding.UTF8.GetBytes(cell)));
}
