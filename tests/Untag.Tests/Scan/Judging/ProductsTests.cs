using Untag.Scan;

namespace Untag.Tests.Scan.Judging;

/// <summary>What one file of a product says about another.</summary>
public sealed class ProductsTests
{
    private static readonly (string, string) Training = ("train.py", "x = df['name_last']\ny = df['race'].tolist()\n");

    private static readonly (string, string) Prediction = (
        "predict.R", "predict_ethnicity <- function(surnames) {\n  labels <- c('asian', 'black', 'hispanic', 'white')\n}\n");

    [Fact]
    public void A_column_with_an_ambiguous_name_is_reported_where_the_product_tells_the_trait_from_names() =>
        Assert.Contains(
            Product.Scan(Training, Prediction).Findings,
            finding => finding.Path == Training.Item1 && finding.Level == Level.Warning);

    [Fact]
    public void The_same_column_is_silent_where_nothing_tells_the_trait() =>
        Assert.DoesNotContain(Product.Scan(Training).Findings, finding => finding.Path == Training.Item1);

    [Theory]
    [InlineData("README.md", "The call predict_muslim tells it.\n", true)]
    [InlineData("README.md", "We never predict whether somebody is Muslim, and no model of ours recognises it.\n", false)]
    public void A_document_that_names_a_call_for_one_group_offers_it(string path, string text, bool isFound) =>
        Assert.Equal(isFound, Product.Scan(Product.FaceService, (path, text)).Findings.Any(finding => finding.Level == Level.Warning));
}
