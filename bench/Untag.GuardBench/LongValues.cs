using System.Diagnostics;
using System.Globalization;
using System.Text;
using Untag.Policy;
using Untag.Server.Guard.Replies;

namespace Untag.GuardBench;

/// <summary>Values that make each question of the judge be asked as often as a held value has members: eight times as many must not take much
/// more than eight times as long, or whoever answers could keep a guard busy.</summary>
internal static class LongValues
{
    private const int SmallBytes = 15 << 10;
    private const int Times = 8; // the large one is just held
    private const int Runs = 9;

    // Names of fields that differ, and are the same word.
    private static readonly string[] Signs = ["_", "-", ".", " ", "_-", "-_", "__", "--", "._", ". "];

    private static readonly Dictionary<string, Func<int, byte[]>> Shapes = new(StringComparer.Ordinal)
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
        ["a name of races"] = bytes => Filled(bytes, "{\"race", _ => " x race", "\":1}"),
        ["a name of races and words that say nothing"] = bytes => Filled(bytes, "{\"race", _ => " is a race,", "\":1}"),
        ["a name of races and groups"] = bytes => Filled(bytes, "{\"race", _ => " x black man quux asian race", "\":1}"),
        ["an answer of a model that speaks of food"] = bytes => Filled(
            bytes, "{\"choices\":[{\"message\":{\"content\":\"", _ => "asian food ", "\"}}]}"),
        ["an answer of a model that speaks of colours and men"] = bytes => Filled(
            bytes, "{\"choices\":[{\"message\":{\"content\":\"ethnic ", _ => "black or man. ", "\"}}]}"),
    };

    /// <summary>Writes a table: milliseconds for each shape, small and large, and how many times as long the large one takes.</summary>
    public static async Task RunAsync()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| value | {SmallBytes >> 10} KiB, ms | {(Times * SmallBytes) >> 10} KiB, ms | times |"));
        Console.WriteLine("|---|--:|--:|--:|");
        var filter = new ReplyFilter(ReplyRules.Of(TagPolicy.Default), ReplyLimits.Default);
        foreach (var (name, make) in Shapes)
        {
            var (small, large) = (make(SmallBytes), make(Times * SmallBytes));
            await LeastOfAsync(filter, large); // compiles what it needs
            var (less, more) = (await LeastOfAsync(filter, small), await LeastOfAsync(filter, large));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {less:0.00} | {more:0.00} | {more / less:0.0} |"));
        }
    }

    private static async Task<double> LeastOfAsync(ReplyFilter filter, byte[] reply)
    {
        var least = TimeSpan.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await filter.CopyAsync(new ReplyHead { MediaType = "application/json" }, new MemoryStream(reply), Stream.Null, (_, _) => ValueTask.CompletedTask, CancellationToken.None);
            var taken = Stopwatch.GetElapsedTime(start);
            least = taken < least ? taken : least;
        }

        return least.TotalMilliseconds;
    }

    private static string Name(int i) => $"race{Signs[i % Signs.Length]}{i / Signs.Length}";

    private static byte[] Filled(int bytes, string begin, Func<int, string> member, string end)
    {
        var json = new StringBuilder(begin);
        for (var i = 0; json.Length + end.Length < bytes - (bytes >> 4); i++)
            json.Append(member(i));
        return Encoding.ASCII.GetBytes(json.Append(end).ToString());
    }
}
