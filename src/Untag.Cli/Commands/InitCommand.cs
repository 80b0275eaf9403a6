using System.CommandLine;
using Untag.Check;

namespace Untag.Cli.Commands;

/// <summary><c>untag init</c>: writes a product file to start from.</summary>
internal static class InitCommand
{
    private static readonly string[] Releases = ["dist", "models", "release", "build/libs", "out"];

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
            throw new UserError($"cannot write {path}: {problem.Message.TrimEnd('.')}");
        }

        Console.Out.WriteLine($"wrote {path}; next: untag check {folder}");
        return ExitCode.Holds;
    }

    private static string TextFor(string folder)
    {
        var found = Releases.Where(name => Directory.Exists(Path.Join(folder, name))).Select(name => name + "/**").ToList();
        var ships = found.Count > 0 ? string.Join(", ", found) : "";
        return $"""
            # What Untag checks. Every key is optional; paths are relative to this file.
            product: {Path.GetFileName(Path.GetFullPath(folder).TrimEnd('/'))}
            version: 0.1.0
            jurisdictions: [eu]          # whose law is printed beside a finding: `untag help config`
            role: provider               # or deployer
            ships: [{ships}]             # what is released: paths or globs; a claim is about what ships
            scan:
              paths: [.]
              exclude: []                # such as third_party/**
              allow: []                  # accepted findings, each with a rule, a path, a reason and an end:
            #   - rule: UT0105
            #     path: fairness/**
            #     reason: bias measurement on consented test data
            #     until: 2027-06-30

            """;
    }
}
