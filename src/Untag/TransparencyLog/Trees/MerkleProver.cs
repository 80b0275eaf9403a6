using System.Numerics;

namespace Untag.TransparencyLog.Trees;

/// <summary>Makes proofs about a tree from the hashes of its whole subtrees.</summary>
/// <param name="size">Leaves of the tree.</param>
/// <param name="whole">The hash of a subtree that is whole: its height, 0 for a leaf, and its index among those of that
/// height.</param>
public sealed class MerkleProver(ulong size, Func<int, ulong, TreeHash> whole)
{
    /// <summary>Leaves of the tree.</summary>
    public ulong Size => size;

    /// <summary>A prover of a tree whose leaves lie in memory.</summary>
    public static MerkleProver Over(IReadOnlyList<TreeHash> leaves)
    {
        return new MerkleProver((ulong)leaves.Count, Whole);

        TreeHash Whole(int height, ulong index) => height == 0
            ? leaves[(int)index]
            : MerkleTree.Node(Whole(height - 1, 2 * index), Whole(height - 1, 2 * index + 1));
    }

    /// <summary>The hash of a leaf.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public TreeHash Leaf(ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return whole(0, index);
    }

    /// <summary>The root of the tree.</summary>
    public TreeHash Root() => RootOf(size);

    /// <summary>The root that the tree had when it was smaller.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It was never that large.</exception>
    public TreeHash RootOf(ulong smaller)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smaller, size);
        return smaller == 0 ? MerkleTree.Empty : Range(0, smaller);
    }

    /// <summary>The proof that a leaf stands in the tree: hashes from its sibling upwards (RFC 6962, section 2.1.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public IReadOnlyList<TreeHash> Inclusion(ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<TreeHash>();
        var (from, to) = (0UL, size);
        while (to - from > 1)
        {
            var middle = from + MerkleTree.Split(to - from);
            proof.Add(index < middle ? Range(middle, to) : Range(from, middle));
            (from, to) = index < middle ? (from, middle) : (middle, to);
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The proof that the tree grew out of a smaller one (RFC 6962, section 2.1.2); empty when they are the same.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The smaller one is empty or larger.</exception>
    public IReadOnlyList<TreeHash> Consistency(ulong smaller)
    {
        ArgumentOutOfRangeException.ThrowIfZero(smaller);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smaller, size);
        var proof = new List<TreeHash>();
        var (from, to, known) = (0UL, size, true);
        while (smaller != to)
        {
            var middle = from + MerkleTree.Split(to - from);
            if (smaller <= middle)
            {
                proof.Add(Range(middle, to));
                to = middle;
            }
            else
            {
                proof.Add(Range(from, middle));
                (from, known) = (middle, false);
            }
        }

        if (!known)
            proof.Add(Range(from, to)); // not the whole of the smaller tree, whose root the reader knows
        proof.Reverse();
        return proof;
    }

    // The ranges that are asked for start where a subtree of their size may start.
    private TreeHash Range(ulong from, ulong to)
    {
        var length = to - from;
        if (BitOperations.IsPow2(length))
        {
            var height = BitOperations.Log2(length);
            return whole(height, from >> height);
        }

        var middle = from + MerkleTree.Split(length);
        return MerkleTree.Node(Range(from, middle), Range(middle, to));
    }
}
