using System.Security.Cryptography.X509Certificates;
using Untag.Tests.Http;
using Untag.Tests.TransparencyLog.Witnessing;
using Untag.Tests.Workflow;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Tests.Cli;

/// <summary>The real program asks a witness.</summary>
public sealed class LogWitnessTests : IDisposable
{
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    private readonly Shell shell = new();
    private readonly X509Certificate2 certificate = SelfSigned.For("localhost");

    [Fact]
    public void A_witness_signs_and_a_reader_who_trusts_it_sees_that()
    {
        using var witness = new SpecWitness(Key.Verifier.ToString());
        Grow(3);
        Assert.Equal(
            (0, "witness.example/w1 has signed that example.com/log has 3 entries\n"),
            shell.Run($"untag log witness mylog --witness {witness.Key}={witness.Address} --witness {witness.PostQuantumKey}={witness.Address}"));
        Assert.Equal(1, witness.Asked);
        Assert.EndsWith(
            "\nwitnesses: witness.example/w1\n", shell.Run($"untag log verify mylog --witness {witness.PostQuantumKey} --witness {witness.Key}").Output, StringComparison.Ordinal);
        Assert.Contains( // one variable serves those who ask and those who only verify
            "\nwitnesses: witness.example/w1\n", shell.Run($"UNTAG_WITNESS={witness.Key}={witness.Address} untag log verify mylog").Output, StringComparison.Ordinal);
        Grow(5);
        Assert.Equal(0, shell.Run($"untag log witness mylog --witness {witness.Key}={witness.Address}").ExitCode);
        Assert.Equal(2, witness.Asked); // it remembered the size
    }

    [Fact]
    public void A_witness_with_a_certificate_that_the_machine_trusts_is_asked_and_another_is_not()
    {
        using var witness = new SpecWitness(Key.Verifier.ToString(), certificate);
        Grow(1);
        var ask = $"untag log witness mylog --witness {witness.Key}={witness.Address}";
        var (code, output) = shell.Run(ask);
        Assert.Equal(2, code);
        Assert.StartsWith("error: the witness witness.example/w1 has not signed: it shows no certificate for its name", output, StringComparison.Ordinal);
        Assert.Equal(0, witness.Asked);
        File.WriteAllText(shell.At("trusted.pem"), certificate.ExportCertificatePem());
        shell.Variables["SSL_CERT_FILE"] = shell.At("trusted.pem");
        Assert.Equal(0, shell.Run(ask).ExitCode);
    }

    [Fact]
    public void A_log_is_not_its_own_witness()
    {
        Grow(1);
        var (code, output) = shell.Run($"untag log verify mylog --witness {Key.Verifier}");
        Assert.Equal((2, $"error: the key `{Key.Verifier}` is not of a witness\n"), (code, output[..(output.IndexOf('\n', StringComparison.Ordinal) + 1)]));
    }

    // Whoever gets the bundle alone sees that somebody else has seen the log.
    [Fact]
    public void A_witness_signs_under_the_proof_in_a_bundle_and_one_that_does_not_is_told()
    {
        using var witness = new SpecWitness(Key.Verifier.ToString());
        File.WriteAllText(shell.At("app.py"), "print('hello')\n");
        File.WriteAllText(shell.At("untag.yaml"), "product: app\nversion: 1.0.0\nships: [app.py]\n");
        File.WriteAllText(shell.At("log.key"), Key.Secret() + "\n");
        const string Prove = "untag prove --quiet --key signing.pem --log mylog --log-key log.key -o app.untag";
        Assert.Equal(0, shell.Run($"untag keys new -o signing.pem && {Prove} --witness {witness.Key}={witness.Address}").ExitCode);
        Assert.Contains("witness.example/w1", shell.Run($"untag verify app.untag --witness {witness.Key}").Output, StringComparison.Ordinal);
        Assert.Contains("self-asserted", shell.Run("untag verify app.untag").Output, StringComparison.Ordinal);
        Assert.Contains(
            "error: of which log is the witness to sign the checkpoint?",
            shell.Run($"untag prove --key signing.pem -o none.untag --witness {witness.Key}={witness.Address}").Output, StringComparison.Ordinal);
        var (code, output) = shell.Run($"{Prove} --witness {witness.Key}=http://localhost:1/");
        Assert.Equal(2, code);
        Assert.Contains("the witness witness.example/w1 has not signed: nothing listens there", output, StringComparison.Ordinal);
        Assert.Contains("self-asserted", shell.Run($"untag verify app.untag --witness {witness.Key}").Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        certificate.Dispose();
        shell.Dispose();
    }

    private void Grow(int entries)
    {
        using var log = LogStore.Open(shell.At("mylog"), Key);
        while (log.Size < (ulong)entries)
            log.Append(BitConverter.GetBytes(log.Size));
        log.Publish();
    }
}
