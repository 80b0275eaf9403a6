using System.Globalization;
using System.Text;
using Untag.Http;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Witnessing;

/// <summary>Asks a witness to cosign the checkpoint of a log: <c>add-checkpoint</c> of C2SP tlog-witness.</summary>
/// <remarks>
/// <list type="number">
/// <item>the log sends the size that the witness signed last, the proof that the log grew out of that one, and its checkpoint;</item>
/// <item>a log that does not know the size says 0, and the witness names the right one (409);</item>
/// <item>what comes back is believed only when a key of the witness verifies it.</item>
/// </list>
/// </remarks>
public static class WitnessClient
{
    private const int AttemptsMax = 4; // others may move the witness on meanwhile, though not for ever

    /// <summary>Asks a witness.</summary>
    /// <param name="witness">Whom.</param>
    /// <param name="log">The log, at the checkpoint to be signed.</param>
    /// <param name="known">Entries of the checkpoint that the witness signed last, as far as is known; 0 otherwise.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LogDamageException">The log lacks what a proof is made from.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<WitnessAnswer> Ask(Witness witness, TiledLog log, ulong known, CancellationToken cancellation)
    {
        var size = log.Checkpoint.Size;
        var old = Math.Min(known, size);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            HttpReply reply;
            try
            {
                reply = await HttpPost.Send(witness.Call("add-checkpoint"), "text/plain", Request(log, old), witness.Patience, cancellation);
            }
            catch (IOException problem)
            {
                return WitnessAnswer.Refused(problem.Message);
            }

            if (reply.Status == 200)
                return Read(witness, log.Note, reply.Body);
            if (reply.Status != 409)
                return WitnessAnswer.Refused(Reason(reply.Status, log.Checkpoint.Origin, old));
            if (SizeIn(reply.Body) is not { } signed || signed == old)
                return WitnessAnswer.Refused("it says that it signed another size, and names none");
            if (signed > size)
            {
                return WitnessAnswer.Refused(string.Create(
                    CultureInfo.InvariantCulture, $"it has signed {signed} entries, and the log has {size}: the log was rolled back, or this is an old copy"));
            }

            old = signed;
        }

        return WitnessAnswer.Refused("it names another size each time");
    }

    /// <summary>The body of a request.</summary>
    internal static byte[] Request(TiledLog log, ulong old)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"old {old}\n"));
        IReadOnlyList<TreeHash> proof = old == 0 || old == log.Checkpoint.Size ? [] : log.Prover.Consistency(old);
        foreach (var hash in proof)
            text.Append(hash).Append('\n');
        return Encoding.UTF8.GetBytes(text.Append('\n').Append(log.Note).ToString());
    }

    private static WitnessAnswer Read(Witness witness, SignedNote note, byte[] body)
    {
        SignedNote answered;
        try
        {
            // Its lines are read as if they stood under the checkpoint. An empty line among them would end another text.
            answered = SignedNote.Parse([.. Encoding.UTF8.GetBytes(note.Text + '\n'), .. body]);
        }
        catch (FormatException problem)
        {
            return WitnessAnswer.Refused($"its answer cannot be read: {problem.Message}");
        }

        if (answered.Text != note.Text)
            return WitnessAnswer.Refused("it signed another text");
        var signatures = new List<NoteSignature>();
        foreach (var key in witness.Keys)
        {
            var verdict = key.Check(answered, out var time);
            if (verdict == NoteVerdict.Forged)
                return WitnessAnswer.Refused($"its signature is not of its key {key.Name}+{key.Id:x8}");
            if (verdict == NoteVerdict.Valid && time is 0)
                return WitnessAnswer.Refused("its signature states no time");
            if (verdict == NoteVerdict.Valid)
                signatures.Add(answered.Signatures.First(signature => signature.Name == key.Name && signature.KeyId == key.Id));
        }

        return signatures.Count > 0
            ? new WitnessAnswer(signatures, null)
            : WitnessAnswer.Refused("it signed with no key that was given for it");
    }

    private static ulong? SizeIn(byte[] body) =>
        body.Length is > 1 and < 32 && body[^1] == '\n' ? Checkpoint.Number(Encoding.ASCII.GetString(body.AsSpan(0, body.Length - 1))) : null;

    private static string Reason(int status, string origin, ulong old) => status switch
    {
        >= 300 and < 400 => "it sends elsewhere, where nobody goes: name its own address",
        400 => "it does not understand the request",
        403 => $"it does not trust the key that signed for {origin}",
        404 => $"it does not know the log {origin}, or it is at another address",
        422 => string.Create(CultureInfo.InvariantCulture, $"it does not see that the log grew out of the {old} entries that it signed: the log was forked"),
        429 or 503 => "it is busy: ask later",
        _ => string.Create(CultureInfo.InvariantCulture, $"it answers with the status {status}"),
    };
}
