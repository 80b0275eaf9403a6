using System.Buffers;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>The bytes of a reply that came and were not released yet.</summary>
internal sealed class HeldBytes : IDisposable
{
    private const int RoomMin = 16 << 10;

    private byte[] bytes = [];

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
        Return();
        bytes = [];
        Length = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, RoomMin), 2 * bytes.Length));
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
