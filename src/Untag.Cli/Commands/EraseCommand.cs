using System.CommandLine;
using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Cli.Text;
using Untag.Erase;
using Untag.Erase.Onnx;

namespace Untag.Cli.Commands;

/// <summary><c>untag erase fit</c>: makes a map that takes a trait out of embeddings; <c>untag erase apply</c>: uses it;
/// <c>untag erase fold</c>: puts it into a model; <c>untag erase certify</c>: looks whether probes find the trait behind it.</summary>
internal static class EraseCommand
{
    private static readonly Argument<string> Embedding = new("embedding") { Description = "array of NumPy (.npy), an embedding in each row" };

    private static readonly Argument<string[]> Embeddings = new("embedding")
    {
        Description = "arrays of NumPy (.npy) that count as one, an embedding in each row",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Argument<string[]> Parts = new("part")
    {
        Description = "files that `untag erase fit --partial` wrote",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Argument<string> Map = new("map") { Description = "what `untag erase fit` wrote (.npz)" };

    private static readonly Argument<string> Model = new("model") { Description = "model of ONNX (.onnx)" };

    public static Command Build() => new("erase", "take a trait out of embeddings, and certify it")
    {
        BuildFit(), BuildMerge(), BuildApply(), BuildFold(), BuildCertify(),
    };

    private static Command BuildFit()
    {
        var fit = new Command("fit", "fit a map on embeddings and the groups that people stated of themselves")
        {
            Embeddings, Settings.Labels, Settings.Group, Settings.Person, Settings.Keep, Settings.Shrink, Settings.Center, Settings.Everybody,
            Settings.Partial, Settings.Out,
        };
        fit.SetAction((words, cancellation) => Task.FromResult(Mended(() => Fit(words, cancellation))));
        return fit;
    }

    private static Command BuildMerge()
    {
        var merge = new Command("merge", "fit a map on the sums that `untag erase fit --partial` wrote of different people")
        {
            Parts, Settings.Shrink, Settings.Center, Settings.Out,
        };
        merge.SetAction((words, _) => Task.FromResult(Mended(() => Merge(words))));
        return merge;
    }

    private static Command BuildApply()
    {
        var apply = new Command("apply", "erase an array, row by row") { Map, Embedding, Settings.Then, Settings.Out };
        apply.SetAction((words, cancellation) => Task.FromResult(Mended(() => Apply(words, cancellation))));
        return apply;
    }

    private static Command BuildFold()
    {
        var fold = new Command("fold", "put a map into a model, so that the model itself gives no tag any more")
        {
            Map, Model, Settings.OutputName, Settings.Append, Settings.Out,
        };
        fold.SetAction((words, _) => Task.FromResult(Mended(() => Fold(words))));
        return fold;
    }

    private static Command BuildCertify()
    {
        var certify = new Command("certify", "look whether probes find the trait behind a map, in people who were not in the fit")
        {
            Map, Embedding, Settings.Labels, Settings.Group, Settings.Person, Settings.Folded, Settings.Then, Settings.Keep, Settings.OtherPeople, Settings.LeakAuc,
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
            new CertifyRequest
            {
                Map = TableSource.At(words.GetValue(Map)!),
                People = Request(words, TableSource.At(words.GetValue(Embedding)!)) with { Keep = words.GetValue(Settings.Keep) },
                ErasedBy = words.GetValue(Settings.Folded) ? ErasedBy.Model : ErasedBy.Map,
                Form = ConsumedForm.Of(words.GetValue(Settings.Then)!),
                Tolerances = standard with { LeakAuc = words.GetValue(Settings.LeakAuc) ?? standard.LeakAuc },
                OtherPeople = words.GetValue(Settings.OtherPeople),
            },
            cancellation);
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
        List<TableSource> arrays = [.. words.GetValue(Embeddings)!.SelectMany(AuditWords.Matching)];
        var request = Request(words, arrays[0]) with
        {
            Shards = arrays[1..],
            Keep = words.GetValue(Settings.Keep),
            Shrinks = words.GetValue(Settings.Shrink),
            Centres = words.GetValue(Settings.Center),
            FittedOn = words.GetValue(Settings.Everybody) ? FittedPeople.Everybody : FittedPeople.Half,
        };
        string[] inputs = [.. arrays.Select(array => array.Location), .. words.GetValue(Settings.Labels)!];
        if (words.GetValue(Settings.Partial) is { } partial)
            return AddUp(request, partial, inputs, cancellation);
        var path = Needed(words, Settings.Out, "where is the map to go?");
        var write = MapFile.Writer(path);
        RefuseInput(path, inputs);
        return Write(Eraser.Fit(request, cancellation), path, write);
    }

    private static int AddUp(EraseRequest request, string path, string[] inputs, CancellationToken cancellation)
    {
        if (request.Shrinks || request.Centres)
            throw new UserError("how the map is to be is not said where sums are made", "write --shrink and --center with untag erase merge");
        RefuseInput(path, inputs);
        var moments = Eraser.Moments(request, cancellation);
        ResultOutput.Write(path, output => MomentsFile.Write(moments, output));
        Terminal.WriteDone($"wrote {path}: sums to merge with those of other people");
        Terminal.WriteWarning($"{path}: {ErasureMoments.Warning}");
        return ExitCode.Holds;
    }

    private static int Merge(ParseResult words)
    {
        var path = Needed(words, Settings.Out, "where is the map to go?");
        var write = MapFile.Writer(path);
        List<TableSource> parts = [.. words.GetValue(Parts)!.SelectMany(AuditWords.Matching)];
        RefuseInput(path, parts.Select(part => part.Location));
        return Write(Merger.Merge(new MergeRequest(parts, words.GetValue(Settings.Shrink), words.GetValue(Settings.Center))), path, write);
    }

    private static int Write(ErasureMap map, string path, Action<ErasureMap, Stream> write)
    {
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

    private static int Fold(ParseResult words)
    {
        var (map, model, path) = (words.GetValue(Map)!, words.GetValue(Model)!, Needed(words, Settings.Out, "where is the model to go?"));
        RefuseInput(path, [map, model]);
        var folded = FoldedModel.Of(new FoldRequest(
            TableSource.At(map), TableSource.At(model), words.GetValue(Settings.OutputName),
            words.GetValue(Settings.Append) ? FoldPlace.Behind : FoldPlace.Layer));
        ResultOutput.Write(path, folded.WriteTo);
        var place = folded.Layer is { } layer ? $"folded into the layer `{layer}`" : "a layer of its own behind it";
        Terminal.WriteDone($"wrote {path}: `{folded.Output}` is erased, {place}");
        return ExitCode.Holds;
    }

    /// <summary>What a map is fitted or certified on, as typed.</summary>
    private static EraseRequest Request(ParseResult words, TableSource embedding)
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
            Embedding = embedding,
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
