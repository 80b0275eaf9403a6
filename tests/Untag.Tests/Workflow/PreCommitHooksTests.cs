using Untag.Cli;
using Untag.Tests.Architecture;
using YamlDotNet.RepresentationModel;

namespace Untag.Tests.Workflow;

public sealed class PreCommitHooksTests
{
    // The manifest's keys, as pre-commit documents them; it ignores others with a warning only.
    private static readonly string[] Keys =
    [
        "id", "name", "description", "entry", "args", "language", "always_run", "pass_filenames", "stages",
        "minimum_pre_commit_version",
    ];

    public static TheoryData<string> Hooks => [.. ReadHooks().Select(hook => hook["id"].ToString())];

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_hook_has_known_keys_and_runs_a_command_that_exists(string id)
    {
        var hook = ReadHooks().Single(hook => hook["id"].ToString() == id);
        Assert.Empty(hook.Children.Keys.Select(key => key.ToString()).Except(Keys));
        Assert.Equal("system", hook["language"].ToString());
        var words = CommandOf(hook);
        Assert.Equal("untag", words[0]);
        Assert.Empty(CommandTree.Build().Parse([.. words[1..]]).Errors);
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_hook_refuses_a_tag_and_lets_a_clean_file_pass(string id)
    {
        var hook = ReadHooks().Single(hook => hook["id"].ToString() == id);
        using var product = new Shell(("tag.py", Shell.Tagged), ("clean.py", "size = 7\n"));
        var command = string.Join(' ', CommandOf(hook));
        Assert.Equal("false", hook["pass_filenames"].ToString());
        Assert.Equal(0, product.Run("git init --quiet && git add --all").ExitCode);
        var refused = product.Run(command);
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("tag.py\n  error   2:13    UT0101", refused.Output, StringComparison.Ordinal);
        Assert.Equal(0, product.Run("rm tag.py && git add --all").ExitCode);
        Assert.Equal((0, ""), product.Run(command));
    }

    [Fact]
    public void What_is_staged_with_its_allowance_is_accepted()
    {
        const string Allowance = "# untag:allow UT0101 until=2999-12-31 reason=\"bias measurement\"\n";
        using var product = new Shell(("tag.py", Shell.Tagged.Replace("CLASSES", Allowance + "CLASSES", StringComparison.Ordinal)));
        Assert.Equal(0, product.Run("git init --quiet && git add --all").ExitCode);
        var (code, output) = product.Run("untag scan --staged --quiet");
        Assert.Equal(0, code);
        Assert.StartsWith("tag.py\n  note    3:13    UT0101", output, StringComparison.Ordinal);
        Assert.Contains("accepted until 2999-12-31 (tag.py:2): bias measurement", output, StringComparison.Ordinal);
    }

    private static List<string> CommandOf(YamlMappingNode hook) =>
        [.. hook["entry"].ToString().Split(' '), .. ((YamlSequenceNode)hook["args"]).Select(word => word.ToString())];

    private static List<YamlMappingNode> ReadHooks()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Repository.File(".pre-commit-hooks.yaml"))));
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode).Cast<YamlMappingNode>()];
    }
}
