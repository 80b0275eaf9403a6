using System.Text.Encodings.Web;
using System.Text.Json;

namespace Untag.Scan.Reports;

/// <summary>How every JSON of Untag is written: indented, with the same line ends everywhere, and with Chinese and
/// other scripts left readable. The files are never embedded in a page, so nothing needs escaping for HTML.</summary>
public static class ReportJson
{
    /// <summary>A writer with these settings.</summary>
    public static Utf8JsonWriter Writer(Stream output) => new(output, new JsonWriterOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    });
}
