using System.Diagnostics;
using System.Text;
using Untag.Server.Guard.Replies;

namespace Untag.Tests.Server.Guard.Replies.Json;

/// <summary>Values that make each question of the judge be asked as often as a held value has members. What an answer costs must not grow with
/// them.</summary>
public sealed class LinearWorkTests
{
    private const int SmallBytes = 15 << 10;
    private const int Times = 8; // the large one is just held

    // Work that grows as the square takes 64 times as long. Noise can make a run longer and no run shorter: one attempt below the bound tells.
    private const double RatioMax = 24;
    private const int AttemptsMax = 4;
    private const int Runs = 3;

    // Names of fields that differ, and are the same word.
    private static readonly string[] Signs = ["_", "-", ".", " ", "_-", "-_", "__", "--", "._", ". "];

    public static TheoryData<string> Shapes => new(Shape.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_held_value_of_eight_times_the_length_costs_about_eight_times_the_work(string shape)
    {
        var (small, large) = (Shape.All[shape](SmallBytes), Shape.All[shape](Times * SmallBytes));
        Assert.InRange(large.Length, (Times - 1) * SmallBytes, ReplyLimits.Default.HoldBytes);
        var filter = new ReplyFilter(Filtered.Rules, ReplyLimits.Default);
        await LeastOfAsync(filter, small); // compiles what it needs
        var ratio = double.MaxValue;
        for (var attempt = 0; attempt < AttemptsMax && ratio > RatioMax; attempt++)
            ratio = Math.Min(ratio, await LeastOfAsync(filter, large) / await LeastOfAsync(filter, small));
        Assert.True(ratio <= RatioMax, $"{Times} times the bytes took {ratio:0} times as long");
    }

    private static async Task<double> LeastOfAsync(ReplyFilter filter, byte[] reply)
    {
        var least = TimeSpan.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await filter.CopyAsync(Filtered.Json, new MemoryStream(reply), Stream.Null, (_, _) => ValueTask.CompletedTask, TestContext.Current.CancellationToken);
            var taken = Stopwatch.GetElapsedTime(start);
            least = taken < least ? taken : least;
        }

        return least.TotalMilliseconds;
    }

    /// <summary>Makes values of one shape and about so many bytes.</summary>
    private static class Shape
    {
        public static readonly Dictionary<string, Func<int, byte[]>> All = new(StringComparer.Ordinal)
        {
            ["fields named race beside a lap"] = bytes => Filled(bytes, "{\"lap\":1", i => $",\"{Name(i)}\":{i}", "}"),
            ["objects named race beside a lap"] = bytes => Filled(bytes, "{\"lap\":1", i => $",\"{Name(i)}\":{{\"{Name(i)}\":1}}", "}"),
            ["fields named race beside a lap and a person"] = bytes => Filled(bytes, "{\"lap\":1,\"person\":1", i => $",\"{Name(i)}\":{i}", "}"),
            ["fields named race beside texts"] = bytes => Filled(bytes, "{\"lap\":1", i => $",\"{Name(i)}\":1,\"t{i}\":\"x{i}\"", "}"),
            ["races in one another"] = bytes => Filled(
                bytes, string.Concat(Enumerable.Repeat("{\"lap\":1,\"race\":", 50)) + "{\"lap\":1", i => $",\"t{i}\":\"x{i}\"", new string('}', 51)),
            ["tags of races"] = bytes => Filled(bytes, "[{\"name\":\"race\"}", _ => ",{\"name\":\"race\"}", ",{\"name\":\"lap\"}]"),
            ["tags of races without a contest"] = bytes => Filled(bytes, "[{\"name\":\"race\"}", _ => ",{\"name\":\"race\"}", "]"),
            ["tags of races and others"] = bytes => Filled(bytes, "[{\"name\":\"race\"}", i => $",{{\"name\":\"race\",\"t\":[]}},{{\"name\":\"x{i}\"}}", ",{\"name\":\"lap\"}]"),
            ["objects of type race"] = bytes => Filled(bytes, "[{\"lap\":1,\"type\":\"race\"}", _ => ",{\"lap\":1,\"type\":\"race\"}", "]"),
            ["lists of labels in an object"] = bytes => Filled(bytes, "{\"a\":[\"asian\"]", i => $",\"k{i}\":[\"asian\"]", "}"),
            ["lists of labels and numbers in an object"] = bytes => Filled(bytes, "{\"a\":[\"asian\"]", i => $",\"k{i}\":[\"asian\"],\"n{i}\":[1],\"score{i}\":1", "}"),
            ["lists of labels in a list"] = bytes => Filled(bytes, "[[\"asian\"]", _ => ",[\"asian\"],[[1]]", "]"),
            ["lists of ever more labels"] = bytes => Filled(
                bytes, "{\"a\":[\"asian\"]", i => $",\"k{i}\":[\"asian\"{string.Concat(Enumerable.Repeat(",1", i % 40))}]", "}"),
            ["lists of labels in one another"] = bytes => Filled(bytes, new string('[', 60) + "\"asian\"", i => $",[{i}]", new string(']', 60)),
            ["labels in a list"] = bytes => Filled(bytes, "[\"asian\"", _ => ",\"asian\"", "]"),
            ["answers in a list"] = bytes => Filled(bytes, "[{\"guess\":\"asian\"}", _ => ",{\"guess\":\"asian\"},{\"guess\":\"white\"}", "]"),
            ["fields named after groups"] = bytes => Filled(bytes, "{\"asian\":1", i => $",\"white{Signs[i % Signs.Length]}{i}\":1", "}"),
            ["fields named ethnicity"] = bytes => Filled(bytes, "{\"a\":1", i => $",\"ethnicity{Signs[i % Signs.Length]}{i}\":1", "}"),
            ["an answer of a model that speaks of food"] = bytes => Filled(
                bytes, "{\"choices\":[{\"message\":{\"content\":\"", _ => "asian food ", "\"}}]}"),
            ["an answer of a model that speaks of colours and men"] = bytes => Filled(
                bytes, "{\"choices\":[{\"message\":{\"content\":\"ethnic ", _ => "black or man. ", "\"}}]}"),
        };

        private static string Name(int i) => $"race{Signs[i % Signs.Length]}{i / Signs.Length}";

        private static byte[] Filled(int bytes, string begin, Func<int, string> member, string end)
        {
            var json = new StringBuilder(begin);
            for (var i = 0; json.Length + end.Length < bytes - (bytes >> 4); i++)
                json.Append(member(i));
            return Encoding.ASCII.GetBytes(json.Append(end).ToString());
        }
    }
}
