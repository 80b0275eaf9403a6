using System.Collections.Concurrent;
using Untag.Server.Guard.Gate;

namespace Untag.Tests.Server.Guard.Gate;

public sealed class TurnsTests
{
    [Fact]
    public async Task What_comes_from_many_sides_is_done_once_each_in_order_and_never_at_the_same_time()
    {
        const int Sides = 8, Each = 500;
        var done = new List<(int Side, int Number)>();
        var now = 0;
        var most = 0;
        using (var turns = new Turns<(int, int)>((came, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            done.AddRange(came);
            Interlocked.Decrement(ref now);
            return null;
        }))
        {
            await Task.WhenAll(Enumerable.Range(0, Sides).Select(side => Task.Run(() =>
            {
                for (var i = 0; i < Each; i++)
                    Assert.True(turns.Add((side, i)));
            })));
        }

        Assert.Equal(1, most);
        Assert.All(
            Enumerable.Range(0, Sides),
            side => Assert.Equal(Enumerable.Range(0, Each), done.Where(one => one.Side == side).Select(one => one.Number)));
    }

    [Fact]
    public void What_comes_during_a_turn_is_done_together_in_the_next()
    {
        var turnsTaken = new ConcurrentQueue<int>();
        using var isInside = new SemaphoreSlim(0);
        using var mayEnd = new SemaphoreSlim(0);
        using (var turns = new Turns<int>((came, _) =>
        {
            turnsTaken.Enqueue(came.Count);
            isInside.Release();
            mayEnd.Wait();
            return null;
        }))
        {
            turns.Add(1);
            isInside.Wait(TestContext.Current.CancellationToken);
            for (var i = 2; i <= 4; i++)
                turns.Add(i);
            mayEnd.Release(2);
        }

        Assert.Equal([1, 3], turnsTaken);
    }

    [Fact]
    public void A_ring_has_a_turn_taken_though_nothing_came()
    {
        var rings = new ConcurrentQueue<(int Came, bool IsRung)>();
        using (var turns = new Turns<int>((came, isRung) =>
        {
            rings.Enqueue((came.Count, isRung));
            return null;
        }))
        {
            turns.Ring();
        }

        Assert.Equal([(0, true)], rings);
    }

    [Fact]
    public void What_a_turn_leaves_for_afterwards_does_not_hold_up_the_next()
    {
        using var isFirstBegun = new SemaphoreSlim(0);
        using var isSecondOver = new SemaphoreSlim(0);
        var isFirstDone = false;
        using (var turns = new Turns<int>((came, _) =>
        {
            isFirstBegun.Release();
            if (came[0] == 2)
                isSecondOver.Release();
            return came[0] == 1
                ? () => isFirstDone = isSecondOver.Wait(TimeSpan.FromSeconds(30))
                : null;
        }))
        {
            turns.Add(1);
            isFirstBegun.Wait(TestContext.Current.CancellationToken);
            turns.Add(2);
            SpinWait.SpinUntil(() => Volatile.Read(ref isFirstDone), TimeSpan.FromSeconds(30));
        }

        Assert.True(isFirstDone);
    }

    [Fact]
    public void Once_closed_nothing_is_taken_and_what_came_before_is_done()
    {
        var done = 0;
        var turns = new Turns<int>((came, _) =>
        {
            done += came.Count;
            return null;
        });
        turns.Add(1);
        turns.Dispose();
        Assert.False(turns.Add(2));
        turns.Ring();
        Assert.Equal(1, done);
    }
}
