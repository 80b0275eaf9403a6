using System.Globalization;
using System.Text;

namespace Untag.Scan.Reports;

/// <summary>How a test case ended.</summary>
internal enum JUnitOutcome
{
    Passed,
    Failed,

    /// <summary>It could not be decided.</summary>
    Errored,
    Skipped,
}

/// <summary>A test case.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">Why, in a line; empty when it passed.</param>
/// <param name="Details">Why, line by line; empty when it passed.</param>
internal sealed record JUnitCase(string Name, JUnitOutcome Outcome, string Message, string Details);

/// <summary>A suite of test cases.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cases">Its cases.</param>
/// <param name="Output">What else there is to say, as text.</param>
internal sealed record JUnitSuite(string Name, IReadOnlyList<JUnitCase> Cases, string Output)
{
    /// <summary>Writes suites in the form of Ant's JUnit task, which is the strictest of those in use: readers of the
    /// looser forms take it too. Times are zero and the clock stands at midnight, so that the same scan gives the same
    /// bytes on the same day.</summary>
    /// <remarks>Written by hand: the framework's writer would make the native program a megabyte larger.</remarks>
    public static void Write(IReadOnlyList<JUnitSuite> suites, DateOnly day, Stream output)
    {
        using var xml = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        xml.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites>\n");
        for (var i = 0; i < suites.Count; i++)
            suites[i].Write(xml, i, day);
        xml.Write("</testsuites>\n");
    }

    private void Write(StreamWriter xml, int id, DateOnly day)
    {
        xml.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"  <testsuite name=\"{Escaped(Name)}\" package=\"{ToolVersion.Name}\" id=\"{id}\""
            + $" timestamp=\"{day:yyyy-MM-dd}T00:00:00\" hostname=\"localhost\" tests=\"{Cases.Count}\""
            + $" failures=\"{Count(JUnitOutcome.Failed)}\" errors=\"{Count(JUnitOutcome.Errored)}\""
            + $" skipped=\"{Count(JUnitOutcome.Skipped)}\" time=\"0\">\n    <properties/>\n"));
        foreach (var one in Cases)
            Write(xml, one);
        xml.Write($"    <system-out>{Escaped(Output)}</system-out>\n    <system-err></system-err>\n  </testsuite>\n");
    }

    private void Write(StreamWriter xml, JUnitCase one)
    {
        xml.Write($"    <testcase name=\"{Escaped(one.Name)}\" classname=\"{ToolVersion.Name}.{Escaped(Name)}\" time=\"0\"");
        switch (one.Outcome)
        {
            case JUnitOutcome.Passed:
                xml.Write("/>\n");
                break;
            case JUnitOutcome.Skipped:
                xml.Write("><skipped/></testcase>\n");
                break;
            default:
                var element = one.Outcome == JUnitOutcome.Failed ? "failure" : "error";
                xml.Write($"><{element} message=\"{Escaped(one.Message)}\" type=\"{Escaped(Name)}\">");
                xml.Write($"{Escaped(one.Details)}</{element}></testcase>\n");
                break;
        }
    }

    private int Count(JUnitOutcome outcome) => Cases.Count(one => one.Outcome == outcome);

    private static string Escaped(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '&': result.Append("&amp;"); break;
                case '<': result.Append("&lt;"); break;
                case '>': result.Append("&gt;"); break;
                case '"': result.Append("&quot;"); break;
                case '\n': result.Append('\n'); break;
                case var high when char.IsHighSurrogate(high) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    result.Append(high).Append(text[++i]);
                    break;
                default:
                    // XML has no way to write control characters and halves of pairs, not even escaped.
                    result.Append(text[i] is < ' ' or '\uFFFE' or '\uFFFF' || char.IsSurrogate(text[i]) ? '·' : text[i]);
                    break;
            }
        }

        return result.ToString();
    }
}
