using Untag.Policy;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan.Judging;

public sealed class ApprovedCasesTests
{
    [Fact]
    public void Every_case_is_judged_as_it_was_approved()
    {
        var judged = JudgedCases.Text(JudgedCases.All(), TagPolicy.Default);
        var approved = Repository.File("tests", "Untag.Tests", "Scan", "Judging", "approved-cases.txt");
        if (File.Exists(approved) && File.ReadAllText(approved) == judged)
            return;
        var actual = Path.Join(Path.GetTempPath(), "untag-approved-cases.txt");
        File.WriteAllText(actual, judged);
        Assert.Fail($"the judgement has changed: compare {actual} with {approved}, and approve it by copying it there");
    }
}
