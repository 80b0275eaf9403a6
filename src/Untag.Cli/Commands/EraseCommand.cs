using System.CommandLine;
using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Cli.Text;
using Untag.Erase;

namespace Untag.Cli.Commands;

/// <summary><c>untag erase fit</c>: makes a map that takes a trait out of embeddings; <c>untag erase apply</c>: uses it;
/// <c>untag erase certify</c>: looks whether probes find the trait behind it.</summary>
internal static class EraseCommand
{
    private static readonly Argument<string> Embedding = new("embedding") { Description = "array of NumPy (.npy), an embedding in each row" };

    private static readonly Argument<string> Map = new("map") { Description = "what `untag erase fit` wrote (.npz)" };

    public static Command Build() => new("erase", "take a trait out of embeddings, and certify it") { BuildFit(), BuildApply(), BuildCertify() };

    private static Command BuildFit()
    {
        var fit = new Command("fit", "fit a map on embeddings and the groups that people stated of themselves")
        {
            Embedding, Settings.Labels, Settings.Group, Settings.Person, Settings.Keep, Settings.Shrink, Settings.Center, Settings.Everybody, Settings.Out,
        };
        fit.SetAction((words, cancellation) => Task.FromResult(Mended(() => Fit(words, cancellation))));
        return fit;
    }

    private static Command BuildApply()
    {
        var apply = new Command("apply", "erase an array, row by row") { Map, Embedding, Settings.Then, Settings.Out };
        apply.SetAction((words, cancellation) => Task.FromResult(Mended(() => Apply(words, cancellation))));
        return apply;
    }

    private static Command BuildCertify()
    {
        var certify = new Command("certify", "look whether probes find the trait behind a map, in people who were not in the fit")
        {
            Map, Embedding, Settings.Labels, Settings.Group, Settings.Person, Settings.Then, Settings.OtherPeople, Settings.LeakAuc,
            Settings.Format, Settings.Output, Settings.Color, Settings.ExitZero,
        };
        certify.SetAction((words, cancellation) => Task.FromResult(Mended(() => Certify(words, cancellation))));
        return certify;
    }

    private static int Certify(ParseResult words, CancellationToken cancellation)
    {
        var outlet = Outlets.Single(words, "a certificate", "text", "json");
        var standard = new Tolerances();
        var certificate = Certifier.Certify(
            TableSource.At(words.GetValue(Map)!), Request(words), ConsumedForm.Of(words.GetValue(Settings.Then)!),
            standard with { LeakAuc = words.GetValue(Settings.LeakAuc) ?? standard.LeakAuc }, words.GetValue(Settings.OtherPeople), cancellation);
        ResultOutput.Write(outlet.File, output =>
        {
            if (outlet.Format == "json")
                CertificateFile.Write(certificate, output);
            else
                ScanReports.WriteText(output, text => new CertificateText(Terminals.For(words, outlet), text).Write(certificate));
        });
        return certificate.Holds || words.GetValue(Settings.ExitZero) ? ExitCode.Holds : ExitCode.Findings;
    }

    private static int Fit(ParseResult words, CancellationToken cancellation)
    {
        var path = Needed(words, Settings.Out, "where is the map to go?");
        var write = MapFile.Writer(path);
        var request = Request(words) with
        {
            Keep = words.GetValue(Settings.Keep),
            Shrinks = words.GetValue(Settings.Shrink),
            Centres = words.GetValue(Settings.Center),
            FittedOn = words.GetValue(Settings.Everybody) ? FittedPeople.Everybody : FittedPeople.Half,
        };
        RefuseInput(path, [words.GetValue(Embedding)!, .. words.GetValue(Settings.Labels)!]);
        var map = Eraser.Fit(request, cancellation);
        ResultOutput.Write(path, output => write(map, output));
        var people = map.Note.FittedOn == MapNote.Half ? "half of the people" : "everybody";
        Terminal.WriteDone($"wrote {path}: {map.Note.Directions} of {map.Note.Dimensions} directions are taken out; fitted on {people}");
        Terminal.WriteWarning($"{path}: {MapNote.Warning}");
        return ExitCode.Holds;
    }

    private static int Apply(ParseResult words, CancellationToken cancellation)
    {
        var (map, array, path) = (words.GetValue(Map)!, words.GetValue(Embedding)!, Needed(words, Settings.Out, "where is the array to go?"));
        RefuseInput(path, [map, array]);
        if (!path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
            throw new UserError($"`{path}` is no name of an array", "name it .npy");
        var form = ConsumedForm.Of(words.GetValue(Settings.Then)!);
        var eraser = MapFile.Read(TableSource.At(map));
        long rows = 0;
        ResultOutput.Write(path, output => rows = Eraser.Apply(eraser, TableSource.At(array), form, output, cancellation));
        Terminal.WriteDone($"wrote {path}: {rows} rows{(form.Steps.Count > 0 ? ", then " + string.Join(", ", form.Steps) : "")}");
        return ExitCode.Holds;
    }

    /// <summary>What a map is fitted or certified on, as typed.</summary>
    private static EraseRequest Request(ParseResult words)
    {
        var (labels, groups, people) = (words.GetValue(Settings.Labels)!, words.GetValue(Settings.Group)!, words.GetValue(Settings.Person)!);
        if (labels.Length == 0)
            throw new UserError("which table holds the groups?", "name it: --labels TABLE");
        if (groups.Length != 1)
            throw new UserError(groups.Length == 0 ? "which column holds the group?" : "one column holds the groups", "name it: --group COLUMN");
        if (people.Length > 1)
            throw new UserError("one column holds the people", "name it: --person COLUMN");
        return new EraseRequest
        {
            Embedding = TableSource.At(words.GetValue(Embedding)!),
            Labels = [.. labels.Select(TableSource.At)],
            Group = groups[0],
            Person = people.FirstOrDefault(),
        };
    }

    private static string Needed(ParseResult words, Option<string?> option, string question) =>
        words.GetValue(option) ?? throw new UserError(question, $"name it: {option.Name} FILE");

    private static void RefuseInput(string path, IEnumerable<string> inputs)
    {
        foreach (var input in inputs)
        {
            if (Target(path) == Target(input))
                throw new UserError($"`{path}` is read: it is not overwritten", $"name another file: {Settings.Out.Name} FILE");
        }
    }

    // The file behind a link, and the same file under another spelling of its path.
    private static string Target(string path)
    {
        var full = Path.GetFullPath(path); // a link that is named without its folder is resolved from the root
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return full;
        }
    }

    private static int Mended(Func<int> erase)
    {
        try
        {
            return erase();
        }
        catch (AuditInputException problem)
        {
            throw new UserError(problem.Message, problem.Hint);
        }
    }
}
