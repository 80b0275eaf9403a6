using CsCheck;
using Untag.Scan;
using Untag.Scan.Files;

namespace Untag.Tests.Scan;

public sealed class FileOrderTests
{
    private const long Large = 1 << 20;

    [Fact]
    public void The_largest_file_comes_first_and_the_small_ones_in_the_order_of_their_folders()
    {
        var order = Of(3, Large, 2, 5 * Large);
        Assert.Equal([3, 1, 0, 2], Enumerable.Range(0, 4).Select(_ =>
        {
            var file = order.Take();
            order.Finish(file);
            return file;
        }));
    }

    [Fact]
    public void While_a_large_file_is_read_the_others_get_small_ones()
    {
        var order = Of(Large, 3 * Large, 1, 2);
        Assert.Equal(1, order.Take());
        Assert.Equal(2, order.Take());
        order.Finish(1);
        Assert.Equal(0, order.Take());
        Assert.Equal(3, order.Take());
    }

    [Fact]
    public void No_worker_waits_for_a_small_file_when_there_is_none()
    {
        var order = Of(Large, 2 * Large);
        Assert.Equal([1, 0], [order.Take(), order.Take()]);
    }

    [Fact]
    public void Each_file_is_handed_out_once() =>
        Gen.Select(Gen.Long[0, 3 * Large].Array[0, 30], Gen.Int[1, 4]).Sample(
            (sizes, workers) =>
            {
                var order = Of(sizes);
                var inHand = new Queue<int>();
                var taken = new List<int>();
                while (taken.Count < sizes.Length)
                {
                    if (inHand.Count == workers)
                        order.Finish(inHand.Dequeue());
                    inHand.Enqueue(order.Take());
                    taken.Add(inHand.Last());
                }

                Assert.Equal(Enumerable.Range(0, sizes.Length), taken.Order());
            },
            seed: "0000Kx9Qw2a1", iter: 2000);

    private static FileOrder Of(params long[] sizes) => new([.. sizes.Select((size, i) => new FoundFile($"{i}", $"{i}", size))]);
}
