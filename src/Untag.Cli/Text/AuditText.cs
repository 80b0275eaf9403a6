using System.Globalization;
using Untag.Audit;
using Untag.Audit.Judging;

namespace Untag.Cli.Text;

/// <summary>An audit as text: the groups first, then what was measured, then the verdicts.</summary>
internal sealed class AuditText(Terminal terminal, TextWriter text)
{
    private const string Withheld = "withheld";

    /// <summary>Writes everything.</summary>
    public void Write(AuditReport report)
    {
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Rows} rows, {report.People} people"));
        if (report.PlanDigest is { } digest)
            text.WriteLine($"by the plan {digest}");
        if (report.Method.Strata.Count > 0)
            text.WriteLine($"judged within strata: {Terminal.Printable(string.Join(", ", report.Method.Strata))}");
        if (report.Method.Consumed.Count > 0)
            text.WriteLine($"the embedding is measured after {string.Join(", ", report.Method.Consumed)}");
        WriteGroups(report.Groups);
        if (report.Identify.Count > 0)
            WriteIdentify(report.Identify);
        foreach (var decision in report.Target.GroupBy(line => line.Decision))
            WriteTarget(decision.Key, [.. decision]);
        WriteClaims(report);
    }

    private void WriteGroups(IReadOnlyList<GroupLine> groups)
    {
        Heading("groups");
        foreach (var group in groups)
        {
            var people = group.People is { } number
                ? string.Create(CultureInfo.InvariantCulture, $"about {number} people")
                : "too few people: nothing is told of them";
            text.WriteLine($"  {Fit(group.Name, 28)} {people}");
        }
    }

    private void WriteIdentify(IReadOnlyList<IdentifyLine> lines)
    {
        Heading("does an output say what group a person is of?");
        foreach (var output in lines.GroupBy(line => line.Output))
        {
            text.WriteLine($"  {terminal.Bold(Terminal.Printable(output.Key))}{(output.First().Exploratory ? ", exploratory" : "")}");
            foreach (var line in output)
            {
                var corrected = line.Corrected is { } number ? $", {Number(number)} without chance" : "";
                var chance = line.P is { } p ? $", p {Number(p)}" : "";
                var name = line.Group is null ? line.Measure : $"{line.Measure} of {line.Group}";
                var word = line.IsCounted ? "" : Word(line.Verdict);
                if (line.NotMeasured is { } why)
                {
                    text.WriteLine($"    {Fit(name, 33)} not measured: {why}");
                    continue;
                }

                text.WriteLine($"    {Fit(name, 33)} {Value(line.Estimate, line.Low, line.High)}{corrected}{chance}{word}");
            }
        }
    }

    private void WriteTarget(string decision, List<TargetLine> lines)
    {
        Heading($"does `{Terminal.Printable(decision)}` single a group out?{(lines[0].Exploratory ? " (exploratory)" : "")}");
        var isWithin = lines.Exists(line => line.Measure.EndsWith("_gap_within", StringComparison.Ordinal));
        var (judged, where) = isWithin ? ("_gap_within", " within strata") : ("_gap", "");
        foreach (var rate in lines.Where(line => line.Reference is null && line.Group is not null).GroupBy(line => line.Measure))
        {
            text.WriteLine($"  {terminal.Bold(rate.Key)}");
            foreach (var line in rate)
            {
                var gap = lines.Find(other => other.Measure == rate.Key + judged && other.Group == line.Group && other.Reference == "rest");
                var against = gap is null ? "" : $"   against the rest{where} {Value(gap.Estimate, gap.Low, gap.High)}{Word(gap.Verdict)}";
                text.WriteLine($"    {Fit(line.Group!, 26)} {Value(line.Estimate, line.Low, line.High)}{against}");
            }

            WriteWidest([.. lines.Where(line => line.Measure == rate.Key + judged && line.Reference != "rest")]);
        }

        var figures = lines.Where(line => line.Group is null).ToList();
        if (figures.Count == 0)
            return;
        text.WriteLine($"  {terminal.Bold("all groups together")}");
        foreach (var line in figures)
        {
            var name = line.Reference is null ? line.Measure : $"{line.Measure} of {line.Reference}";
            text.WriteLine($"    {Fit(name, 26)} {Value(line.Estimate, line.Low, line.High)}{Word(line.Verdict)}");
        }
    }

    private void WriteWidest(List<TargetLine> pairs)
    {
        var widest = pairs.Where(pair => pair.Estimate is not null).OrderByDescending(pair => Math.Abs(pair.Estimate!.Value)).FirstOrDefault();
        if (widest is null)
            return;
        text.WriteLine($"    widest: {Terminal.Printable(widest.Group!)} less {Terminal.Printable(widest.Reference!)} "
            + $"{Value(widest.Estimate, widest.Low, widest.High)}{Word(widest.Verdict)}");
    }

    private void WriteClaims(AuditReport report)
    {
        Heading("claims");
        Claim(AuditClaims.NoTagLeaked, report.NoTagLeaked);
        Claim(AuditClaims.NoGroupTargeted, report.NoGroupTargeted);
        foreach (var line in report.Settles)
        {
            var whose = line.Group is null ? "the table" : Terminal.Printable(line.Group);
            text.WriteLine($"  {line.Claim}: {line.InWords(whose)}");
        }
    }

    private void Claim(string claim, Verdict? verdict) =>
        text.WriteLine($"  {Fit(verdict is { } known ? Verdicts.Name(known) : "not checked", 12)} {claim}");

    private void Heading(string words)
    {
        text.WriteLine();
        text.WriteLine(terminal.Bold(words));
    }

    private string Word(Verdict? verdict) => verdict switch
    {
        null => "",
        Verdict.Holds => "  " + terminal.Green("holds"),
        Verdict.Fails => "  " + terminal.Red("fails"),
        _ => "  " + terminal.Yellow("insufficient"),
    };

    private static string Value(double? estimate, double? low, double? high) => (estimate, low, high) switch
    {
        (null, _, _) => Withheld,
        ({ } value, { } from, { } to) => $"{Number(value)} [{Number(from)}, {Number(to)}]",
        ({ } value, _, _) => Number(value),
    };

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Fit(string name, int width) => Terminal.Printable(name).PadRight(width);
}
