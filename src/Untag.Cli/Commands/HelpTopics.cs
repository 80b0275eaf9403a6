using System.CommandLine;
using System.Text;
using Untag.Policy;

namespace Untag.Cli.Commands;

/// <summary><c>untag help TOPIC</c>: what does not belong to one command.</summary>
internal static class HelpTopics
{
    private static readonly Dictionary<string, Func<string>> Topics = new(StringComparer.Ordinal)
    {
        ["exit-codes"] = () => """
            0    everything asked for was done, and nothing speaks against the product
            1    there are findings of level error (with --strict: or warning), or a claim fails or is insufficient;
                 of `untag guard health`: the guard is not ready
            2    it could not be done, or only a part: a file was not read, a word was not understood
            10 and up: `untag verify` does not accept a bundle, or `untag log verify` a log; docs/exit-codes.md lists them
            130  stopped by Ctrl-C

            What was not read outweighs what was found: a partial run exits 2 even when it has findings.
            """,
        ["environment"] = Environment,
        ["formats"] = () => """
            text    for people; colours only on a terminal
            json    `untag scan`: untag/scan/1, `untag check`: untag/check/1, `untag audit`: untag/audit/1,
                    `untag erase certify`: untag/erasure/1; everything
            sarif   SARIF 2.1.0, for code scanning
            github  annotations of a GitHub workflow
            junit   JUnit XML, a test case for each rule
            markdown  a summary for a pull request, or for $GITHUB_STEP_SUMMARY
            html    a page that needs nothing else, of `untag check` and `untag audit`

            Several in one run: --format text --format sarif=untag.sarif --format json=untag.json. A form without a
            file goes to standard output, or to the file of --output.

            The documents are described, with their JSON Schemas, in docs/formats of the repository.
            """,
        ["config"] = () => """
            The nearest untag.yaml in the folder or above it; --config names another. Words on the command line win over
            variables, variables over the file. Paths in the file are relative to it. Every key is optional.

            product: acme-face
            version: 2.3.0
            policy: default             # or a file: docs/formats/policy.md
            jurisdictions: [eu, uk]     # br, cn, coe, eu, nz, uk, us-co, us-il, us-tx
            role: provider              # or deployer
            ships: [dist/*.whl, models/*.onnx]
            scan:
              paths: [.]
              exclude: [third_party/**]
              baseline: untag-baseline.json # known findings: docs/formats/baseline.md
              limits:                   # docs/formats/product.md lists them
                file-time: 5m
              allow:
                - rule: UT0105
                  path: fairness/**
                  reason: bias measurement on consented test data
                  until: 2027-06-30
                  approver: compliance@example.com
                  basis: eu-ai-act-4a   # asks for its own fields: no_other_data, acquisition, access, deletion
            audit:                      # what outputs and decisions say of groups
              data: eval/decisions.csv
              group: self_described_group
              person: subject_id
              outputs: [class_17]
              decisions: {alert: score >= 0.62, truth: is_match}
              tolerance: {leak_auc: 0.60, rate_gap: 0.05}
            erase:
              map: models/erase.npz
              certificate: models/erase.json # of `untag erase certify --format json`
            guard:                      # docs/guard.md explains every key
              listen: 127.0.0.1:8080
              upstream: http://127.0.0.1:9000
              mode: strip               # or block, observe
              log: .untag/guard-log
              routes:
                - {path: /v2/models/**, mode: block, tensors: [boxes, scores]}
              limits: {reply-body: 32MiB, concurrency: 1000}
            """,
    };

    public static Command Build(RootCommand root)
    {
        var topic = new Argument<string?>("topic")
        {
            Description = "exit-codes, environment, formats, config, or a command",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("help", "tell about a topic or a command") { topic };
        command.SetAction(words =>
        {
            Console.Out.WriteLine(TextOf(words.GetValue(topic), root));
            return ExitCode.Holds;
        });
        return command;
    }

    private static string TextOf(string? topic, RootCommand root)
    {
        if (topic is null)
            return HelpPages.PageOf(root, HelpDetail.Short); // one screen; --help tells more
        if (Topics.TryGetValue(topic, out var text))
            return text();
        if (root.Subcommands.FirstOrDefault(command => command.Name == topic) is { } known)
            return HelpPages.PageOf(known, HelpDetail.Full);
        List<string> names = [.. Topics.Keys, .. root.Subcommands.Select(command => command.Name)];
        throw new UserError($"there is no topic `{topic}`", Spelling.Hint(topic, names));
    }

    private static string Environment()
    {
        var text = new StringBuilder("""
            Every option has a variable of the same name; the command line wins. A switch is 1 or 0; the
            patterns in UNTAG_EXCLUDE and the forms in UNTAG_FORMAT are divided by commas.


            """);
        foreach (var option in Settings.Headings.SelectMany(heading => heading.Options))
            text.Append($"{Settings.VariableOf(option.Name).PadRight(25)} {option.Name}: {option.Description}\n");
        return text.Append("\nNO_COLOR, CLICOLOR_FORCE and TERM=dumb are respected.").ToString();
    }
}
