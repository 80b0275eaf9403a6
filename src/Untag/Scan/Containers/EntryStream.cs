namespace Untag.Scan.Containers;

/// <summary>The bytes of an entry on their way to a reader, who never hears of damage: the entry ends there, and the
/// container reports it.</summary>
/// <param name="content">The bytes.</param>
/// <param name="budget">Tells when the time is spent.</param>
internal sealed class EntryStream(Stream content, ReadingBudget budget) : ReadOnlyStream
{
    /// <summary>What is wrong with the bytes; null when nothing is.</summary>
    public string? Damage { get; private set; }

    public override bool CanSeek => content.CanSeek;

    public override long Length => content.Length;

    public override long Position
    {
        get => content.Position;
        set => content.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        if (Damage is not null || !budget.HasTime())
            return 0;
        try
        {
            return content.Read(buffer);
        }
        catch (IOException problem)
        {
            Damage = FileProblem.InWords(problem);
            return 0;
        }
    }

    /// <summary>Reads what its reader left, so that damage behind it is met as well.</summary>
    public void Drain()
    {
        if (CanSeek)
            return;
        var passed = new byte[16 * 1024];
        while (Read(passed) > 0)
        {
        }
    }
}
