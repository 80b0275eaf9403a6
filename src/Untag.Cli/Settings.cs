using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Untag.Evidence;
using Untag.Policy;

namespace Untag.Cli;

/// <summary>Every option of every command, in one place. Each has a variable of the same name: <c>--format</c> is
/// <c>UNTAG_FORMAT</c>. The command line wins.</summary>
internal static class Settings
{
    public static readonly Option<Outlet[]> Format = Forms();

    public static readonly Option<string?> Output = Text("--output", "file", "write the results to a file", "-o");

    public static readonly Option<string?> Config = Text(
        "--config", "file", "product file to use instead of the nearest untag.yaml");

    public static readonly Option<string?> Policy = Text("--policy", "file", "policy file to use instead of the one in Untag");

    public static readonly Option<string[]> Exclude = new("--exclude")
    {
        Description = "path pattern to leave out; may be given several times",
        HelpName = "glob",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => Variable("--exclude")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
    };

    public static readonly Option<string?> StdinName = Text(
        "--stdin-name", "name", "name of standard input: its ending tells the format");

    public static readonly Option<bool> History = Switch(
        "--history", "read what every commit of HEAD and of all refs held, too");

    public static readonly Option<string?> Since = Text(
        "--since", "rev", "report only tags that commits after this revision brought");

    public static readonly Option<bool> Staged = Switch(
        "--staged", "report only tags that are staged in git: for a pre-commit hook");

    public static readonly Option<bool> NoIgnore = Switch("--no-ignore", "read what .gitignore and .untagignore leave out");

    public static readonly Option<bool> Sensitive = Switch(
        "--sensitive", "report sensitive traits too, such as gender and skin tone");

    public static readonly Option<bool> Strict = Switch("--strict", "exit 1 on warnings too");

    public static readonly Option<bool> ExitZero = Switch("--exit-zero", "exit 0 even when there are findings");

    public static readonly Option<string?> Baseline = Text(
        "--baseline", "file", "findings that are known: they are counted and fail nothing");

    public static readonly Option<string?> WriteBaseline = Text(
        "--write-baseline", "file", "write what is found as a baseline");

    public static readonly Option<string?> Cache = Text(
        "--cache", "folder", "keep what files gave there, and read only those that have changed");

    public static readonly Option<bool> Timings = Switch("--timings", "say on standard error where the time went");

    public static readonly Option<bool> Quiet = Switch("--quiet", "no progress and no summary", "-q");

    public static readonly Option<bool> All = Switch("--all", "every rule");

    public static readonly Option<int> Jobs = new("--jobs", "-j")
    {
        Description = "files read at the same time; otherwise one for each processor",
        HelpName = "n",
        CustomParser = result => ReadCount(result, result.Tokens.Count == 0 ? null : result.Tokens[0].Value),
        DefaultValueFactory = result => ReadCount(result, Variable("--jobs")),
    };

    public static readonly Option<string> Color = Choice("--color", "when to use colours", "auto", "auto", "always", "never");

    public static readonly Option<string[]> Group = Texts(
        "--group", "column", "column with the groups that people stated; two: both together");

    public static readonly Option<string[]> Person = Texts(
        "--person", "column", "column of the person, else a row is one; two: a row compares them");

    public static readonly Option<string[]> Strata = Texts(
        "--strata", "columns", "such as the camera: what it explains is no leak; repeatable");

    public static readonly Option<string[]> Outputs = Texts(
        "--outputs", "columns", "columns that the product outputs, divided by commas; repeatable");

    public static readonly Option<string?> Embedding = Text(
        "--embedding", "file|column", "an embedding a row: a .npy or .npz, or a column of lists");

    public static readonly Option<string[]> Decision = Texts(
        "--decision", "condition", "such as `alert = score >= 0.62`, or a column; repeatable");

    public static readonly Option<string?> Fte = Text(
        "--fte", "condition", "when a row failed to enrol: a column of yes and no, or a condition");

    public static readonly Option<string?> Fta = Text(
        "--fta", "condition", "when a row failed to be acquired; failed rows are in no other measure");

    public static readonly Option<string?> Truth = Text("--truth", "column", "column with the truth of each row, yes or no");

    public static readonly Option<string[]> LabelNoise = Texts(
        "--label-noise", "share", "how often a stated group is wrong: 0.03, x=0.02; repeatable");

    public static readonly Option<string[]> Cohorts = Texts(
        "--cohorts", "groups", "all groups that there are, divided by commas: another is an error");

