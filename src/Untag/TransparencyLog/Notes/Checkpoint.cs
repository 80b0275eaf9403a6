using System.Globalization;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Notes;

/// <summary>What a log says of itself at some moment: C2SP tlog-checkpoint.</summary>
/// <param name="Origin">Which log it is.</param>
/// <param name="Size">Entries of the log.</param>
/// <param name="Root">Root of the tree over them.</param>
/// <param name="Extensions">Further lines, about which no witness says anything.</param>
public sealed record Checkpoint(string Origin, ulong Size, TreeHash Root, IReadOnlyList<string> Extensions)
{
    /// <summary>A checkpoint without further lines.</summary>
    public Checkpoint(string origin, ulong size, TreeHash root)
        : this(origin, size, root, [])
    {
    }

    /// <summary>Reads the text of a note.</summary>
    /// <exception cref="FormatException">It is no checkpoint; the message says why.</exception>
    public static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0)
            throw new FormatException("a checkpoint has three lines or more");
        if (lines[..^1].Any(line => line.Length == 0))
            throw new FormatException("a checkpoint has no empty line");
        var size = Number(lines[1]) ?? throw new FormatException("the second line of a checkpoint is its size, a plain decimal number");
        var root = TreeHash.Parse(lines[2]) ?? throw new FormatException("the third line of a checkpoint is its root, 32 bytes in base64");
        if (size == 0 && root != MerkleTree.Empty)
            throw new FormatException("a checkpoint without entries has a root that belongs to some");
        return new Checkpoint(lines[0], size, root, lines[3..^1]);
    }

    /// <summary>Reads a decimal number without sign, blanks or leading zeros; null when it is none.</summary>
    public static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : null;

    /// <summary>The text over which the log signs.</summary>
    public override string ToString() => string.Concat(
        ((IEnumerable<string>)[Origin, Size.ToString(CultureInfo.InvariantCulture), Root.ToString(), .. Extensions])
        .Select(line => line + '\n'));
}
