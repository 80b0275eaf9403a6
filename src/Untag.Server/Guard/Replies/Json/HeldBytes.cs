using System.Buffers;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>The bytes of a reply that came and were not released yet.</summary>
internal sealed class HeldBytes : IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(16 << 10);

    public int Length { get; private set; }

    /// <summary>All of them.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    public ReadOnlySpan<byte> this[Range range] => Span[range];

    public void Add(ReadOnlySpan<byte> more)
    {
        if (Length + more.Length > bytes.Length)
            Grow(Length + more.Length);
        more.CopyTo(bytes.AsSpan(Length));
        Length += more.Length;
    }

    /// <summary>Forgets the first bytes.</summary>
    public void RemoveFirst(int count)
    {
        bytes.AsSpan(count, Length - count).CopyTo(bytes);
        Length -= count;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        Length = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * bytes.Length));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
