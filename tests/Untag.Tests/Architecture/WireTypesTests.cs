using System.Text.RegularExpressions;

namespace Untag.Tests.Architecture;

/// <summary>Under native AOT a type that is found by reflection is not found at all.</summary>
public sealed partial class WireTypesTests
{
    [Fact]
    public void Json_is_written_and_read_through_a_compiled_context_only()
    {
        var calls = 0;
        // The one that hands on what its callers name.
        foreach (var file in Repository.Files("*.cs").Where(path => path.StartsWith("src/", StringComparison.Ordinal) && path != "src/Untag/StrictJson.cs"))
        {
            foreach (Match call in Call().Matches(File.ReadAllText(Repository.File(file))))
            {
                calls++;
                Assert.True(call.Value.Contains("Json.Readable.", StringComparison.Ordinal) || call.Value.Contains("Json.OneLine.", StringComparison.Ordinal), $"{file}: {call.Value}");
            }
        }

        Assert.True(calls >= 3, "the pattern finds no call any more");
    }

    [GeneratedRegex(@"(?:JsonSerializer\.\w+|StrictJson\.Read)\((?:[^()]|\([^()]*\))*\)")]
    private static partial Regex Call();
}
