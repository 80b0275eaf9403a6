namespace Untag.Tests.Server.Guard.Replies.Names;

/// <summary>The search of clean replies finds the same without the widest instructions. Which are used is fixed when a program starts.</summary>
public sealed class NarrowRegistersTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    public async Task The_search_finds_the_same_without(string instructions)
    {
        var output = await TestsAgain.RunAsync([typeof(SquashedBytesTests), typeof(FirstLettersTests), typeof(CleanSearchTests)], (instructions, "0"));
        Assert.Matches("Total: [1-9][0-9], Errors: 0, Failed: 0, Skipped: 0", output);
    }
}
