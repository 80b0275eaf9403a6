namespace Untag.Scan.Reading;

/// <summary>Turns byte offsets, asked in rising order, into lines and columns.</summary>
internal ref struct LinePositions(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;
    private int line = 1;
    private int lineStart;

    /// <summary>Line and column, both counted from 1, of a byte; the column counts characters.</summary>
    public (int Line, int Column) Of(int offset)
    {
        while (true)
        {
            var length = bytes[at..offset].IndexOf((byte)'\n');
            if (length < 0)
                break;
            at += length + 1;
            line++;
            lineStart = at;
        }

        at = offset;
        // On a line of megabytes counting characters for every token would cost the square of its length.
        const int CountedBytesMax = 4096;
        var before = bytes[lineStart..offset];
        var column = before.Length <= CountedBytesMax ? System.Text.Encoding.UTF8.GetCharCount(before) : before.Length;
        return (line, column + 1);
    }
}
