namespace Untag.Scan.Containers;

/// <summary>Reads the structures of a container, where an early end is damage.</summary>
internal static class StreamReading
{
    extension(Stream container)
    {
        /// <summary>Fills a buffer.</summary>
        public void Fill(Span<byte> buffer)
        {
            if (container.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
                throw new DamageException(DamageException.Cut);
        }

        /// <summary>The next bytes as a stretch, which leaves the container behind it with <see cref="Slice.Skip"/>.
        /// </summary>
        public Slice Next(long length) => new(container, container.CanSeek ? container.Position : 0, length);

        /// <summary>Leaves bytes out.</summary>
        public void Pass(long length) => container.Next(length).Skip();
    }
}
