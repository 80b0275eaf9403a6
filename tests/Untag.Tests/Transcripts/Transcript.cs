using Untag.Tests.Documents;

namespace Untag.Tests.Transcripts;

/// <summary>A command of a transcript and all that it does.</summary>
/// <param name="Line">Line of the command.</param>
/// <param name="Command">The words for the shell.</param>
/// <param name="Output">Lines on standard output.</param>
/// <param name="Errors">Lines on standard error.</param>
/// <param name="ExitCode">The exit code.</param>
internal sealed record Step(int Line, string Command, IReadOnlyList<string> Output, IReadOnlyList<string> Errors, int ExitCode)
{
    /// <summary>True when another run did the same. "…" stands for any lines, or for a part of a line.</summary>
    public bool Allows(Step real) =>
        ExitCode == real.ExitCode && Shows(Output, real.Output) && Shows(Errors, real.Errors);

    /// <summary>The step as it would stand in a transcript.</summary>
    public string Show() => string.Join(
        '\n', [$"> {Command}", .. Output.Select(line => $"| {line}"), .. Errors.Select(line => $"! {line}"), $"= {ExitCode}"]);

    private static bool Shows(IReadOnlyList<string> expected, IReadOnlyList<string> real) =>
        new ConsoleBlock("", 0, "", expected).Shows(real);
}

/// <summary>Files, and commands that are run one after the other in a folder that holds them.</summary>
/// <remarks>
/// <code>
/// # a comment
/// +++ path/of/file      the lines up to +++ are its content
/// +++
/// > untag scan x        a command for the shell
/// | a line of standard output
/// ! a line of standard error
/// = 2                   the exit code, at the end of every step
/// </code>
/// </remarks>
internal sealed record Transcript(IReadOnlyList<(string Path, string Text)> Files, IReadOnlyList<Step> Steps)
{
    public static Transcript Parse(string text)
    {
        var files = new List<(string, string)>();
        var steps = new List<Step>();
        var lines = text.TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i].StartsWith('#'))
                continue;
            if (lines[i].StartsWith("+++ ", StringComparison.Ordinal))
            {
                var end = Array.IndexOf(lines, "+++", i);
                files.Add((lines[i][4..], string.Concat(lines[(i + 1)..end].Select(line => line + "\n"))));
                i = end;
            }
            else if (lines[i].StartsWith("> ", StringComparison.Ordinal))
            {
                var end = Array.FindIndex(lines, i, line => line.StartsWith("= ", StringComparison.Ordinal));
                if (end < 0)
                    throw new FormatException($"line {i + 1}: the step does not end with an exit code");
                steps.Add(ReadStep(lines, i, end));
                i = end;
            }
            else
            {
                throw new FormatException($"line {i + 1}: `{lines[i]}` is neither file nor step");
            }
        }

        return new Transcript(files, steps);
    }

    private static Step ReadStep(string[] lines, int start, int end)
    {
        var body = lines[(start + 1)..end];
        if (Array.Find(body, line => line.Length == 0 || line[0] is not ('|' or '!')) is { } wrong)
            throw new FormatException($"step of line {start + 1}: `{wrong}` begins with neither | nor !");
        return new Step(start + 1, lines[start][2..], After('|'), After('!'), int.Parse(lines[end][2..], provider: null));

        List<string> After(char mark) => [.. body.Where(line => line[0] == mark).Select(line => line.Length > 2 ? line[2..] : "")];
    }
}
