using System.Buffers;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>The bytes of a reply that came, or may go, and were not released yet. Their room is rented.</summary>
/// <param name="roomMin">The least room.</param>
internal sealed class HeldBytes(int roomMin = 16 << 10) : IBufferWriter<byte>, IDisposable
{
    private byte[] bytes = [];

    public int Length { get; private set; }

    /// <summary>All of them.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    /// <summary>The same. They are no longer there once this is disposed of.</summary>
    public ReadOnlyMemory<byte> Memory => bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> this[Range range] => Span[range];

    public void Add(ReadOnlySpan<byte> more)
    {
        more.CopyTo(GetSpan(more.Length));
        Length += more.Length;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed > bytes.Length)
            Grow(needed);
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Advance(int count) => Length += count;

    /// <summary>Forgets the first bytes.</summary>
    public void RemoveFirst(int count)
    {
        bytes.AsSpan(count, Length - count).CopyTo(bytes);
        Length -= count;
    }

    public void Dispose()
    {
        Return();
        bytes = [];
        Length = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, roomMin), 2 * bytes.Length));
        Span.CopyTo(larger);
        Return();
        bytes = larger;
    }

    private void Return()
    {
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
