namespace Untag.Scan.Containers;

/// <summary>How much one file on disk may expand to, whatever it is nested in. A bomb ends here, and the report says so.</summary>
internal sealed class ExpansionBudget(ScanLimits limits)
{
    private const long RatioFreeBytes = 16 * 1024 * 1024; // small files compress well without being bombs

    private long expanded;
    private int entries;

    /// <summary>Which limit was reached; null when none was.</summary>
    public string? Exceeded { get; private set; }

    /// <summary>Takes one more entry; false when there are too many.</summary>
    public bool TakeEntry()
    {
        if (++entries > limits.ArchiveEntriesMax)
            Exceeded ??= $"more than {limits.ArchiveEntriesMax} entries";
        return Exceeded is null;
    }

    /// <summary>Takes expanded bytes; false when they are too many, in all or for the packed size they come from.</summary>
    public bool TakeBytes(long count, long ofEntry, long packedBytes)
    {
        expanded += count;
        if (expanded > limits.ExpandedBytesMax)
            Exceeded ??= $"expands to more than {limits.ExpandedBytesMax / 1048576} MiB";
        else if (packedBytes > 0 && ofEntry > RatioFreeBytes && ofEntry / packedBytes > limits.ExpansionRatioMax)
            Exceeded ??= $"expands to more than {limits.ExpansionRatioMax} times its size";
        return Exceeded is null;
    }
}

/// <summary>A stream that ends early when its expansion costs too much.</summary>
/// <param name="inner">The expanding stream.</param>
/// <param name="budget">What is left.</param>
/// <param name="packedBytes">Size of what it expands from; 0 when not known.</param>
internal sealed class BudgetedStream(Stream inner, ExpansionBudget budget, long packedBytes) : Stream
{
    private long read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (budget.Exceeded is not null)
            return 0;
        var count = inner.Read(buffer);
        read += count;
        budget.TakeBytes(count, read, packedBytes);
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
