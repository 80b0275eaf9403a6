using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Untag.Scan.Matching;

namespace Untag.Scan.Reading;

/// <summary>Where runs of text are looked for.</summary>
internal enum RunsIn
{
    /// <summary>In data: every run of four characters.</summary>
    Data,

    /// <summary>Between instructions, which look like short runs: only longer ones that end with a NUL.</summary>
    Code,
}

/// <summary>Finds the runs of printable text in a binary: labels in a model, names in a library. Nothing of it is
/// executed or unpacked. Short runs that stand one after the other, as the labels of a table do, share a group.</summary>
internal sealed class BinaryRuns(RunsIn place)
{
    private const int CharactersMin = 4;
    private const int CodeCharactersMin = 6;
    private const int RunBytesMax = 64 * 1024;
    private const int LabelBytesMax = 32;
    private const int GapBytesMax = 8; // the NUL, and padding to the next word
    private const int TableLabelsMax = 64;

    private const int TextCharacters = 16 * 1024;

    private readonly List<Token> tokens = [];
    private char[] text = []; // of many runs: a string for each would be the larger part of them
    private int textLength;
    private long endOfLast = -1;
    private int group;
    private int labels;

    /// <summary>The runs found so far, in the order of the file; the column is the offset in bytes.</summary>
    public List<Token> Tokens => tokens;

    /// <summary>The runs of at least four characters of ASCII or valid UTF-8.</summary>
    public static Passage Read(ReadOnlySpan<byte> bytes)
    {
        var runs = new BinaryRuns(RunsIn.Data);
        runs.Read(bytes, offset: 0, isLast: true);
        return new Passage(PassageKind.Binary, "binary", runs.Tokens);
    }

    /// <summary>Finds the runs in a stretch of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="offset">Where they begin in the file.</param>
    /// <param name="isLast">True when no more bytes follow: a run at their end is whole.</param>
    /// <returns>Number of bytes that need not be given again.</returns>
    public int Read(ReadOnlySpan<byte> bytes, long offset, bool isLast)
    {
        var at = 0;
        while (RunStarts.Next(bytes, at) is var start and >= 0)
        {
            at = start;
            var characters = 0;
            while (at < bytes.Length && at - start < RunBytesMax && PrintableLength(bytes, at) is var length and > 0)
            {
                at += length;
                characters++;
            }

            if (!isLast && at - start < RunBytesMax && bytes.Length - at < 4)
                return start; // the next stretch may go on with it
            if (IsText(bytes, start, at, characters))
                Add(bytes[start..at], offset + start);
            if (at == start)
                at++;
        }

        return bytes.Length;
    }

    private bool IsText(ReadOnlySpan<byte> bytes, int start, int end, int characters)
    {
        if (place == RunsIn.Code)
            return characters >= CodeCharactersMin && end < bytes.Length && bytes[end] == 0;
        // Two Chinese characters are a word already.
        return characters >= CharactersMin || (characters >= 2 && end - start >= 2 * characters);
    }

    private void Add(ReadOnlySpan<byte> run, long offset)
    {
        var isLabel = run.Length <= LabelBytesMax;
        if (!isLabel || endOfLast < 0 || offset - endOfLast > GapBytesMax || labels >= TableLabelsMax)
        {
            group++;
            labels = 0;
        }

        labels++;
        endOfLast = isLabel ? offset + run.Length : -1;
        var column = (int)Math.Min(offset, int.MaxValue);
        tokens.Add(new Token(TokenKind.Run, Decode(run), Line: 0, column, group));
    }

    private ReadOnlyMemory<char> Decode(ReadOnlySpan<byte> run)
    {
        if (text.Length - textLength < run.Length)
        {
            text = GC.AllocateUninitializedArray<char>(Math.Max(TextCharacters, run.Length));
            textLength = 0;
        }

        var length = Encoding.UTF8.GetChars(run, text.AsSpan(textLength));
        textLength += length;
        return text.AsMemory(textLength - length, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PrintableLength(ReadOnlySpan<byte> bytes, int at) =>
        bytes[at] is >= 32 and < 127 ? 1
            : bytes[at] < RunStarts.FirstLead ? 0
            : LengthBeyondAscii(bytes[at..]);

    private static int LengthBeyondAscii(ReadOnlySpan<byte> bytes) =>
        Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done
            && (LookAlikes.Known[rune.Value] & ~Looks.Folded) != 0 ? length : 0;
}
