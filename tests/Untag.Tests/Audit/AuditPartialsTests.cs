using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Untag.Audit;
using Untag.Audit.Aggregates;
using Untag.Audit.Reports;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

public sealed class AuditPartialsTests : IDisposable
{
    private static readonly AuditRequest Request = new()
    {
        Group = "group",
        Person = "person",
        Outputs = ["class"],
        Decisions = [Condition.Parse("alert")],
        Truth = "truth",
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-partials-");

    public void Dispose() => folder.Delete(recursive: true);

    // The parts know different groups and values; people are in one part each.
    [Fact]
    public void Parts_in_any_order_give_the_report_of_the_whole_to_the_last_bit()
    {
        const int Parts = 5;
        var random = new SeededRandom(4);
        var whole = new AuditedTable("person,group,class,alert,truth");
        var parts = Enumerable.Range(0, Parts).Select(_ => new AuditedTable("person,group,class,alert,truth")).ToList();
        for (var i = 0; i < 2_000; i++)
        {
            var person = random.NextBelow(400);
            var part = person % Parts;
            var row = $"{person},g{(person / 7 % 3) + (part == 0 ? 1 : 0)},c{random.NextBelow(3) + part},{random.NextBelow(2)},{random.NextBelow(2)}";
            whole.Add(1, row);
            parts[part].Add(1, row);
        }

        var paths = parts.Select((part, i) => Written($"{i}.json", Partial(Request, part))).ToList();
        var expected = AuditedTable.Json(whole.Audit(Request));
        Gen.Shuffle(paths.ToArray()).Sample(
            order => Assert.Equal(expected, AuditedTable.Json(AuditPartials.Merge(order, TestContext.Current.CancellationToken))),
            iter: 20);
    }

    // No part has more than 1,000 values; together they are a score.
    [Fact]
    public void Numbers_that_are_few_in_each_part_and_many_in_all_are_a_score_in_any_order()
    {
        var request = new AuditRequest { Group = "group", Outputs = ["score"] };
        var whole = new AuditedTable("group,score");
        var parts = Enumerable.Range(0, 4).Select(_ => new AuditedTable("group,score")).ToList();
        for (var i = 0; i < 2_400; i++)
        {
            var row = $"g{i % 2},0.{i * 7919 % 10_000:0000}";
            whole.Add(1, row);
            parts[i / 600].Add(1, row);
        }

        var paths = parts.Select((part, i) => Written($"{i}.json", Partial(request, part))).ToArray();
        var expected = AuditedTable.Json(whole.Audit(request));
        Assert.Contains("\"auc\"", expected, StringComparison.Ordinal);
        foreach (var order in new[] { paths, [.. paths.Reverse()] })
            Assert.Equal(expected, AuditedTable.Json(Merge(order)));
    }

    // People are before several cameras; each part knows other cameras and other values.
    [Fact]
    public void Strata_and_failures_are_carried_in_any_order()
    {
        var request = Request with { Strata = ["camera"], Failures = [Condition.Parse("failed") with { Name = "fta" }], LabelNoise = new LabelNoise(["0.02"]) };
        var random = new SeededRandom(14);
        var parts = Enumerable.Range(0, 3).Select(_ => new AuditedTable("person,group,camera,class,alert,truth,failed")).ToList();
        var whole = new AuditedTable("person,group,camera,class,alert,truth,failed");
        for (var i = 0; i < 3_000; i++)
        {
            var person = random.NextBelow(600);
            var row = $"{person},g{person % 2},k{random.NextBelow(2) + (person % 3)},c{random.NextBelow(3) + (person % 3)},{random.NextBelow(2)},{random.NextBelow(2)},{(random.NextBelow(20) == 0 ? 1 : 0)}";
            parts[person % 3].Add(1, row);
            whole.Add(1, row);
        }

        var paths = parts.Select((part, i) => Written($"s{i}.json", Partial(request, part.FileSums(request)))).ToArray();
        var expected = AuditedTable.Json(Auditor.Judge(request, whole.FileSums(request), lots: null));
        Assert.Contains("fnr_gap_within_denoised", expected, StringComparison.Ordinal);
        Assert.Contains("\"fta_gap_within", expected, StringComparison.Ordinal);
        foreach (var order in new[] { paths, [.. paths.Reverse()] })
            Assert.Equal(expected, AuditedTable.Json(Merge(order)));
        var other = Written("other.json", Partial(request with { Strata = [] }, parts[0].FileSums(request with { Strata = [] })));
        Assert.Contains("another `strata`", Assert.Throws<AuditInputException>(() => Merge(paths[0], other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_is_small_in_each_part_and_large_in_all_is_told()
    {
        var part = new AuditedTable("person,group,class,alert,truth");
        for (var i = 0; i < 400; i++)
            part.Add(1, $"{i},{(i < 8 ? "rare" : "other")},c{i % 2},{i % 2},{i / 2 % 2}");
        var path = Written("part.json", Partial(Request, part));
        Assert.DoesNotContain(Merge(path).Groups, group => group.Name == "rare");
        Assert.Contains(Merge(path, path, path).Groups, group => group is { Name: "rare", People: 25 });
    }

    [Theory]
    [InlineData("outputs")]
    [InlineData("decisions")]
    [InlineData("rate_gap")]
    [InlineData("confidence")]
    [InlineData("people_min")]
    public void Parts_of_different_questions_are_not_merged(string difference)
    {
        var other = difference switch
        {
            "outputs" => Request with { Outputs = ["truth"] },
            "decisions" => Request with { Decisions = [Condition.Parse("alert == 0")] },
            "confidence" => Request with { Tolerances = new Tolerances { Confidence = 0.99 } },
            "people_min" => Request with { Tolerances = new Tolerances { PeopleMin = 100 } },
            _ => Request with { Tolerances = new Tolerances { RateGap = 0.1 } },
        };
        var (one, two) = (Written("1.json", Partial(Request, Small())), Written("2.json", Partial(other, Small())));
        var problem = Assert.Throws<AuditInputException>(() => Merge(one, two));
        Assert.Equal($"`{two}` was made with another `{difference}` than `{one}`", problem.Message);
    }

    // Once they were judged with the standard ones.
    [Fact]
    public void Parts_are_judged_with_the_confidence_and_the_people_of_the_plan()
    {
        var request = Request with { Tolerances = new Tolerances { Confidence = 0.99, PeopleMin = 20 } };
        Assert.Equal(AuditedTable.Json(Small().Audit(request)), AuditedTable.Json(Merge(Written("planned.json", Partial(request, Small())))));
    }

    [Fact]
    public void A_part_that_was_written_before_they_were_told_is_judged_with_the_standard_ones()
    {
        var document = JsonNode.Parse(Partial(Request, Small()))!;
        Assert.True(document["asks"]!.AsObject().Remove("confidence") && document["asks"]!.AsObject().Remove("people_min"));
        Assert.Equal(AuditedTable.Json(Small().Audit(Request)), AuditedTable.Json(Merge(Written("older.json", document.ToJsonString()))));
    }

    [Fact]
    public void Any_prefix_of_a_file_is_refused_in_words()
    {
        var text = Partial(Request, Small());
        Gen.Int[0, text.TrimEnd().Length - 1].Sample(
            length => Assert.Contains("cannot be merged", Refused(text[..length]), StringComparison.Ordinal), iter: 100, threads: 1); // they share a file
    }

    [Theory]
    [InlineData("\"rows\": 60", "\"rows\": 61")]
    [InlineData("untag/audit-partial/2", "untag/audit-partial/1")]
    [InlineData("\"rows\"", "\"lines\"")]
    [InlineData("\"confidence\": 0.95", "\"confidence\": 1")]
    [InlineData("\"people_min\": 50", "\"people_min\": 9")]
    [InlineData("\"rows_squared\": 30", "\"rows_squared\": 29")]
    [InlineData("\"values\": [", "\"values\": null, \"more\": [")]
    [InlineData("\"cells\": [", "\"cells\": [\"\",")]
    [InlineData("\"cells\": [", "\"cells\": [\"?\"],\"more\": [")]
    public void A_file_that_contradicts_itself_is_refused(string written, string changed)
    {
        var text = Partial(Request, Small());
        var at = text.IndexOf(written, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        Assert.Contains(
            "cannot be merged", Refused(text[..at] + changed + text[(at + written.Length)..]), StringComparison.Ordinal);
    }

    // Each of the eight sums of a cell, one more and one less than what people made.
    [Theory]
    [InlineData("outputs", "cells")]
    [InlineData("decisions", "groups")]
    public void A_cell_that_people_cannot_have_made_is_refused(string list, string cells)
    {
        var refused = 0;
        for (var sum = 0; sum < 8; sum++)
        {
            foreach (var change in new[] { -1, 1 })
            {
                var document = JsonNode.Parse(Partial(Request, Small()))!;
                var packed = document[list]![0]![cells]!;
                packed[0] = Changed(packed[0]!.GetValue<string>(), sum, change);
                refused += IsRefused(document.ToJsonString()) ? 1 : 0;
            }
        }

        Assert.InRange(refused, 11, 16); // that a sum of squares is 1 off, nothing shows
    }

    [Fact]
    public void Counts_that_no_table_has_are_refused_and_do_not_overflow()
    {
        var document = JsonNode.Parse(Partial(Request with { Person = null, Decisions = [], Truth = null }, Small()))!;
        foreach (var group in document["groups"]!.AsArray())
        {
            foreach (var name in new[] { "rows", "people", "rows_squared" })
                group![name] = 1L << 60;
        }

        document["rows"] = 1L << 61;
        var huge = new CellSums
        {
            Trials = 1L << 60,
            Hits = 1L << 60,
            TrialsSquared = 1L << 60,
            TrialsTimesHits = 1L << 60,
            HitsSquared = 1L << 60,
            People = 1L << 60,
            PeopleHit = 1L << 60,
        };
        document["outputs"]![0]!["cells"] = new JsonArray(PackedCells.Of([huge]), PackedCells.Of([huge]));
        Assert.Contains("cannot be merged: its counts are larger", Refused(document.ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Equal("cannot read `no.json`: it is not there", Assert.Throws<AuditInputException>(() => Merge("no.json")).Message);

    private static AuditReport Merge(params string[] paths) => AuditPartials.Merge(paths, TestContext.Current.CancellationToken);

    private string Refused(string text)
    {
        var path = Written("damaged.json", text);
        return Assert.Throws<AuditInputException>(() => Merge(path)).Message;
    }

    private bool IsRefused(string text)
    {
        try
        {
            Merge(Written("changed.json", text));
            return false;
        }
        catch (AuditInputException)
        {
            return true;
        }
    }

    private static string Changed(string cells, int sum, int change)
    {
        var bytes = Convert.FromBase64String(cells);
        var numbers = new List<long>();
        for (var at = 0; PackedNumbers.TryRead(bytes, ref at, 63, out var number);)
            numbers.Add(number);
        numbers[sum] = Math.Max(0, numbers[sum] + change);
        var changed = new List<byte>();
        foreach (var number in numbers)
            PackedNumbers.Write(changed, number);
        return Convert.ToBase64String([.. changed]);
    }

    private string Written(string name, string text)
    {
        var path = Path.Join(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static AuditedTable Small()
    {
        var table = new AuditedTable("person,group,class,alert,truth");
        for (var i = 0; i < 60; i++)
            table.Add(1, $"{i},{(i < 30 ? "a" : "b")},c,{i % 2},{i / 2 % 2}");
        return table;
    }

    private static string Partial(AuditRequest request, AuditedTable table) => Partial(request, table.Sums(request));

    private static string Partial(AuditRequest request, AuditSums sums)
    {
        using var stream = new MemoryStream();
        AuditPartials.Write(request, sums, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
