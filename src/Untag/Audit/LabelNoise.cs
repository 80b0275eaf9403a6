using System.Globalization;
using Untag.Policy;

namespace Untag.Audit;

/// <summary>How often the group that a table states is not the group of the person: what its owner knows of it.</summary>
/// <remarks>A rate is a share of those who are stated to be of a group: of them so many are of the other one. It can be had by asking some of
/// them again.</remarks>
public sealed class LabelNoise
{
    private readonly Dictionary<string, double> ofGroup = new(StringComparer.Ordinal);
    private readonly double? ofAll;

    /// <summary>Reads rates.</summary>
    /// <param name="stated">One number for both groups, such as <c>0.03</c>, or one for each, such as <c>north=0.02</c>.</param>
    /// <exception cref="AuditInputException">One of them is no rate.</exception>
    public LabelNoise(IReadOnlyList<string> stated)
    {
        Stated = stated;
        foreach (var text in stated)
        {
            var cut = text.LastIndexOf('=');
            if (!double.TryParse(text.AsSpan(cut + 1), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var rate)
                || rate is not (>= 0 and < 0.5) || (cut < 0 && stated.Count > 1) || (cut >= 0 && !ofGroup.TryAdd(text[..cut].Trim(), rate)))
            {
                throw new AuditInputException(
                    $"`{text}` is no rate of wrong labels", "write one share below 0.5 for both groups, `0.03`, or one for each: `north=0.02`, `south=0.05`");
            }

            if (cut < 0)
                ofAll = rate;
        }
    }

    /// <summary>As it was stated.</summary>
    public IReadOnlyList<string> Stated { get; }

    /// <summary>The rates of the groups of a table.</summary>
    /// <exception cref="AuditInputException">There are more than two groups, or it states another one.</exception>
    internal (double First, double Second) Of(IReadOnlyList<string> groups)
    {
        if (groups.Count != 2)
        {
            throw new AuditInputException(
                $"label noise is taken out of what is measured of two groups, and the table states {groups.Count}",
                "audit two groups in a table of their own, or leave the noise undeclared");
        }

        if (ofGroup.Keys.FirstOrDefault(name => !groups.Contains(name)) is { } unknown)
            throw new AuditInputException($"label noise is stated of `{unknown}`, which no row states", Spelling.Hint(unknown, groups));
        return (OfGroup(groups[0]), OfGroup(groups[1]));
    }

    private double OfGroup(string group) => ofAll ?? (ofGroup.TryGetValue(group, out var rate) ? rate : throw new AuditInputException(
        $"no label noise is stated of `{group}`", $"state it for both groups: `{group}=0.02`"));
}
