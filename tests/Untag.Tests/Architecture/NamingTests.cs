using System.Reflection;

namespace Untag.Tests.Architecture;

public sealed class NamingTests
{
    private static readonly string[] EmptyWords =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Base", "Info", "Process", "Handle", "Misc"];

    [Fact]
    public void No_type_has_a_name_that_says_little()
    {
        var types = typeof(Untag.Scan.Scanner).Assembly.GetTypes().Concat(Assembly.Load("Untag.Cli").GetTypes())
            .Where(type => type.Namespace?.StartsWith("Untag", StringComparison.Ordinal) == true);
        foreach (var type in types)
            Assert.False(EmptyWords.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)), type.FullName);
    }

    [Fact]
    public void Classes_are_sealed_unless_they_are_a_closed_family()
    {
        var open = typeof(Untag.Scan.Scanner).Assembly.GetTypes()
            .Where(type => type.IsClass && type.Namespace?.StartsWith("Untag", StringComparison.Ordinal) == true
                && !type.IsSealed && !type.Name.Contains('<', StringComparison.Ordinal));
        Assert.All(open, type => Assert.True(type.IsAbstract, $"{type.FullName} can be derived from: seal it"));
    }
}
