using Untag.Cli;

namespace Untag.Tests.Cli;

public sealed class SettingsTests
{
    [Fact]
    public void Every_option_of_every_command_stands_in_the_table_and_so_in_the_help()
    {
        var listed = Settings.Headings.SelectMany(heading => heading.Options).ToHashSet();
        foreach (var command in CommandTree.Build().Subcommands)
            Assert.All(command.Options, option => Assert.Contains(option, listed));
    }

    [Fact]
    public void Every_page_of_help_fits_into_120_columns()
    {
        var root = CommandTree.Build();
        foreach (var command in root.Subcommands.Append(root))
        {
            foreach (var detail in Enum.GetValues<HelpDetail>())
                Assert.All(HelpPages.PageOf(command, detail).Split('\n'), line => Assert.True(line.Length <= 120, line));
        }
    }

    [Theory]
    [InlineData("--format", "UNTAG_FORMAT")]
    [InlineData("--stdin-name", "UNTAG_STDIN_NAME")]
    public void A_variable_is_named_after_its_option(string option, string variable) =>
        Assert.Equal(variable, Settings.VariableOf(option));
}