    public static readonly Option<string?> Plan = Text(
        "--plan", "file", "what `untag audit plan` wrote: it says what is measured");

    public static readonly Option<string?> Partial = Text(
        "--partial", "file", "write sums to merge with those of other people, and judge nothing");

    public static readonly Option<double?> LeakAuc = Share(
        "--leak-auc", 0.5, "largest leak tolerated, as an area under a curve; 0.60");

    public static readonly Option<double?> RateGap = Share(
        "--rate-gap", 0, "largest difference of rates tolerated, from 0 to 1; 0.05");

    public static readonly Option<string?> Key = Text(
        "--key", "pem", "key in PEM: a file, or env:NAME for a variable that holds it");

    public static readonly Option<string?> AffirmedBy = Text(
        "--affirmed-by", "name", "who affirms it, with their office");

    public static readonly Option<string?> By = Text("--by", "name", "who says it, with their office");

    public static readonly Option<string> Says = Choice(
        "--says", "what is said of the statement; agrees", CountersignWords.Agrees, [.. CountersignWords.All]);

    public static readonly Option<string?> Remark = Text("--remark", "text", "the reason, in one's own words");

    public static readonly Option<string?> Product = Text(
        "--product", "folder", "compare the digests of the product in this folder");

    public static readonly Option<string?> Previous = Text(
        "--previous", "bundle", "the bundle before it: what changed since is signed, or compared");

    public static readonly Option<string?> ValidUntil = Text(
        "--valid-until", "day", "last day on which the key signs, such as 2027-12-31");

    public static readonly Option<string?> Request = Text("--request", "file", "write the request for a time stamp");

    public static readonly Option<string?> Authority = Text("--authority", "url", "ask this authority of time stamps");

    public static readonly Option<string?> Answer = Text("--answer", "file", "what an authority of time stamps answered");

    public static readonly Option<string?> TimestampRoot = Text(
        "--timestamp-root", "pem", "certificates of authorities of time stamps that you trust");

    public static readonly Option<string?> Name = Text("--name", "name", "make a key of a log with this name: example.com/log");

    public static readonly Option<string?> Log = Text("--log", "folder", "folder of the transparency log to write into");

    public static readonly Option<string?> LogKey = Text(
        "--log-key", "key", "key of the log: itself, a file, or env:NAME");

    public static readonly Option<string[]> Witness = Texts(
        "--witness", "key", "key of a witness, or its file; to ask it KEY=URL; repeatable");

    public static readonly Option<string?> Checkpoint = Text(
        "--checkpoint", "file", "a checkpoint of the log that you have seen before");

    public static readonly Option<string[]> Labels = Texts(
        "--labels", "table", "table with the group of each row of the array; repeatable");

    public static readonly Option<string?> Keep = Text("--keep", "column", "column with the classes of a task that must survive, or is looked at");

    public static readonly Option<bool> Shrink = Switch("--shrink", "allow few people: the edit is larger than it need be");

    public static readonly Option<bool> Center = Switch("--center", "bring the mean to 0: for rows brought to length 1 afterwards");

    public static readonly Option<bool> Everybody = Switch("--everybody", "fit on all people; half are left to certify on otherwise");

    public static readonly Option<string[]> Then = Texts(
        "--then", "step", "what becomes of embeddings: unit-norm, float16, int8; repeatable");

    public static readonly Option<bool> Folded = Switch(
        "--folded", "the array is what a model gave that the map was folded into");

    public static readonly Option<bool> OtherPeople = Switch(
        "--other-people", "the table names nobody of the fit; the certificate says so");

    // Without a variable: UNTAG_OUTPUT names a file.
    public static readonly Option<string?> OutputName = new("--output")
    {
        Description = "what the model gives: the output on whose rows the map was fitted",
        HelpName = "name",
    };

    public static readonly Option<bool> Append = Switch(
        "--append", "put the map behind the output, as a layer of its own");

    public static readonly Option<string[]> Listen = Texts(
        "--listen", "address", "where clients come to, such as 127.0.0.1:8080; repeatable");

    public static readonly Option<string?> Upstream = Text(
        "--upstream", "address", "the service behind the guard, such as http://127.0.0.1:9000");

    public static readonly Option<string?> Mode = Text(
        "--mode", "mode", "what becomes of a reply with a tag: strip, block or observe; strip");

    public static readonly Option<string?> Replica = Text(
        "--replica", "name", "which of several guards with one log this is; the machine's name");

    public static readonly Option<string?> Timeout = Text("--timeout", "time", "how long the answer may take; 3s");

