using System.CommandLine;
using System.CommandLine.Parsing;
using Untag.Scan;

namespace Untag.Cli;

/// <summary>The options of the limits of a scan: <c>--max-file-size</c> and its like, one for each
/// <see cref="ScanLimit"/>.</summary>
internal static class LimitOptions
{
    private static readonly (ScanLimit Limit, Option<string?> Option)[] Known =
        [.. ScanLimit.All.Select(limit => (limit, Build(limit)))];

    /// <summary>The options in the order of the help.</summary>
    public static Option[] All { get; } = [.. Known.Select(known => known.Option)];

    /// <summary>Limits as the words have them, and as given where the words are silent.</summary>
    public static ScanLimits Of(ParseResult words, ScanLimits given)
    {
        foreach (var (limit, option) in Known)
        {
            if (words.GetValue(option) is { } text)
                given = limit.Set(given, text) ?? given;
        }

        return given;
    }

    private static Option<string?> Build(ScanLimit limit)
    {
        var name = $"--max-{limit.Name}";
        return new Option<string?>(name)
        {
            Description = $"{limit.Means}; {limit.ValueIn(ScanLimits.Default)}",
            HelpName = limit.Form,
            CustomParser = result => Checked(result, limit, name, result.Tokens[0].Value),
            DefaultValueFactory = result =>
                Settings.Variable(name) is { } value ? Checked(result, limit, Settings.VariableOf(name), value) : null,
        };
    }

    private static string Checked(ArgumentResult result, ScanLimit limit, string name, string text)
    {
        if (limit.Set(ScanLimits.Default, text) is null)
            result.AddError($"`{text}` is no value of {name}: {limit.Hint}");
        return text;
    }
}
