using System.CommandLine;
using Untag.Cli.Commands;

namespace Untag.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand("untag finds ethnic tags in computer-vision products and proves their absence.")
        {
            CheckCommand.Build(),
            ScanCommand.Build(),
            AuditCommand.Build(),
            EraseCommand.Build(),
            GuardCommand.Build(),
            ProveCommand.Build(),
            VerifyCommand.Build(),
            LogCommand.Build(),
            KeysCommand.Build(),
            ExplainCommand.Build(),
            PolicyCommand.Build(),
            InitCommand.Build(),
            CompletionsCommand.Build(),
        };
        root.Add(HelpTopics.Build(root));
        root.SetAction(_ =>
        {
            Console.Out.WriteLine(HelpPages.PageOf(root, HelpDetail.Short));
            return ExitCode.Holds;
        });
        HelpPages.Install(root);
        return root;
    }
}
