namespace Untag.Tests.Documents;

/// <summary>A command that a document shows, and the output that it shows below it.</summary>
/// <param name="Document">Path of the document.</param>
/// <param name="Line">Line of the command.</param>
/// <param name="Command">The words after the dollar sign.</param>
/// <param name="Output">The lines shown; a line that is only "…" stands for any number of lines.</param>
internal sealed record ConsoleBlock(string Document, int Line, string Command, IReadOnlyList<string> Output)
{
    /// <summary>The commands in the fenced blocks of kind <c>console</c> of a document.</summary>
    public static List<ConsoleBlock> ReadAll(string document, string text)
    {
        var blocks = new List<ConsoleBlock>();
        var lines = text.Split('\n');
        var inside = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
                inside = !inside && lines[i].StartsWith("```console", StringComparison.Ordinal);
            else if (inside && lines[i].StartsWith("$ ", StringComparison.Ordinal))
                blocks.Add(new ConsoleBlock(document, i + 1, lines[i][2..], OutputBelow(lines, i + 1)));
        }

        return blocks;
    }

    /// <summary>True when the real output is what the document shows.</summary>
    public bool Shows(IReadOnlyList<string> real) => Matches(Output, 0, real, 0);

    private static List<string> OutputBelow(string[] lines, int first)
    {
        var output = new List<string>();
        for (var i = first; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal) || lines[i].StartsWith("$ ", StringComparison.Ordinal))
                break;
            output.Add(lines[i].TrimEnd());
        }

        while (output.Count > 0 && output[^1].Length == 0)
            output.RemoveAt(output.Count - 1);
        return output;
    }

    private static bool Matches(IReadOnlyList<string> shown, int i, IReadOnlyList<string> real, int j)
    {
        if (i == shown.Count)
            return j == real.Count;
        if (shown[i] == "…")
        {
            for (var next = j; next <= real.Count; next++)
            {
                if (Matches(shown, i + 1, real, next))
                    return true;
            }

            return false;
        }

        return j < real.Count && LineMatches(shown[i], real[j].TrimEnd()) && Matches(shown, i + 1, real, j + 1);
    }

    // "…" inside a line stands for any text: times and digests differ between machines.
    private static bool LineMatches(string shown, string real)
    {
        var parts = shown.Split('…');
        if (parts.Length == 1)
            return shown == real;
        if (!real.StartsWith(parts[0], StringComparison.Ordinal) || !real.EndsWith(parts[^1], StringComparison.Ordinal))
            return false;
        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = real.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + part.Length;
        }

        return at <= real.Length - parts[^1].Length;
    }
}
