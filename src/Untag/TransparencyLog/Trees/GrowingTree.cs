namespace Untag.TransparencyLog.Trees;

/// <summary>The root of a tree to which leaves are added, in the space of its height.</summary>
public sealed class GrowingTree
{
    // The roots of the whole subtrees that the leaves make up so far, the largest first: one for each bit of the size.
    private readonly List<TreeHash> whole = [];

    /// <summary>Leaves so far.</summary>
    public ulong Size { get; private set; }

    /// <summary>Adds a leaf.</summary>
    public void Add(TreeHash leaf)
    {
        var hash = leaf;
        for (var rest = Size; (rest & 1) == 1; rest >>= 1)
        {
            hash = MerkleTree.Node(whole[^1], hash);
            whole.RemoveAt(whole.Count - 1);
        }

        whole.Add(hash);
        Size++;
    }

    /// <summary>The root over the leaves so far.</summary>
    public TreeHash Root()
    {
        if (whole.Count == 0)
            return MerkleTree.Empty;
        var root = whole[^1];
        for (var i = whole.Count - 2; i >= 0; i--)
            root = MerkleTree.Node(whole[i], root);
        return root;
    }
}
