using System.Globalization;
using System.Text;
using System.Xml;

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
    public static void Write(IReadOnlyList<JUnitSuite> suites, DateOnly day, Stream output)
    {
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using (var xml = XmlWriter.Create(output, settings))
        {
            xml.WriteStartElement("testsuites");
            for (var i = 0; i < suites.Count; i++)
                suites[i].Write(xml, i, day);
            xml.WriteEndElement();
        }

        output.WriteByte((byte)'\n');
    }

    private void Write(XmlWriter xml, int id, DateOnly day)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Name);
        xml.WriteAttributeString("package", ToolVersion.Name);
        xml.WriteAttributeString("id", Number(id));
        xml.WriteAttributeString("timestamp", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00");
        xml.WriteAttributeString("hostname", "localhost");
        xml.WriteAttributeString("tests", Number(Cases.Count));
        xml.WriteAttributeString("failures", Number(Cases.Count(one => one.Outcome == JUnitOutcome.Failed)));
        xml.WriteAttributeString("errors", Number(Cases.Count(one => one.Outcome == JUnitOutcome.Errored)));
        xml.WriteAttributeString("skipped", Number(Cases.Count(one => one.Outcome == JUnitOutcome.Skipped)));
        xml.WriteAttributeString("time", "0");
        xml.WriteStartElement("properties");
        xml.WriteEndElement();
        foreach (var one in Cases)
            Write(xml, one);
        xml.WriteElementString("system-out", Allowed(Output));
        xml.WriteElementString("system-err", "");
        xml.WriteEndElement();
    }

    private void Write(XmlWriter xml, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Allowed(one.Name));
        xml.WriteAttributeString("classname", $"{ToolVersion.Name}.{Name}");
        xml.WriteAttributeString("time", "0");
        if (one.Outcome == JUnitOutcome.Skipped)
        {
            xml.WriteStartElement("skipped");
            xml.WriteEndElement();
        }
        else if (one.Outcome != JUnitOutcome.Passed)
        {
            xml.WriteStartElement(one.Outcome == JUnitOutcome.Failed ? "failure" : "error");
            xml.WriteAttributeString("message", Allowed(one.Message));
            xml.WriteAttributeString("type", Name);
            xml.WriteString(Allowed(one.Details));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // XML has no way to write control characters and halves of surrogate pairs, not even escaped.
    private static string Allowed(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                result.Append(text[i]).Append(text[++i]);
            else
                result.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '·');
        }

        return result.ToString();
    }
}
