namespace Untag.Columnar;

/// <summary>The step that all packers of the LZ77 family share: repeat what was written before.</summary>
internal static class Earlier
{
    /// <summary>Repeats <paramref name="length"/> bytes from <paramref name="distance"/> bytes back; what is repeated
    /// may be what is being written. False when that lies outside of the page.</summary>
    public static bool TryCopy(Span<byte> page, ref int written, long distance, int length)
    {
        if (distance <= 0 || distance > written || length > page.Length - written)
            return false;
        if (distance >= length)
        {
            page.Slice(written - (int)distance, length).CopyTo(page[written..]);
            written += length;
            return true;
        }

        for (var end = written + length; written < end; written++)
            page[written] = page[written - (int)distance];
        return true;
    }
}
