using System.Text;
using Untag.Evidence.Bundles;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Trees;

namespace Untag.Evidence;

/// <summary>What a log says of a statement.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Index">Index of the statement's entry.</param>
/// <param name="Size">Entries of the log at its checkpoint.</param>
/// <param name="Key">The verifier key of the log, as it stands in the bundle or was given.</param>
/// <param name="KeyWasGiven">True when that key is the one that the reader gave.</param>
/// <param name="Witnesses">Names of the witnesses whose keys the reader gave and who signed the checkpoint.</param>
/// <param name="GrewFrom">Size of the checkpoint that the reader had seen before, out of which the log grew; null for none.</param>
public sealed record LogFacts(
    string Origin, ulong Index, ulong Size, string Key, bool KeyWasGiven, IReadOnlyList<string> Witnesses, ulong? GrewFrom);

/// <summary>The part of a bundle that proves that a log holds its statement, and lets a reader compare that log with what they
/// have seen of it before.</summary>
public static class LogEvidence
{
    /// <summary>Entries up to which a bundle carries the hashes of its log, 32 bytes each: with them it is compared with any
    /// earlier checkpoint.</summary>
    public const ulong HashesMax = 65_536;

    private const string Folder = "log/";
    private const string KeyPath = "log/log.vkey";
    private const string EntryPath = "log/entry.json";
    private const string ProofPath = "log/statement.tlog-proof";

    /// <summary>Writes a statement into a log, and the proof of it into its bundle.</summary>
    /// <param name="bundle">A bundle without a log.</param>
    /// <param name="log">The log.</param>
    /// <param name="folder">The folder of the log.</param>
    /// <param name="key">The verifier key of the log.</param>
    /// <param name="day">The day.</param>
    /// <param name="cosign">Gives what witnesses sign under the checkpoint that the proof leads to; null for nobody.</param>
    /// <exception cref="IOException">The log cannot be written.</exception>
    public static byte[] Add(
        ReadOnlyMemory<byte> bundle, LogStore log, string folder, VerifierKey key, DateOnly day, Func<TiledLog, IReadOnlyList<NoteSignature>>? cosign = null)
    {
        var (manifest, files) = Manifest.Unpack(bundle);
        var entry = LogEntry.OfStatement(Manifest.DigestOf(files[BundlePaths.Statement].Span), day).ToBytes();
        var index = log.Append(entry);
        var note = log.Publish();
        var size = Checkpoint.Parse(note.Text).Size;
        if (cosign?.Invoke(TiledLog.Open(folder)) is { Count: > 0 } signatures)
        {
            log.Cosign(note, signatures);
            note = signatures.Aggregate(note, (cosigned, signature) => cosigned.With(signature));
        }

        var tiles = TileFolder.At(folder);
        var proof = new TlogProof(index, tiles.Prover(size).Inclusion(index), note);
        return manifest.PackWith(files,
        [
            new BundleEntry(EntryPath, entry),
            new BundleEntry(KeyPath, Encoding.UTF8.GetBytes($"{key}\n")),
            new BundleEntry(ProofPath, Encoding.UTF8.GetBytes(proof.ToString())),
            .. TilesOf(size).Select(path => new BundleEntry(Folder + path, File.ReadAllBytes(Path.Join(folder, path)))),
        ]);
    }

