using System.Numerics;

namespace Untag.TransparencyLog.Trees;

/// <summary>Verifies proofs about Merkle trees. None of it throws: a proof proves what it should, or it does not.</summary>
/// <remarks>A subtree is a run of leaves that starts at a multiple of the next power of two of its length; a tree is the subtree
/// that starts at 0 (draft-ietf-plants-merkle-tree-certs, section 4).</remarks>
public static class MerkleProofs
{
    /// <summary>True when a leaf stands at an index of a tree (RFC 9162, section 2.1.3.2).</summary>
    /// <param name="index">Index of the leaf.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="leaf">Hash of the leaf.</param>
    /// <param name="proof">Hashes from the leaf's sibling up to the child of the root.</param>
    /// <param name="root">Root of the tree.</param>
    public static bool Includes(ulong index, ulong size, TreeHash leaf, IReadOnlyList<TreeHash> proof, TreeHash root)
    {
        if (index >= size)
            return false;
        var (at, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0)
                return false; // longer than the tree is high
            if ((at & 1) == 1 || at == last)
            {
                hash = MerkleTree.Node(sibling, hash);
                while ((at & 1) == 0 && at != 0)
                    (at, last) = (at >> 1, last >> 1);
            }
            else
            {
                hash = MerkleTree.Node(hash, sibling);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>True when a leaf stands at an index of a tree, within the subtree of some leaves.</summary>
    /// <param name="index">Index of the leaf in the tree.</param>
    /// <param name="start">Index of the subtree's first leaf.</param>
    /// <param name="end">Index after the subtree's last leaf.</param>
    /// <param name="leaf">Hash of the leaf.</param>
    /// <param name="proof">Hashes from the leaf's sibling up to the child of the subtree's root.</param>
    /// <param name="root">Root of the subtree.</param>
    public static bool SubtreeIncludes(
        ulong index, ulong start, ulong end, TreeHash leaf, IReadOnlyList<TreeHash> proof, TreeHash root) =>
        IsSubtree(start, end) && index >= start && Includes(index - start, end - start, leaf, proof, root);

    /// <summary>True when a tree grew out of an earlier one: nothing in it was changed (RFC 9162, section 2.1.4.2). Every tree
    /// grows out of the empty one, so that there is nothing to prove, and a proof of it is refused.</summary>
    /// <param name="oldSize">Leaves of the earlier tree.</param>
    /// <param name="newSize">Leaves of the tree.</param>
    /// <param name="oldRoot">Root of the earlier tree.</param>
    /// <param name="newRoot">Root of the tree.</param>
    /// <param name="proof">The hashes of RFC 6962, section 2.1.2.</param>
    public static bool Extends(
        ulong oldSize, ulong newSize, TreeHash oldRoot, TreeHash newRoot, IReadOnlyList<TreeHash> proof) =>
        oldSize > 0 && Contains(0, oldSize, newSize, oldRoot, newRoot, proof);

    /// <summary>True when a subtree is a part of a tree (draft-ietf-plants-merkle-tree-certs, section 4.4.3). The empty one is a
    /// part of every tree.</summary>
    /// <param name="start">Index of the subtree's first leaf.</param>
    /// <param name="end">Index after the subtree's last leaf.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="subtree">Root of the subtree.</param>
    /// <param name="root">Root of the tree.</param>
    /// <param name="proof">The hashes between the two.</param>
    public static bool Contains(
        ulong start, ulong end, ulong size, TreeHash subtree, TreeHash root, IReadOnlyList<TreeHash> proof)
    {
        if (end > size)
            return false;
        if (start == end)
            return subtree == MerkleTree.Empty && proof.Count == 0;
        if (!IsSubtree(start, end))
            return false;
        var (first, last, lastOfTree) = (start, end - 1, size - 1);
        // Up to the highest node that is whole in both: the proof starts there.
        while (first != last && (last == lastOfTree || (last & 1) == 1))
            (first, last, lastOfTree) = (first >> 1, last >> 1, lastOfTree >> 1);
        var next = first == last ? 0 : 1;
        if (proof.Count < next)
            return false;
        var hashOfSubtree = next == 0 ? subtree : proof[0];
        var hashOfTree = hashOfSubtree;
        for (; next < proof.Count; next++)
        {
            if (lastOfTree == 0)
                return false; // longer than the tree is high
            if ((last & 1) == 1 || last == lastOfTree)
            {
                if (first < last)
                    hashOfSubtree = MerkleTree.Node(proof[next], hashOfSubtree);
                hashOfTree = MerkleTree.Node(proof[next], hashOfTree);
                while ((last & 1) == 0 && last != 0)
                    (first, last, lastOfTree) = (first >> 1, last >> 1, lastOfTree >> 1);
            }
            else
            {
                hashOfTree = MerkleTree.Node(hashOfTree, proof[next]);
            }

            (first, last, lastOfTree) = (first >> 1, last >> 1, lastOfTree >> 1);
        }

        return lastOfTree == 0 && hashOfSubtree == subtree && hashOfTree == root;
    }

    private static bool IsSubtree(ulong start, ulong end)
    {
        if (start >= end)
            return false;
        var length = end - start;
        return length <= 1UL << 63 && (start & (BitOperations.RoundUpToPowerOf2(length) - 1)) == 0;
    }
}
