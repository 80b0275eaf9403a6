using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Untag.Scan.Reports;

/// <summary>How every JSON of Untag is written: indented, with the same line ends everywhere, without fields that have
/// nothing to say, and with Chinese and quotes left readable, since reports are files and no parts of a page.</summary>
public static class ReadableJson
{
    /// <summary>A new set of options: each context of compiled types needs its own.</summary>
    public static JsonSerializerOptions Options => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
