using CsCheck;
using Untag.Audit.Embeddings;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Embeddings;

/// <summary>Moments of rows drawn by lot, added in several ways.</summary>
public sealed class ClassMomentsTests
{
    private const int Groups = 3;

    // Of any number of coordinates: those that fill a panel, and those that do not.
    [Fact]
    public void Rows_in_blocks_are_added_as_rows_one_by_one_are() => Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[1, 70], Gen.Int[1, 40], Gen.Int[1, 900]).Sample(
        (seed, dimensions, rowsOfBlock, rows) =>
        {
            var random = new SeededRandom((ulong)seed);
            ClassMoments? blocks = null, single = null;
            var features = new FeatureMap(dimensions);
            var block = new RowBlock(rowsOfBlock, dimensions);
            for (var row = 0; row < rows; row += block.Rows)
            {
                block.Rows = Math.Min(rowsOfBlock, rows - row);
                for (var i = 0; i < block.Rows; i++)
                {
                    block.Groups[i] = random.NextBelow(Groups + 1) - 1;
                    for (var at = 0; at < dimensions; at++)
                        features.Present[at] = block.Numbers[(i * dimensions) + at] = (float)(7 + random.NextNormal() + (at == 0 ? block.Groups[i] : 0));
                    if (block.Groups[i] == RowBlock.LeftOut)
                        continue;
                    single ??= new ClassMoments(features, Groups);
                    single.Add(features, block.Groups[i]);
                }

                if (block.Kept.Any())
                    (blocks ??= new ClassMoments(block, Groups)).Add(block);
            }

            return (blocks is null && single is null) || AreAlike(blocks!, single!);
        },
        iter: 60);

    [Fact]
    public void Sums_in_whole_numbers_are_the_moments_that_they_are_of()
    {
        var random = new SeededRandom(4);
        var features = new FeatureMap(9);
        var moments = new ClassMoments(features, 2); // about 0
        for (var i = 0; i < 500; i++)
        {
            for (var at = 0; at < 9; at++)
                features.Present[at] = random.NextNormal() + (i % 2);
            moments.Add(features, i % 2);
        }

        var exact = ExactSums.Of(moments);
        var twice = ExactSums.Empty(9, 3);
        twice.Add(exact, [2, 0]);
        twice.Add(exact, [2, 0]);
        var back = new ClassMoments(twice);
        Assert.Equal([500, 0, 500], back.Rows);
        Assert.Equal(moments.Offset(0, 3), back.Offset(2, 3), 14);
        Assert.Equal(moments.Covariance()[5, 2], back.Covariance()[5, 2], 14);
    }

    private static bool AreAlike(ClassMoments blocks, ClassMoments single)
    {
        var (covariance, expected) = (blocks.Covariance(), single.Covariance());
        return blocks.Rows.SequenceEqual(single.Rows)
            && Enumerable.Range(0, blocks.Size).All(a => Math.Abs(blocks.Mean(a) - single.Mean(a)) < 1e-12
                && Enumerable.Range(0, Groups).All(group => Math.Abs(blocks.Offset(group, a) - single.Offset(group, a)) < 1e-12)
                && Enumerable.Range(0, a + 1).All(b => Math.Abs(covariance[a, b] - expected[a, b]) < 1e-5));
    }
}
