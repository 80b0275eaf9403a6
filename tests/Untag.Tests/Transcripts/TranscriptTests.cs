namespace Untag.Tests.Transcripts;

public sealed class TranscriptTests
{
    private const string Text = """
        # two steps
        +++ a/b.txt
        first

        +++
        > cat a/b.txt
        | first
        |
        = 0

        > cat x
        ! cat: …
        = 1
        """;

    [Fact]
    public void Files_commands_both_outputs_and_exit_codes_are_read()
    {
        var transcript = Transcript.Parse(Text);
        Assert.Equal([("a/b.txt", "first\n\n")], transcript.Files);
        Assert.Equal(["cat a/b.txt", "cat x"], transcript.Steps.Select(step => step.Command));
        Assert.Equal(["first", ""], transcript.Steps[0].Output);
        Assert.Equal(["cat: …"], transcript.Steps[1].Errors);
        Assert.Equal(1, transcript.Steps[1].ExitCode);
    }

    [Fact]
    public void A_step_notices_another_code_output_or_error()
    {
        var step = Transcript.Parse(Text).Steps[1];
        Assert.True(step.Allows(step with { Errors = ["cat: no such file"] }));
        Assert.False(step.Allows(step with { Errors = ["cat: no such file"], ExitCode = 0 }));
        Assert.False(step.Allows(step with { Errors = ["dog: no such file"] }));
        Assert.False(step.Allows(step with { Errors = ["cat: x"], Output = ["x"] }));
    }

    [Theory]
    [InlineData("> true\n| a\n")]
    [InlineData("hello\n= 0\n")]
    [InlineData("> true\nhello\n= 0\n")]
    public void What_is_no_transcript_is_refused(string text) => Assert.Throws<FormatException>(() => Transcript.Parse(text));
}
