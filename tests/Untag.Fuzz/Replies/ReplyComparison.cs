using System.Text;
using System.Text.Json.Nodes;
using Untag.Policy;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Json;

namespace Untag.Fuzz.Replies;

/// <summary>Lets the guard and <see cref="SlowFilter"/> take the tags out of the same random reply.</summary>
internal static class ReplyComparison
{
    private static readonly ReplyRules Rules = ReplyRules.Of(TagPolicy.Default);

    /// <summary>Compares the two.</summary>
    /// <param name="seed">Tells the reply and its pieces.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Compare(int seed)
    {
        var random = new RandomReply(seed);
        var reply = random.Write();
        var expected = Canonical.Of(SlowFilter.Filter(JsonNode.Parse(reply)));
        var filtered = Filter(random.Cut(Encoding.UTF8.GetBytes(reply)));
        var was = Canonical.Of(reply);
        if (expected == was && filtered != reply)
            return $"{reply}\nhas no tag and became\n{filtered}";
        return Canonical.Of(filtered) == expected ? null : $"{reply}\nbecame\n{filtered}\nand should be\n{expected}";
    }

    /// <summary>The guard's result for a reply that comes in pieces.</summary>
    public static string Filter(IEnumerable<byte[]> pieces)
    {
        using var pass = new ReplyPass(Rules, ReplyLimits.Default, ReplyMode.Strip);
        using var filter = new JsonBody(new JsonSettings(pass));
        foreach (var piece in pieces)
            filter.Take(piece);
        filter.End();
        return Encoding.UTF8.GetString(pass.Output.Span);
    }
}