    public static readonly Option<string?> Certificate = Text(
        "--certificate", "pem", "certificate and key of a client, where `admin` asks for one");

    public static readonly Option<string?> Out = Text("--out", "file", "the file to write; never one that is read");

    /// <summary>The options in the order of the help, by heading.</summary>
    public static readonly (string Heading, Option[] Options)[] Headings =
    [
        ("What to read", [Exclude, NoIgnore, StdinName, Config]),
        ("Git", [History, Since, Staged]),
        ("What to report", [Policy, Sensitive, Strict, ExitZero, Baseline, WriteBaseline, All]),
        ("What to measure", [Group, Person, Strata, Outputs, Embedding, Decision, Truth, Fte, Fta, LabelNoise, Cohorts, LeakAuc, RateGap, Plan, Partial]),
        ("Evidence", [Key, AffirmedBy, By, Says, Remark, Product, Previous, ValidUntil, Authority, Request, Answer, TimestampRoot, Name, Log, LogKey, Witness, Checkpoint]),
        ("What to erase", [Labels, Keep, Shrink, Center, Everybody, OtherPeople, Folded, Then, OutputName, Append, Out]),
        ("Guard", [Listen, Upstream, Mode, Replica, Timeout, Certificate]),
        ("Output", [Format, Output, Color, Quiet]),
        ("Work", [Jobs, Cache, Timings, .. LimitOptions.All]),
    ];

    /// <summary>Name of the variable of an option.</summary>
    public static string VariableOf(string option) =>
        "UNTAG_" + option.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    /// <summary>The value of the variable of an option; null when it is not set or empty.</summary>
    public static string? Variable(string option) =>
        Environment.GetEnvironmentVariable(VariableOf(option)) is { Length: > 0 } value ? value : null;

    private static Option<string?> Text(string name, string helpName, string description, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => Variable(name),
        };

    private static Option<string[]> Texts(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => Variable(name) is { } value ? [value] : [],
    };

    private static Option<double?> Share(string name, double least, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result => ReadShare(result, name, result.Tokens[0].Value, least),
        DefaultValueFactory = result =>
            Variable(name) is { } value ? ReadShare(result, VariableOf(name), value, least) : null,
    };

    private static double? ReadShare(ArgumentResult result, string name, string text, double least)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share > least && share < 1)
            return share;
        result.AddError(string.Create(
            CultureInfo.InvariantCulture, $"`{text}` is no value of {name}: write a number above {least} and below 1"));
        return null;
    }

    private static Option<bool> Switch(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        Arity = ArgumentArity.Zero,
        DefaultValueFactory = result => ReadSwitch(result, name),
    };

    private static bool ReadSwitch(ArgumentResult result, string name)
    {
        switch (Variable(name)?.ToLowerInvariant())
        {
            case null or "0" or "false" or "no" or "off":
                return false;
            case "1" or "true" or "yes" or "on":
                return true;
            default:
                result.AddError($"`{Variable(name)}` is no value of {VariableOf(name)}: write 1 or 0");
                return false;
        }
    }

    private static int ReadCount(ArgumentResult result, string? text)
    {
        if (text is null)
            return Environment.ProcessorCount;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            return count;
        result.AddError($"`{text}` is no value of --jobs: write a whole number above 0");
        return 1;
    }

    private static Option<Outlet[]> Forms()
    {
        var option = new Option<Outlet[]>("--format")
        {
            Description = string.Join(", ", Outlets.Formats) + "; repeatable",
            HelpName = "form[=file]",
            AllowMultipleArgumentsPerToken = false,
            CustomParser = result => Outlets.Read(result, "--format", [.. result.Tokens.Select(token => token.Value)]),
            DefaultValueFactory = result => Outlets.Read(
                result, VariableOf("--format"),
                Variable("--format")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? ["text"]),
        };
        option.CompletionSources.Add(Outlets.Formats);
        return option;
    }

    private static Option<string> Choice(string name, string description, string standard, params string[] values)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', values),
            CustomParser = result => Chosen(result, name, result.Tokens[0].Value, values),
            DefaultValueFactory = result =>
                Variable(name) is { } value ? Chosen(result, VariableOf(name), value, values) : standard,
        };
        option.CompletionSources.Add(values);
        return option;
    }

    private static string Chosen(ArgumentResult result, string name, string value, string[] values)
    {
        if (!values.Contains(value))
            result.AddError($"`{value}` is no value of {name}: {Spelling.Hint(value, values)}");
        return value;
    }
}
