using SharpCompress.Compressors.Xz;

namespace Untag.Scan.Containers;

/// <summary>Unpacks xz files: the library's decoder reads one, and a file may be several in a row.</summary>
/// <param name="packed">The compressed bytes.</param>
internal sealed class XzStream(Stream packed) : ReadOnlyStream
{
    private readonly byte[] word = new byte[4];
    private Stream part = new XZStream(packed);

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
            return 0;
        int count;
        while ((count = part.Read(buffer)) == 0)
        {
            var next = NextWord();
            if (next == 0)
                return 0;
            part = new XZStream(new ReplayedStream(word[..next], packed));
        }

        return count;
    }

    // Words of zeros may stand between two files, and behind the last.
    private int NextWord()
    {
        int length;
        do
            length = packed.ReadAtLeast(word, word.Length, throwOnEndOfStream: false);
        while (length == word.Length && !word.AsSpan().ContainsAnyExcept((byte)0));
        return length;
    }
}
