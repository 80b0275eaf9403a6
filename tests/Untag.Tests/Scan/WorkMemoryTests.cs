using Untag.Scan;

namespace Untag.Tests.Scan;

public sealed class WorkMemoryTests
{
    [Fact]
    public void A_buffer_that_was_given_back_is_used_again()
    {
        var memory = new WorkMemory();
        var buffer = memory.Rent(100);
        memory.Return(buffer);
        Assert.Same(buffer, memory.Rent(100));
        Assert.NotSame(buffer, memory.Rent(100));
    }

    [Fact]
    public void A_buffer_of_another_size_is_none()
    {
        var memory = new WorkMemory();
        memory.Return(memory.Rent(100));
        Assert.Equal(200, memory.Rent(200).Length);
    }

    [Fact]
    public void What_was_left_behind_is_collected_once_it_is_much()
    {
        var memory = new WorkMemory();
        var left = LeaveBehind();
        memory.Collect();
        Assert.False(left.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference LeaveBehind() => new(new byte[256 << 20]);
}
