using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Untag.Check;

namespace Untag.Cli.Commands;

/// <summary><c>untag init</c>: writes a product file to start from.</summary>
internal static class InitCommand
{
    private static readonly Argument<string> Folder = new("dir")
    {
        Description = "folder of the product",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => ".",
    };

    public static Command Build()
    {
        var command = new Command("init", "write an untag.yaml to start from") { Folder };
        command.SetAction(words => Run(words.GetValue(Folder)!));
        return command;
    }

    private static int Run(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserError($"there is no folder `{folder}`", "name the folder of the product");
        var path = Path.Join(folder, ProductFile.FileName);
        try
        {
            using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew));
            file.Write(TextFor(folder));
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new UserError($"{path} exists already", "edit it, or move it away first");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot write {path}: {FileProblem.InWords(problem)}");
        }

        Console.Out.WriteLine($"wrote {path}; next: untag check {folder}");
        return ExitCode.Holds;
    }

    private static string TextFor(string folder)
    {
        var guesses = ShipsGuess.For(folder);
        var ships = guesses.Count > 0
            ? $"ships: [{string.Join(", ", guesses.Select(Quoted))}]  # guessed from what is here"
            : "# ships: [dist/*.whl, models/*.onnx]";
        return $"""
            # What Untag checks. Every key is optional; paths are relative to this file. `untag help config` tells more.
            product: {Quoted(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))))}
            # version: 1.0.0
            jurisdictions: [eu]  # whose law is printed beside a finding: br, cn, coe, eu, nz, uk, us-co, us-il, us-tx
            role: provider       # or deployer

            # What you release, as patterns, folders or digests (sha256:…): a claim is about what ships.
            {ships}

            scan:
              paths: [.]
              # exclude: [third_party/**]

              # Findings that you accept. Each needs a reason and an end.
              # allow:
              #   - rule: UT0105
              #     path: fairness/**
              #     reason: bias measurement on consented test data
              #     until: 2027-06-30

            """;
    }

    // A folder may be called `#1: x`; JSON's quotes are YAML's too.
    private static string Quoted(string text) => char.IsAsciiLetterOrDigit(text[0]) && text.All(IsPlain)
        ? text
        : $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/';
}
