namespace Untag.Tests.Documents;

public sealed class ConsoleBlockTests
{
    private const string Text = """
        # Title
        ```console
        $ untag --version
        untag 0.1.0
        $ untag scan x
        first
        …
        3 files, … s
        ```
        ```sh
        $ not a console
        ```
        """;

    [Fact]
    public void Commands_and_their_outputs_are_read_from_console_blocks_only()
    {
        var blocks = ConsoleBlock.ReadAll("doc.md", Text);
        Assert.Equal(["untag --version", "untag scan x"], blocks.Select(block => block.Command));
        Assert.Equal(["untag 0.1.0"], blocks[0].Output);
        Assert.Equal(3, blocks[0].Line);
    }

    [Fact]
    public void Dots_stand_for_lines_and_for_parts_of_a_line()
    {
        var block = ConsoleBlock.ReadAll("doc.md", Text)[1];
        Assert.True(block.Shows(["first", "second", "third", "3 files, 0.2 s"]));
        Assert.True(block.Shows(["first", "3 files, 0.2 s"]));
        Assert.False(block.Shows(["second", "3 files, 0.2 s"]));
        Assert.False(block.Shows(["first", "4 files, 0.2 s"]));
        Assert.False(block.Shows(["first", "3 files, 0.2 s", "more"]));
    }
}
