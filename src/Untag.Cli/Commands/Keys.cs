using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Untag.Evidence.Signing;
using Untag.Http;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Witnessing;

namespace Untag.Cli.Commands;

/// <summary>Reads the keys that words on the command line name.</summary>
internal static class Keys
{
    private const string FromVariable = "env:";

    /// <summary>The key in a file, or in a variable when it is named <c>env:NAME</c>. Nothing of it stands in a message.</summary>
    /// <exception cref="UserError">There is none, or none that can be used.</exception>
    public static EvidenceKey Read(string named)
    {
        try
        {
            return EvidenceKey.Parse(TextOf(named));
        }
        catch (FormatException problem)
        {
            throw new UserError($"the key `{named}` cannot be used: {problem.Message}", "`untag keys new --output FILE` makes one");
        }
    }

    /// <summary>A key that signs today.</summary>
    /// <exception cref="UserError">There is none, or none that can be used, or it has ended.</exception>
    public static EvidenceKey ReadSigner(string named)
    {
        var key = Read(named);
        if (key.ValidUntil is not { } end || end >= DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime))
            return key;
        key.Dispose();
        throw new UserError($"the key `{named}` ended on {end:yyyy-MM-dd}", "`untag keys new --output FILE` makes another; publish it before you sign");
    }

    /// <summary>The public key of a log or of a witness: itself, or in a file or a variable.</summary>
    /// <exception cref="UserError">There is none, or none that can be used.</exception>
    public static VerifierKey ReadVerifier(string named)
    {
        try
        {
            return VerifierKey.Parse(named.Contains('+', StringComparison.Ordinal) && !File.Exists(named) ? named : TextOf(named).Trim());
        }
        catch (FormatException problem)
        {
            throw new UserError($"the key `{named}` cannot be used: {problem.Message}", "`untag keys new --name NAME` prints one");
        }
    }

    /// <summary>Witnesses to be asked, each written KEY=URL.</summary>
    /// <exception cref="UserError">One of them is not.</exception>
    public static IReadOnlyList<Witness> ReadWitnesses(IEnumerable<string> named) => Witness.Of(named.Select(ReadWitness));

    /// <summary>The public key of a witness that is not to be asked. An address behind it, for those who ask, is passed over: so one
    /// variable serves all commands.</summary>
    /// <exception cref="UserError">There is none, or none that can be used.</exception>
    public static VerifierKey ReadWitnessKey(string named) => OfWitness(EndOfKey(named) is >= 0 and var at ? named[..at] : named);

    // The base64 of a key may end with an equals sign too.
    private static int EndOfKey(string named) => named.IndexOf("=http", StringComparison.Ordinal);

    // The key of the log itself would make a log its own witness.
    private static VerifierKey OfWitness(string named) => ReadVerifier(named) is { Algorithm: not NoteAlgorithm.Ed25519 } key
        ? key
        : throw new UserError($"the key `{named}` is not of a witness", "name a key of kind 4 or 6, which the witness publishes");

    private static (VerifierKey Key, Uri Address) ReadWitness(string named)
    {
        var at = EndOfKey(named);
        if (at < 0)
            throw new UserError($"the witness `{named}` has no address", "name its key and its address: KEY=https://witness.example/");
        var key = OfWitness(named[..at]);
        try
        {
            return (key, PeerAddress.Parse(named[(at + 1)..], "a witness"));
        }
        catch (FormatException problem)
        {
            throw new UserError($"the witness `{named}` cannot be asked: {problem.Message}", "name its key and its address: KEY=https://witness.example/");
        }
    }

    /// <summary>The private key of a log, in a file or a variable.</summary>
    /// <exception cref="UserError">There is none, or none that can be used.</exception>
    public static SigningKey ReadLogKey(string named)
    {
        try
        {
            return SigningKey.Parse(TextOf(named).Trim()) is { Verifier.Algorithm: NoteAlgorithm.Ed25519 } key
                ? key
                : throw new FormatException("it is the key of a witness");
        }
        catch (FormatException problem)
        {
            throw new UserError($"the key `{named}` cannot be used: {problem.Message}", "`untag keys new --name NAME --output FILE` makes one");
        }
    }

    /// <summary>The certificates in a file.</summary>
    /// <exception cref="UserError">There is none, or none that can be used.</exception>
    public static X509Certificate2Collection ReadCertificates(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(TextOf(path, "file of certificates", "name the root certificate that the authority of time stamps publishes"));
        }
        catch (CryptographicException)
        {
        }

        return certificates.Count > 0
            ? certificates
            : throw new UserError($"`{path}` holds no certificate in PEM", "name the root certificate that the authority of time stamps publishes");
    }

    /// <summary>A checkpoint in a file.</summary>
    /// <exception cref="UserError">There is none, or none that can be used.</exception>
    public static SignedNote ReadCheckpoint(string path)
    {
        try
        {
            var note = SignedNote.Parse(Encoding.UTF8.GetBytes(TextOf(path, "checkpoint", "name a file `checkpoint` of a log")));
            Checkpoint.Parse(note.Text);
            return note;
        }
        catch (FormatException problem)
        {
            throw new UserError($"the checkpoint `{path}` cannot be used: {problem.Message}", "name a file `checkpoint` of a log");
        }
    }

    /// <summary>What a file or a variable holds.</summary>
    /// <param name="named">Its name.</param>
    /// <param name="what">What it is called.</param>
    /// <param name="hint">What to do when there is none.</param>
    /// <exception cref="UserError">There is none.</exception>
    public static string TextOf(string named, string what = "key", string hint = "`untag keys new --output FILE` makes one")
    {
        if (named.StartsWith(FromVariable, StringComparison.Ordinal))
        {
            return Environment.GetEnvironmentVariable(named[FromVariable.Length..]) is { Length: > 0 } text
                ? text
                : throw new UserError($"the variable of the {what} `{named}` is not set", $"set it to the text of the {what}");
        }

        try
        {
            return File.ReadAllText(named);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"the {what} `{named}` cannot be read: {FileProblem.InWords(problem)}", hint);
        }
    }
}
