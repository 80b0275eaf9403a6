using System.Text.Json;
using Untag.TransparencyLog.Trees;

namespace Untag.Tests.TransparencyLog.Trees;

/// <summary>The vectors of transparency-dev/merkle: proofs that must be accepted, and proofs that must be refused.</summary>
public sealed class MerkleVectorsTests
{
    [Fact]
    public void Every_proof_of_inclusion_gets_its_verdict() => Judge("inclusion", 98, vector => MerkleProofs.Includes(
        vector.Number("leafIdx"), vector.Number("treeSize"), vector.Hash("leafHash"), vector.Proof()!, vector.Hash("root")));

    [Fact]
    public void Every_proof_of_consistency_gets_its_verdict() => Judge("consistency", 98, vector => MerkleProofs.Extends(
        vector.Number("size1"), vector.Number("size2"), vector.Hash("root1"), vector.Hash("root2"), vector.Proof()!));

    [Fact]
    public void Every_proof_of_inclusion_in_a_subtree_gets_its_verdict() => Judge("subtreeinclusion", 100, vector => MerkleProofs.SubtreeIncludes(
        vector.Number("leafIdx"), vector.Number("start"), vector.Number("end"), vector.Hash("leafHash"), vector.Proof()!,
        vector.Hash("root")));

    [Fact]
    public void Every_proof_of_consistency_of_a_subtree_gets_its_verdict() => Judge("subtreeconsistency", 100, vector => MerkleProofs.Contains(
        vector.Number("start"), vector.Number("end"), vector.Number("size"), vector.Hash("root1"), vector.Hash("root2"),
        vector.Proof()!));

    [Fact]
    public void Leaves_and_roots_are_those_of_the_old_test_tree()
    {
        var tree = Vectors.Json("rfc6962", "tree8.json");
        var leaves = Texts(tree, "leafInputsHex").Select(hex => MerkleTree.Leaf(Convert.FromHexString(hex))).ToArray();
        Assert.Equal(Texts(tree, "leafHashesHex"), leaves.Select(Hex));
        var growing = new GrowingTree();
        foreach (var (root, size) in Texts(tree, "rootsHexBySize").Select((root, size) => (root, size)))
        {
            Assert.Equal(root, Hex(MerkleTree.Root(leaves.AsSpan(0, size))));
            Assert.Equal(root, Hex(growing.Root()));
            Assert.Equal(root, Hex(MerkleProver.Over(leaves).RootOf((ulong)size)));
            if (size < leaves.Length)
                growing.Add(leaves[size]);
        }
    }

    private static void Judge(string kind, int vectorsMin, Func<JsonElement, bool> verify)
    {
        var vectors = Vectors.Below("rfc6962", "testdata", kind);
        Assert.True(vectors.Count >= vectorsMin, $"{vectors.Count} vectors of {kind}");
        var wrong = vectors
            .Where(vector => (vector.Vector.Proof() is not null && verify(vector.Vector))
                == vector.Vector.GetProperty("wantErr").GetBoolean())
            .Select(vector => vector.Path);
        Assert.Equal([], wrong);
    }

    private static List<string> Texts(JsonElement tree, string name) =>
        [.. tree.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    private static string Hex(TreeHash hash) => Convert.ToHexStringLower(Convert.FromBase64String(hash.ToString()));
}