    /// <summary>True for what belongs to the log in a bundle.</summary>
    internal static bool IsPartOf(string path) => path.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>What the log in a bundle says of its statement; null when there is none.</summary>
    /// <exception cref="VerifyException">It does not prove what it should.</exception>
    internal static LogFacts? Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, VerifyRequest request)
    {
        var paths = files.Keys.Where(IsPartOf).ToHashSet(StringComparer.Ordinal);
        if (paths.Count == 0)
        {
            return request.Checkpoint is null && request.LogKey is null
                ? null
                : throw new VerifyException(VerifyFailure.NotInLog, "the bundle carries nothing of a log");
        }

        var proof = ProofIn(files);
        var key = KeyIn(files, request);
        var checkpoint = CheckpointOf(proof.Note, key);
        string[] known = [KeyPath, EntryPath, ProofPath, .. TilesOf(checkpoint.Size).Select(path => Folder + path)];
        if (paths.FirstOrDefault(path => !known.Contains(path)) is { } unknown)
            throw new VerifyException(VerifyFailure.FileAdded, $"nobody signed `{unknown}`");
        if (!files.TryGetValue(EntryPath, out var bytes) || LogEntry.Parse(bytes) is not { } entry
            || entry["kind"] != LogEntry.StatementKind
            || entry["sha256"] != Manifest.DigestOf(files[BundlePaths.Statement].Span)
            || !proof.Proves(MerkleTree.Leaf(bytes.Span)))
            throw new VerifyException(VerifyFailure.NotInLog);
        return new LogFacts(
            checkpoint.Origin, proof.Index, checkpoint.Size, key.ToString(), request.LogKey is not null,
            WitnessesOf(proof.Note, request.Witnesses), GrewFrom(files, checkpoint, key, request.Checkpoint));
    }

    private static TlogProof ProofIn(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        try
        {
            var proof = TlogProof.Parse(files.GetValueOrDefault(ProofPath).Span);
            // One spelling, so that every changed byte is a change; and nothing that no signature covers.
            if (proof.Extra is null && Encoding.UTF8.GetBytes(proof.ToString()).AsSpan().SequenceEqual(files[ProofPath].Span))
                return proof;
        }
        catch (FormatException)
        {
        }

        throw new VerifyException(VerifyFailure.NotInLog, $"`{ProofPath}` cannot be read");
    }

    private static VerifierKey KeyIn(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, VerifyRequest request)
    {
        try
        {
            var text = Encoding.UTF8.GetString(files.GetValueOrDefault(KeyPath).Span);
            var key = VerifierKey.Parse(text.TrimEnd('\n'));
            if (text != $"{key}\n" || key.Algorithm != NoteAlgorithm.Ed25519)
                throw new FormatException();
            return request.LogKey is null || request.LogKey.ToString() == key.ToString()
                ? key
                : throw new VerifyException(VerifyFailure.OtherLog, $"the bundle names the key {key}");
        }
        catch (FormatException)
        {
            throw new VerifyException(VerifyFailure.BadCheckpoint, $"`{KeyPath}` is no verifier key of a log");
        }
    }

    private static Checkpoint CheckpointOf(SignedNote note, VerifierKey key)
    {
        try
        {
            var checkpoint = Checkpoint.Parse(note.Text);
            if (key.Check(note) == NoteVerdict.Valid && checkpoint.Origin == key.Name)
                return checkpoint;
        }
        catch (FormatException)
        {
        }

        throw new VerifyException(VerifyFailure.BadCheckpoint, $"it is not one of {key.Name}");
    }

    /// <summary>The names of those who signed a checkpoint.</summary>
    /// <param name="note">The checkpoint.</param>
    /// <param name="trusted">Their keys.</param>
    /// <exception cref="VerifyException">A signature claims to be of one of them, and is not.</exception>
    public static IReadOnlyList<string> WitnessesOf(SignedNote note, IEnumerable<VerifierKey> trusted)
    {
        try
        {
            return Witnesses.Of(note, trusted);
        }
        catch (LogDamageException problem)
        {
            throw new VerifyException(VerifyFailure.BadCheckpoint, problem.Message);
        }
    }

    private static ulong? GrewFrom(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, Checkpoint newer, VerifierKey key, SignedNote? seen)
    {
        if (seen is null)
            return null;
        if (key.Check(seen) == NoteVerdict.Absent)
            throw new VerifyException(VerifyFailure.OtherLog, $"it is not signed by {key}");
        var older = CheckpointOf(seen, key);
        if (older.Size > newer.Size)
            throw new VerifyException(VerifyFailure.RolledBack, $"it had {older.Size} entries, and has {newer.Size}");
        if (older.Size == 0)
            return 0; // every log grew out of nothing
        try
        {
            var tiles = new TileFolder(path => files.TryGetValue(Folder + path, out var tile) ? tile.ToArray() : null);
            var proof = older.Size == newer.Size ? [] : tiles.Prover(newer.Size).Consistency(older.Size);
            return MerkleProofs.Extends(older.Size, newer.Size, older.Root, newer.Root, proof)
                ? older.Size
                : throw new VerifyException(VerifyFailure.Forked, $"at {older.Size} entries its root was another");
        }
        catch (LogDamageException)
        {
            throw new VerifyException(VerifyFailure.NotInLog, "the bundle carries too little of the log to compare it with an earlier checkpoint");
        }
    }

    private static IEnumerable<string> TilesOf(ulong size)
    {
        if (size > HashesMax)
            yield break;
        for (var level = 0; level < TilePath.Levels; level++)
        {
            for (ulong index = 0; index < TilePath.FullTiles(level, size); index++)
                yield return TilePath.OfHashes(level, index, TilePath.FullWidth);
            if (TilePath.PartialWidth(level, size) is > 0 and var width)
                yield return TilePath.OfHashes(level, TilePath.FullTiles(level, size), width);
        }
    }
}
