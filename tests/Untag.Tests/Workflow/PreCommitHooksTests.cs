using Untag.Cli;
using Untag.Tests.Architecture;
using YamlDotNet.RepresentationModel;

namespace Untag.Tests.Workflow;

public sealed class PreCommitHooksTests
{
    // The manifest's keys, as pre-commit documents them; it ignores others with a warning only.
    private static readonly string[] Keys =
    [
        "id", "name", "description", "entry", "args", "language", "require_serial", "always_run", "pass_filenames", "stages",
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
        Assert.Empty(CommandTree.Build().Parse([.. words[1..], "a.py"]).Errors);
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_hook_refuses_a_tag_and_lets_a_clean_file_pass(string id)
    {
        var hook = ReadHooks().Single(hook => hook["id"].ToString() == id);
        using var product = new Shell(("tag.py", Shell.Tagged), ("clean.py", "size = 7\n"));
        var takesFiles = !hook.Children.TryGetValue("pass_filenames", out var passes) || passes.ToString() == "true";
        var command = string.Join(' ', CommandOf(hook));
        Assert.Equal(1, product.Run(command + (takesFiles ? " tag.py clean.py" : "")).ExitCode);
        product.Run("rm tag.py");
        Assert.Equal((0, ""), product.Run(command + (takesFiles ? " clean.py" : "")));
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
