using System.Text;
using Untag.Audit;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

public sealed class AuditPlanTests : IDisposable
{
    private static readonly AuditRequest Request = new()
    {
        Group = "group",
        SecondGroup = "sex",
        Cohorts = ["a & f", "a & m"],
        Person = "person",
        Strata = ["camera", "site"],
        Outputs = ["class"],
        Failures = [Condition.Parse("score == ''") with { Name = "fta" }],
        LabelNoise = new LabelNoise(["a & f=0.02", "a & m=0.03"]),
        Decisions = [Condition.Parse("alert = score >= 0.62"), Condition.Parse("kind != 'a b'"), Condition.Parse("match")],
        Truth = "truth",
        Tolerances = new Tolerances { LeakAuc = 0.7 },
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-plan-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_plan_is_read_as_it_was_written_and_known_by_its_bytes()
    {
        var (plan, again) = (Read(Written(Request)), Read(Written(Request)));
        Assert.Equal(plan.Mark.Digest, again.Mark.Digest);
        Assert.Equal(64, plan.Mark.Digest.Length);
        Assert.Equal(Written(Request), Written(plan.Request));
        Assert.NotEqual(plan.Mark.Digest, Read(Written(Request with { Truth = null })).Mark.Digest);
        var unit = Request with { Consumed = ConsumedForm.Of(["unit-norm", "int8"]) };
        Assert.Equal(["unit-norm", "int8"], Read(Written(unit)).Request.Consumed.Steps);
    }

    [Fact]
    public void What_the_plan_does_not_name_is_exploratory()
    {
        var plan = Read(Written(new AuditRequest { Group = "group", Outputs = ["class"] }));
        var table = new AuditedTable("group,class,other").Add(40, "a,x,y").Add(40, "b,y,x");
        var report = table.Audit(plan.Kept(new AuditRequest { Group = "group", Outputs = ["class", "other"] }));
        Assert.Equal(plan.Mark.Digest, report.PlanDigest);
        Assert.All(report.Identify, line => Assert.Equal(line.Output == "other", line.Exploratory));
        Assert.True(plan.Mark.IsExploratory("classes") && !plan.Mark.IsExploratory("class, decimal 7"));
    }

    [Fact]
    public void What_the_plan_fixes_cannot_be_asked_otherwise()
    {
        var plan = Read(Written(Request));
        string Refused(AuditRequest other) => Assert.Throws<AuditInputException>(() => plan.Kept(other)).Message;
        Assert.Equal("the plan has another `group`", Refused(Request with { Group = "race" }));
        Assert.Equal("the plan has another `rate_gap`", Refused(Request with { Tolerances = new Tolerances { LeakAuc = 0.7, RateGap = 0.5 } }));
        Assert.Equal("the plan has another `strata`", Refused(Request with { Strata = [] }));
        Assert.Equal("the plan has another `label_noise`", Refused(Request with { LabelNoise = null }));
        Assert.Equal("the plan measures `fta = score Equal`, and it is not asked for", Refused(Request with { Failures = [] }));
        Assert.Equal("the plan has another `consumed`", Refused(Request with { Consumed = ConsumedForm.Of(["unit-norm"]) }));
        Assert.Equal("the plan has another `cohorts`", Refused(Request with { Cohorts = [] }));
        Assert.Equal("the plan measures `class`, and it is not asked for", Refused(Request with { Outputs = [] }));
        Assert.Equal("the plan measures `alert = score AtLeast 0.62`, and it is not asked for", Refused(Request with
        {
            Decisions = [Condition.Parse("alert = score >= 0.5"), .. Request.Decisions.Skip(1)],
        }));
    }

    [Theory]
    [InlineData("untag/audit-plan/1", "untag/audit-plan/9", "is no plan")]
    [InlineData("\"truth\"", "\"truht\"", "is no plan, or was cut, at line")]
    [InlineData("\"leak_auc\": 0.7", "\"leak_auc\": 7", "the plan asks for what cannot be measured")]
    public void What_is_no_plan_is_refused(string written, string changed, string message)
    {
        var text = Written(Request);
        Assert.Contains(written, text, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<AuditInputException>(
            () => Read(text.Replace(written, changed, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_outside_the_declared_groups_is_told_with_the_nearest()
    {
        var table = new AuditedTable("group,class").Add(1, "north,x").Add(1, "nroth,x");
        var problem = Assert.Throws<AuditInputException>(
            () => table.Audit(new AuditRequest { Group = "group", Cohorts = ["north", "south"], Outputs = ["class"] }));
        Assert.Equal(("t.csv:3: `nroth` is none of the declared groups", "did you mean `north`?"), (problem.Message, problem.Hint));
    }

    private static string Written(AuditRequest request)
    {
        using var stream = new MemoryStream();
        AuditPlan.Write(request, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private AuditPlan Read(string text)
    {
        var path = Path.Join(folder.FullName, "plan.json");
        File.WriteAllText(path, text);
        return AuditPlan.Read(TableSource.At(path));
    }
}
