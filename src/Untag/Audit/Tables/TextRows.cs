using System.Globalization;

namespace Untag.Audit.Tables;

/// <summary>A table that is text, in a buffer that does not grow with it.</summary>
/// <param name="stream">The bytes of the table.</param>
/// <param name="name">What messages call it.</param>
/// <param name="blockBytes">How much is read at once. What is read does not depend on it.</param>
internal abstract class TextRows(Stream stream, string name, int blockBytes) : TableRows(name)
{
    /// <summary>A row longer than this is taken for one that does not end.</summary>
    public const int RowBytesMax = 16 << 20;

    /// <summary>As many bytes behind what was read may be looked at.</summary>
    private protected const int Slack = 16;

    private const int BlockBytesMin = 16;

    private readonly int[] lines = new int[RowsMax];
    private AuditInputException? problem;

    /// <summary>What was read and is not done with stands from <see cref="start"/> to <see cref="filled"/>.</summary>
    private protected byte[] buffer = new byte[Math.Max(BlockBytesMin, blockBytes) + Slack];
    private protected int start;
    private protected int filled;

    /// <summary>True when there is no more to read.</summary>
    private protected bool ended;

    /// <inheritdoc/>
    public sealed override string PlaceOf(int row) => PlaceOf((long)lines[row]);

    /// <summary>A line, for messages.</summary>
    private protected string PlaceOf(long line) => string.Create(CultureInfo.InvariantCulture, $"{Name}:{line}");

    /// <summary>Reads the next rows. Those before one that is wrong are handed over first.</summary>
    private protected sealed override void ReadBlock()
    {
        if (problem is not null)
            throw problem;
        try
        {
            CutRows();
        }
        catch (AuditInputException wrong) when (Count > 0)
        {
            problem = wrong;
        }

        CodeRows();
    }

    /// <summary>Cuts the next rows.</summary>
    private protected abstract void CutRows();

    /// <summary>Numbers the cells of the rows that were cut.</summary>
    private protected virtual void CodeRows()
    {
    }

    /// <summary>Counts a row.</summary>
    private protected void Add(long line) => lines[Count++] = (int)Math.Min(line, int.MaxValue);

    /// <summary>Reads on. What is done with makes room first; a row that fills the buffer makes it grow.</summary>
    private protected void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            start = 0;
        }

        if (filled + Slack == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.Read(buffer, filled, buffer.Length - Slack - filled);
        filled += read;
        ended = read == 0;
    }
}
