using CsCheck;
using Untag.TransparencyLog.Trees;

namespace Untag.Tests.TransparencyLog.Trees;

public sealed class MerkleProofsTests
{
    private const int SizeMax = 300;

    private static readonly TreeHash[] Leaves = [.. Enumerable.Range(0, SizeMax).Select(i => MerkleTree.Leaf(BitConverter.GetBytes(i)))];

    private static readonly Gen<(int Smaller, int Size)> Sizes =
        from size in Gen.Int[1, SizeMax]
        from smaller in Gen.Int[1, size]
        select (smaller, size);

    [Fact]
    public void Each_leaf_of_a_tree_is_proved_and_no_other() => Sizes.Sample(tree =>
    {
        var prover = MerkleProver.Over(Leaves[..tree.Size]);
        var index = (ulong)tree.Smaller - 1;
        var proof = prover.Inclusion(index);
        Assert.True(MerkleProofs.Includes(index, prover.Size, Leaves[index], proof, prover.Root()));
        Assert.False(MerkleProofs.Includes(index, prover.Size, MerkleTree.Empty, proof, prover.Root()));
        Assert.False(MerkleProofs.Includes(index, prover.Size, Leaves[index], [.. proof, MerkleTree.Empty], prover.Root()));
        Assert.False(MerkleProofs.Includes(index ^ 1, prover.Size, Leaves[index], proof, prover.Root()));
    });

    [Fact]
    public void Each_earlier_tree_is_proved_and_no_other() => Sizes.Sample(tree =>
    {
        var prover = MerkleProver.Over(Leaves[..tree.Size]);
        var (smaller, size, old) = ((ulong)tree.Smaller, prover.Size, prover.RootOf((ulong)tree.Smaller));
        var proof = prover.Consistency(smaller);
        Assert.True(MerkleProofs.Extends(smaller, size, old, prover.Root(), proof));
        Assert.False(MerkleProofs.Extends(smaller, size, MerkleTree.Empty, prover.Root(), proof));
        Assert.False(MerkleProofs.Extends(smaller, size, old, MerkleTree.Empty, proof));
        Assert.False(MerkleProofs.Extends(smaller, size, old, prover.Root(), [.. proof, old]));
        if (proof.Count > 0)
            Assert.False(MerkleProofs.Extends(smaller, size, old, prover.Root(), [.. proof.Skip(1)]));
    });

    [Fact]
    public void A_tree_whose_past_was_changed_has_no_proof_of_it() => Sizes.Sample(tree =>
    {
        TreeHash[] changed = [.. Leaves[..tree.Size]];
        changed[tree.Smaller - 1] = MerkleTree.Empty;
        var (before, after) = (MerkleProver.Over(Leaves[..tree.Size]), MerkleProver.Over(changed));
        var smaller = (ulong)tree.Smaller;
        Assert.False(MerkleProofs.Extends(smaller, after.Size, before.RootOf(smaller), after.Root(), after.Consistency(smaller)));
        Assert.False(MerkleProofs.Extends(smaller, after.Size, before.RootOf(smaller), after.Root(), before.Consistency(smaller)));
    });

    [Fact]
    public void A_tree_that_grows_leaf_by_leaf_has_the_root_of_all_its_leaves()
    {
        var growing = new GrowingTree();
        for (var size = 0; size < SizeMax; size++)
        {
            Assert.Equal(MerkleTree.Root(Leaves.AsSpan(0, size)), growing.Root());
            growing.Add(Leaves[size]);
        }
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused_without_an_error()
    {
        Assert.False(MerkleProofs.Includes(0, 0, Leaves[0], [], MerkleTree.Empty));
        Assert.False(MerkleProofs.Includes(ulong.MaxValue, ulong.MaxValue, Leaves[0], [], Leaves[0]));
        Assert.False(MerkleProofs.Extends(0, 5, MerkleTree.Empty, Leaves[0], []));
        Assert.False(MerkleProofs.Extends(ulong.MaxValue, ulong.MaxValue, Leaves[0], Leaves[1], []));
        Assert.False(MerkleProofs.Contains(1UL << 63, ulong.MaxValue, ulong.MaxValue, Leaves[0], Leaves[0], []));
    }
}
