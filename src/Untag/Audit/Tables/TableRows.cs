namespace Untag.Audit.Tables;

/// <summary>Walks over a table row by row, in a buffer that does not grow with the table. The first row holds the names of the
/// columns.</summary>
/// <param name="stream">The bytes of the table.</param>
/// <param name="blockBytes">How much is read at once. What is read does not depend on it.</param>
internal abstract class TableRows(Stream stream, int blockBytes)
{
    private const int BlockBytesMin = 16;

    /// <summary>What was read and is not done with stands from <see cref="start"/> to <see cref="filled"/>.</summary>
    private protected byte[] buffer = new byte[Math.Max(BlockBytesMin, blockBytes)];
    private protected int start;
    private protected int filled;

    /// <summary>True when there is no more to read.</summary>
    private protected bool ended;

    /// <summary>The line on which the present row begins, counted from 1.</summary>
    public long Line { get; protected set; }

    /// <summary>The cells of the present row.</summary>
    public abstract int Count { get; }

    /// <summary>The text of a cell, in UTF-8.</summary>
    public abstract ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="AuditInputException">The row has other cells than the first, or cannot be read.</exception>
    public abstract bool Read();

    /// <summary>Reads on. What is done with makes room first; a row that fills the buffer makes it grow.</summary>
    private protected void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            start = 0;
        }

        if (filled == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        ended = read == 0;
    }
}
