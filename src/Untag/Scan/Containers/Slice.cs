namespace Untag.Scan.Containers;

/// <summary>A stretch of a container that holds the bytes of an entry as they are. It can seek when the container can.
/// </summary>
/// <param name="container">The container's bytes. They stand at the start of the stretch when they cannot seek.</param>
/// <param name="start">Where the stretch begins; not asked for when the container cannot seek.</param>
/// <param name="length">Its length in bytes, as the container says: it is not believed beyond what there is.</param>
internal sealed class Slice(Stream container, long start, long length) : ReadOnlyStream
{
    private long position;

    public override bool CanSeek => container.CanSeek;

    public override long Length => CanSeek ? Math.Min(length, Math.Max(0, container.Length - start)) : length;

    public override long Position
    {
        get => position;
        set
        {
            if (!CanSeek)
                throw new NotSupportedException();
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, Math.Max(0, length - position));
        if (wanted == 0)
            return 0;
        if (container.CanSeek)
            container.Position = start + position;
        var count = container.Read(buffer[..wanted]);
        if (count == 0)
            throw new DamageException(DamageException.Cut);
        position += count;
        return count;
    }

    /// <summary>Leaves the container behind the stretch, whatever was read of it.</summary>
    public void Skip()
    {
        if (container.CanSeek)
        {
            if (length > container.Length - start)
                throw new DamageException(DamageException.Cut);
            container.Position = start + length;
            return;
        }

        Span<byte> passed = stackalloc byte[4096];
        while (Read(passed) > 0)
        {
        }
    }
}
