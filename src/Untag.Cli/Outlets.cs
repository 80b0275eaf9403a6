using System.CommandLine;
using System.CommandLine.Parsing;
using Untag.Policy;

namespace Untag.Cli;

/// <summary>A form of the results and where they go.</summary>
/// <param name="Format">One of <see cref="Outlets.Formats"/>.</param>
/// <param name="File">The file; null for standard output.</param>
internal readonly record struct Outlet(string Format, string? File);

/// <summary>What <c>--format</c> and <c>--output</c> ask for together.</summary>
internal static class Outlets
{
    /// <summary>The forms that results can have.</summary>
    public static readonly string[] Formats = ["text", "json", "sarif", "github", "junit", "markdown", "html"];

    /// <summary>Reads the values of <c>--format</c>: <c>json</c>, or <c>json=report.json</c>.</summary>
    public static Outlet[] Read(ArgumentResult result, string name, IReadOnlyList<string> values)
    {
        var outlets = new Outlet[values.Count];
        for (var i = 0; i < outlets.Length; i++)
        {
            var cut = values[i].IndexOf('=');
            var format = cut < 0 ? values[i] : values[i][..cut];
            outlets[i] = new Outlet(format, cut < 0 ? null : values[i][(cut + 1)..]);
            if (!Formats.Contains(format))
                result.AddError($"`{format}` is no value of {name}: {Spelling.Hint(format, Formats)}");
            else if (outlets[i].File is "")
                result.AddError($"`{values[i]}` names no file: write {format}=FILE, or {format} for standard output");
        }

        return outlets;
    }

    /// <summary>The outlets of a command; <c>--output</c> is the file of the one that names none.</summary>
    /// <exception cref="UserError">Two of them go to the same place.</exception>
    public static IReadOnlyList<Outlet> Of(ParseResult words)
    {
        var output = words.GetValue(Settings.Output);
        var outlets = words.GetValue(Settings.Format)!
            .Select(outlet => outlet with { File = outlet.File ?? output }).ToList();
        foreach (var place in outlets.GroupBy(outlet => outlet.File is { } file ? Path.GetFullPath(file) : ""))
        {
            var same = place.ToList();
            if (same.Count > 1)
            {
                var where = same[0].File is { } file ? $"`{file}`" : "standard output";
                throw new UserError(
                    $"{same[0].Format} and {same[1].Format} would both go to {where}",
                    $"give one of them a file of its own: --format {same[1].Format}=FILE");
            }
        }

        if (output is not null && !outlets.Any(outlet => outlet.File == output))
        {
            throw new UserError(
                $"nothing goes to `{output}`: every --format names a file", "leave --output out, or add --format text");
        }

        return outlets;
    }

    /// <summary>The one form that is asked for, of those that a command has.</summary>
    /// <exception cref="UserError">It has no such form, or several are asked for.</exception>
    public static Outlet Single(ParseResult words, string what, params string[] formats)
    {
        var outlets = Of(words);
        var hint = $"write --format {string.Join(" or ", formats)}";
        foreach (var outlet in outlets)
        {
            if (!formats.Contains(outlet.Format))
                throw new UserError($"{what} has no form `{outlet.Format}`", hint);
        }

        return outlets.Count == 1 ? outlets[0] : throw new UserError($"{what} has one form at a time", hint);
    }
}
