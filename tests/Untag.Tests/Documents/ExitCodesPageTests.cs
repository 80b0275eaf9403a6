using System.Globalization;
using System.Text;
using Untag.Evidence;
using Untag.Tests.Architecture;

namespace Untag.Tests.Documents;

public sealed class ExitCodesPageTests
{
    [Fact]
    public void The_page_of_the_exit_codes_is_what_the_source_says()
    {
        var expected = Page();
        var page = Repository.File("docs", "exit-codes.md");
        if (File.Exists(page) && File.ReadAllText(page) == expected)
            return;
        var written = Path.Join(Path.GetTempPath(), "untag-exit-codes.md");
        File.WriteAllText(written, expected);
        Assert.Fail($"docs/exit-codes.md is not what the source says; what it should be is in {written}");
    }

    [Fact]
    public void Every_failure_has_a_code_from_10_on_and_a_sentence_of_its_own()
    {
        Assert.All(VerifyFailures.All, failure => Assert.InRange(failure.Code, 10, 125));
        Assert.Equal(VerifyFailures.All.Count, VerifyFailures.All.Select(failure => failure.Says).Distinct().Count());
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Exit codes

            Made from `src/Untag/Evidence/VerifyFailure.cs`; a test compares.

            | code | means |
            |---|---|
            | 0 | everything asked for was done, and nothing speaks against the product |
            | 1 | there are findings, or a claim fails or is insufficient; of `untag verify`: the bundle is whole, and says so; of `untag guard health`: the guard is not ready |
            | 2 | it could not be done, or only a part |
            | 130 | stopped by Ctrl-C |

            `untag verify` does not accept a bundle, or `untag log verify` a log:

            | code | because |
            |---|---|

            """);
        foreach (var (_, code, says) in VerifyFailures.All)
            page.Append(CultureInfo.InvariantCulture, $"| {code} | {says} |\n");
        return page.ToString();
    }
}
