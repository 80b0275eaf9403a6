using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;

namespace Untag.TransparencyLog.Trees;

/// <summary>The Merkle tree of RFC 6962, section 2.1, which RFC 9162 keeps.</summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of a tree without leaves: the hash of nothing.</summary>
    public static TreeHash Empty { get; } = TreeHash.Read(SHA256.HashData([]));

    /// <summary>The hash of a leaf.</summary>
    /// <param name="entry">The bytes of the entry.</param>
    public static TreeHash Leaf(ReadOnlySpan<byte> entry)
    {
        var rented = ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        rented[0] = LeafPrefix;
        entry.CopyTo(rented.AsSpan(1));
        var hash = Hash(rented.AsSpan(0, entry.Length + 1));
        ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash of a node.</summary>
    public static TreeHash Node(TreeHash left, TreeHash right)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * TreeHash.Length];
        bytes[0] = NodePrefix;
        left.Write(bytes[1..]);
        right.Write(bytes[(1 + TreeHash.Length)..]);
        return Hash(bytes);
    }

    /// <summary>The root over some leaves.</summary>
    /// <param name="leaves">Hashes of leaves, in order.</param>
    public static TreeHash Root(ReadOnlySpan<TreeHash> leaves)
    {
        if (leaves.Length < 2)
            return leaves.Length == 0 ? Empty : leaves[0];
        var split = (int)Split((ulong)leaves.Length);
        return Node(Root(leaves[..split]), Root(leaves[split..]));
    }

    /// <summary>Leaves in the left half of a tree: the largest power of two below its size.</summary>
    /// <param name="size">Leaves of the tree, at least 2.</param>
    internal static ulong Split(ulong size) => 1UL << BitOperations.Log2(size - 1);

    private static TreeHash Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[TreeHash.Length];
        SHA256.HashData(bytes, hash);
        return TreeHash.Read(hash);
    }
}
