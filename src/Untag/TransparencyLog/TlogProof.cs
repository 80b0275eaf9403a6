using System.Globalization;
using System.Text;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog;

/// <summary>A proof that an entry stands in a log, which needs no network to verify: C2SP tlog-proof.</summary>
/// <param name="Index">Index of the entry.</param>
/// <param name="Hashes">The inclusion proof, from the leaf's sibling upwards.</param>
/// <param name="Note">The checkpoint with its signatures.</param>
/// <param name="Extra">Bytes that no signature covers; null for none.</param>
public sealed record TlogProof(ulong Index, IReadOnlyList<TreeHash> Hashes, SignedNote Note, byte[]? Extra = null)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const int HashesMax = 64;

    /// <summary>Reads a proof.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\n\n"u8);
        if (end < 0 || !System.Text.Unicode.Utf8.IsValid(bytes[..end]))
            throw new FormatException("the proof has no checkpoint after an empty line");
        var lines = Encoding.UTF8.GetString(bytes[..end]).Split('\n');
        if (lines[0] != Header)
            throw new FormatException($"the proof does not start with `{Header}`");
        var at = 1;
        byte[]? extra = null;
        if (at < lines.Length && After(lines[at], "extra ") is { } text)
        {
            extra = StrictBase64.Decode(text) ?? throw new FormatException("the extra line of the proof is not base64");
            at++;
        }

        if (at == lines.Length || After(lines[at], "index ") is not { } number || Checkpoint.Number(number) is not { } index)
            throw new FormatException("the proof states no index");
        if (lines.Length - at - 1 > HashesMax)
            throw new FormatException("the proof is longer than any tree is high");
        var hashes = lines[(at + 1)..]
            .Select(line => TreeHash.Parse(line) ?? throw new FormatException("a line of the proof is no hash of 32 bytes in base64"));
        return new TlogProof(index, [.. hashes], SignedNote.Parse(bytes[(end + 2)..]), extra);
    }

    /// <summary>True when the proof leads from a leaf to the root that the checkpoint states. Who signed that checkpoint
    /// must be asked of a <see cref="VerifierKey"/>.</summary>
    /// <param name="leaf">Hash of the entry.</param>
    public bool Proves(TreeHash leaf)
    {
        var checkpoint = Checkpoint.Parse(Note.Text);
        return MerkleProofs.Includes(Index, checkpoint.Size, leaf, Hashes, checkpoint.Root);
    }

    /// <summary>The proof as it is written.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is not null)
            text.Append(CultureInfo.InvariantCulture, $"extra {Convert.ToBase64String(Extra)}\n");
        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Hashes)
            text.Append(hash).Append('\n');
        return text.Append('\n').Append(Note).ToString();
    }

    private static string? After(string line, string prefix) =>
        line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : null;
}
