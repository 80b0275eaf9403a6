using System.Text.RegularExpressions;
using Untag.Cli;
using Untag.Tests.Architecture;
using Untag.Tests.Scan.Reports;
using YamlDotNet.RepresentationModel;

namespace Untag.Tests.Workflow;

/// <summary>The GitHub Action of the repository: its shell parts are run here as a runner would run them.</summary>
public sealed partial class ActionTests
{
    [Fact]
    public void The_actions_that_it_uses_are_pinned_by_commit()
    {
        var uses = Steps().Where(step => step.Children.ContainsKey("uses")).Select(step => step["uses"].ToString()).ToList();
        Assert.Equal(2, uses.Count);
        Assert.All(uses, one => Assert.Matches("^[a-z-]+/[a-z/-]+@[0-9a-f]{40}$", one));
    }

    [Fact]
    public void Every_input_is_used_explained_and_never_part_of_a_script()
    {
        var text = File.ReadAllText(Repository.File("action.yml"));
        var guide = File.ReadAllText(Repository.File("docs", "workflow.md"));
        foreach (var input in ((YamlMappingNode)Action()["inputs"]).Children.Keys.Select(key => key.ToString()))
        {
            Assert.Contains($"inputs.{input}", text, StringComparison.Ordinal);
            Assert.Contains($"`{input}`", guide, StringComparison.Ordinal);
        }

        Assert.All(Scripts(), script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_variable_of_its_scan_is_one_of_an_option()
    {
        var known = Settings.Headings.SelectMany(heading => heading.Options).Select(option => Settings.VariableOf(option.Name));
        var used = ((YamlMappingNode)Step("scan")["env"]).Children.Keys.Select(key => key.ToString()).ToList();
        Assert.NotEmpty(used);
        Assert.Empty(used.Except(known));
    }

    [Fact]
    public void What_it_builds_is_in_the_repository() =>
        Assert.True(Directory.Exists(Repository.File(Regex.Match(Step("build")["run"].ToString(), @"publish (\S+)").Groups[1].Value)));

    [Fact]
    public void Its_scripts_are_clean()
    {
        using var shell = new Shell();
        Assert.SkipWhen(shell.Run("command -v shellcheck").ExitCode != 0, "shellcheck is not installed");
        foreach (var script in Scripts())
        {
            File.WriteAllText(shell.At("script.sh"), "#!/usr/bin/env bash\nset -eo pipefail\n" + script);
            Assert.Equal((0, ""), shell.Run("shellcheck script.sh"));
        }
    }

    [Theory]
    [InlineData("tagged", "", 1, 1)]
    [InlineData("tagged", "fail-on-findings=false", 1, 0)]
    [InlineData("tagged", "exclude=*.py", 0, 0)]
    [InlineData("clean", "", 0, 0)]
    [InlineData("clean", "strict=yes,please", 2, 2)]
    [InlineData("clean", "baseline=gone.json", 2, 2)]
    [InlineData("partial", "", 2, 2)]
    [InlineData("partial", "fail-on-findings=false", 2, 2)]
    public void It_reports_everything_and_fails_when_it_should(string product, string inputs, int scanned, int verdict)
    {
        using var shell = new Shell(("a.py", product == "tagged" ? Shell.Tagged : "size = 7\n"));
        if (product == "partial")
            File.CreateSymbolicLink(shell.At("loose"), "nowhere");
        var runner = Directory.CreateTempSubdirectory("untag-runner-");
        try
        {
            var output = Path.Join(runner.FullName, "output");
            var summary = Path.Join(runner.FullName, "summary");
            shell.Variables["RUNNER_TEMP"] = runner.FullName;
            shell.Variables["GITHUB_OUTPUT"] = output;
            shell.Variables["GITHUB_STEP_SUMMARY"] = summary;
            SetVariables(shell, Step("scan"), inputs, exitCode: "");
            var scan = shell.Run(Step("scan")["run"].ToString());
            Assert.True(scan.ExitCode == 0, scan.Output); // the verdict is a later step, after the upload
            Assert.Contains($"exit-code={scanned}\n", File.ReadAllText(output), StringComparison.Ordinal);
            if (verdict < 2 || product == "partial")
            {
                var sarif = SarifFile().Match(File.ReadAllText(output)).Groups[1].Value;
                Assert.Equal("2.1.0", Samples.Parsed(File.ReadAllText(sarif)).GetProperty("version").GetString());
                Assert.StartsWith("## Untag: ", File.ReadAllText(summary), StringComparison.Ordinal);
            }

            SetVariables(shell, Step("verdict"), inputs, exitCode: $"{scanned}");
            Assert.Equal(verdict, shell.Run(Step("verdict")["run"].ToString()).ExitCode);
        }
        finally
        {
            runner.Delete(recursive: true);
        }
    }

    private static void SetVariables(Shell shell, YamlMappingNode step, string inputs, string exitCode)
    {
        var given = inputs.Split('=', 2) is [var name, var value] ? (name, value) : ("", "");
        foreach (var (key, expression) in ((YamlMappingNode)step["env"]).Children)
        {
            var input = InputName().Match(expression.ToString());
            shell.Variables[key.ToString()] = !input.Success ? exitCode
                : input.Groups[1].Value == given.Item1 ? given.Item2
                : ((YamlMappingNode)Action()["inputs"])[input.Groups[1].Value]["default"].ToString();
        }
    }

    private static YamlMappingNode Action()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Repository.File("action.yml"))));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Steps() =>
        ((YamlSequenceNode)Action()["runs"]["steps"]).Cast<YamlMappingNode>();

    private static YamlMappingNode Step(string id) =>
        Steps().Single(step => step.Children.TryGetValue("id", out var value) && value.ToString() == id);

    private static IEnumerable<string> Scripts() =>
        Steps().Where(step => step.Children.ContainsKey("run")).Select(step => step["run"].ToString());

    [GeneratedRegex(@"^\$\{\{ inputs\.([a-z-]+) \}\}$")]
    private static partial Regex InputName();

    [GeneratedRegex("^sarif-file=(.+)$", RegexOptions.Multiline)]
    private static partial Regex SarifFile();
}
