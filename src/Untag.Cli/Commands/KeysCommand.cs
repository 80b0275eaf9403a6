using System.CommandLine;
using System.Globalization;
using System.Text;
using Untag.Evidence.Signing;
using Untag.TransparencyLog.Notes;

namespace Untag.Cli.Commands;

/// <summary><c>untag keys new</c>: makes a key that signs evidence, or one that signs a log.</summary>
internal static class KeysCommand
{
    public static Command Build()
    {
        var make = new Command("new", "make a key: the private half goes into the file, the public half beside it")
        {
            Settings.Name, Settings.ValidUntil, Settings.Output,
        };
        make.SetAction(words => Make(words));
        return new Command("keys", "make keys that sign evidence and logs") { make };
    }

    private static int Make(ParseResult words)
    {
        var path = words.GetValue(Settings.Output)
            ?? throw new UserError("where to?", "name a file that only you can read: --output signing.pem");
        var end = words.GetValue(Settings.ValidUntil) is { } day ? DayOf(day) : (DateOnly?)null;
        if (words.GetValue(Settings.Name) is not { } name)
            return MakeForEvidence(path, end);
        return end is null ? MakeForLog(path, name) : throw new UserError("the key of a log has no last day", "leave --valid-until or --name out");
    }

    private static DateOnly DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new UserError($"`{text}` is no day", "write it as year-month-day: --valid-until 2027-12-31");

    private static int MakeForEvidence(string path, DateOnly? end)
    {
        using var key = EvidenceKey.New(end);
        var publicPath = Path.ChangeExtension(path, ".pub.pem");
        WriteSecret(path, key.PrivatePem());
        ResultOutput.Write(publicPath, output => output.Write(Encoding.UTF8.GetBytes(key.PublishedPem())));
        Console.Out.WriteLine($"{path}: the private key; whoever has it signs as you");
        Console.Out.WriteLine($"{publicPath}: the public key, to be published");
        Console.Out.WriteLine($"sha256:{key.Fingerprint}");
        return ExitCode.Holds;
    }

    private static int MakeForLog(string path, string name)
    {
        SigningKey key;
        try
        {
            key = SigningKey.New(name, NoteAlgorithm.Ed25519);
        }
        catch (FormatException problem)
        {
            throw new UserError(problem.Message, "name it like an address: example.com/log");
        }

        WriteSecret(path, key.Secret() + "\n");
        Console.Out.WriteLine($"{path}: the private key of the log");
        Console.Out.WriteLine(key.Verifier);
        return ExitCode.Holds;
    }

    // Never over another key: what was signed with it would be lost.
    private static void WriteSecret(string path, string text)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new UserError($"`{path}` is there already, and a key is never overwritten", "name another file");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot write {path}: {FileProblem.InWords(problem)}", "name a file in a folder that may be written");
        }
    }
}
