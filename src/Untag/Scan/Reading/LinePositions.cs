namespace Untag.Scan.Reading;

/// <summary>Turns byte offsets, asked in rising order, into lines and columns.</summary>
internal ref struct LinePositions(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;
    private int line = 1;
    private int column;

    /// <summary>Line and column, both counted from 1, of a byte; the column counts characters.</summary>
    public (int Line, int Column) Of(int offset)
    {
        while (true)
        {
            var length = bytes[at..offset].IndexOfAny((byte)'\n', (byte)'\r');
            if (length < 0)
                break;
            at += length;
            at += bytes[at] == '\r' && at + 1 < offset && bytes[at + 1] == '\n' ? 2 : 1;
            line++;
            column = 0;
        }

        // Only what is new is counted: on a line of megabytes counting from its start would cost the square of its length.
        column += System.Text.Encoding.UTF8.GetCharCount(bytes[at..offset]);
        at = offset;
        return (line, column + 1);
    }
}
