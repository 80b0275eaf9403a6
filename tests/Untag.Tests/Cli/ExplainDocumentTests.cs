using System.Text.Json;
using Untag.Cli.Commands;
using Untag.Policy;
using Untag.Tests.Scan.Reports;

namespace Untag.Tests.Cli;

public sealed class ExplainDocumentTests
{
    [Fact]
    public async Task Every_rule_keeps_to_the_schema()
    {
        var json = JsonSerializer.Serialize(ExplainDocument.Of(TagPolicy.Default.Rules), ExplainJson.Readable.ExplainDocument);
        Assert.Equal("", await Samples.Violations(Samples.Schema("explain.schema.json"), json));
        Assert.NotEqual("", await Samples.Violations(Samples.Schema("explain.schema.json"), json.Replace("errorFrom", "from", StringComparison.Ordinal)));
    }
}
