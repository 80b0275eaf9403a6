using System.Text;
using Untag.Check;
using Untag.Check.Reports;
using Untag.TransparencyLog.Notes;

namespace Untag.Server.Guard.Gate;

/// <summary>The key that signs the log of a guard. One is made when the guard starts for the first time, beside the log.</summary>
internal static class LogKey
{
    private const string SecretEnding = ".key";

    /// <summary>Reads the key, or makes it.</summary>
    /// <exception cref="ServerError">It cannot be used.</exception>
    public static SigningKey Open(GuardSetup setup) => Open(setup, Make);

    /// <summary>Reads the key of a log that several guards write: to sign with, or to know the log by alone. None is made, since it must be
    /// the same for all.</summary>
    /// <exception cref="ServerError">It cannot be used, or none is named.</exception>
    public static (VerifierKey Key, SigningKey? Signer) OfMany(GuardSetup setup)
    {
        if (setup.Section.LogKey is null && setup.Section.LogVerifier is { } verifier)
            return (ReadVerifier(Path.Join(setup.Folder, verifier), verifier), null);
        var key = Open(setup, (_, _) => throw new ServerError(
            "which key signs the log of several guards?",
            "`untag keys new --name NAME --output FILE` makes one: name it as `log_key`, or where a guard is not to sign its public part as `log_verifier`"));
        return (key.Verifier, key);
    }

    private static VerifierKey ReadVerifier(string path, string shown)
    {
        try
        {
            return VerifierKey.Parse(File.ReadAllText(path).Trim());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            var reason = problem is FormatException ? problem.Message : FileProblem.InWords(problem);
            throw new ServerError($"the verifier key `{shown}` cannot be used: {reason}", "it is the last line that `untag keys new --name NAME --output FILE` prints");
        }
    }

    private static SigningKey Open(GuardSetup setup, Func<GuardSetup, string, string> make)
    {
        var path = setup.LogFolder + SecretEnding;
        try
        {
            MakeFolder(Path.GetDirectoryName(path)!);
            var text = setup.Section.LogKey is { } named ? Secret.Read(named, setup.Folder, "key")
                : File.Exists(path) ? File.ReadAllText(path)
                : make(setup, path);
            var key = SigningKey.Parse(text.Trim());
            if (key.Verifier.Algorithm != NoteAlgorithm.Ed25519)
                throw new FormatException("it is the key of a witness");
            WholeFile.Write(setup.LogFolder + GuardSection.VerifierEnding, file => file.Write(Encoding.UTF8.GetBytes(key.Verifier + "\n")));
            return key;
        }
        catch (FormatException problem)
        {
            throw new ServerError($"the key of the log cannot be used: {problem.Message}", "`untag keys new --name NAME --output FILE` makes one");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ServerError($"the key of the log cannot be used: {FileProblem.InWords(problem)}", $"look at `{Path.GetFileName(path)}` beside the log");
        }
    }

    private static string Make(GuardSetup setup, string path)
    {
        var key = SigningKey.New($"{NameOf(setup.Product)}/guard", NoteAlgorithm.Ed25519);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(key.Secret() + "\n"));
        return key.Secret();
    }

    // The folder `.untag` lies in a product, and a key must not be committed with it.
    private static void MakeFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        var ignore = Path.Join(folder, ".gitignore");
        if (Path.GetFileName(folder) == CheckFolder.Name && !File.Exists(ignore))
            WholeFile.Write(ignore, file => file.Write("*\n"u8));
    }

    // A name of a key has no blanks and no plus.
    private static string NameOf(string product) =>
        string.Concat(product.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-'));
}
