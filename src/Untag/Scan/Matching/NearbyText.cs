using System.Buffers;
using System.Text;
using Untag.Policy;

namespace Untag.Scan.Matching;

/// <summary>Looks at the text around a literal: `race` stands in `race condition` too, and `religious` alone is no term.</summary>
internal sealed class NearbyText(TermMatcher matcher)
{
    /// <summary>Bytes before a place that are looked at, at most.</summary>
    public const int BytesBeforeMax = 1024;

    /// <summary>Bytes from a place on that are looked at, at most.</summary>
    public const int BytesBehindMax = 2048;

    // More than the words of any term before its longest one, and that one with the words behind it.
    private const int BytesBefore = 120;
    private const int BytesBehind = 200;

    // Of a file that is full of such words, looking on costs more than reading it.
    private const int LooksMax = 256;

    private static readonly SearchValues<char> Separators = SearchValues.Create("./-+'");

    private readonly TermMatcher.Scratch scratch = new();
    private readonly List<TermHit> hits = [];
    private readonly char[] text = new char[BytesBeforeMax + BytesBehindMax];
    private int looks;

    /// <summary>Begins a file.</summary>
    public void Begin() => looks = 0;

    /// <summary>True when a term stands around an index, or when looking is not worth while any more.</summary>
    public bool HoldsTerm(ReadOnlySpan<byte> bytes, int at)
    {
        if (++looks > LooksMax)
            return true;
        var around = Around(bytes, at, BytesBefore, BytesBehind);
        // An entity between two words is a blank to the reader of the page.
        if (around.IndexOf("&nbsp"u8) >= 0)
            return true;
        var near = Read(around);
        return IsTermIn(near)
            || (Undisguised.MayHide(near) && IsTermIn(Read(Around(bytes, at, BytesBeforeMax, BytesBehindMax))))
            || IsTermIn(TakenApart(around));
    }

    /// <summary>True when a term stands around a word in disguise: one all in escapes is ten times as long as it looks.
    /// </summary>
    public bool HoldsDisguisedTerm(ReadOnlySpan<byte> bytes, int at) =>
        ++looks > LooksMax || IsTermIn(Read(Around(bytes, at, BytesBeforeMax, BytesBehindMax)));

    // `race.condition` is innocent in a sentence; in code it is two names, of which the reader sees one at a time.
    private ReadOnlySpan<char> TakenApart(ReadOnlySpan<byte> bytes)
    {
        var count = Read(bytes).Length;
        text.AsSpan(0, count).ReplaceAny(Separators, '\n');
        return text.AsSpan(0, count);
    }

    private static ReadOnlySpan<byte> Around(ReadOnlySpan<byte> bytes, int at, int before, int behind) =>
        bytes[Math.Max(0, at - before)..Math.Min(bytes.Length, at + behind)];

    private ReadOnlySpan<char> Read(ReadOnlySpan<byte> bytes) => text.AsSpan(0, Encoding.UTF8.GetChars(bytes, text));

    private bool IsTermIn(ReadOnlySpan<char> near)
    {
        hits.Clear();
        matcher.Find(near, scratch, hits);
        foreach (var hit in hits)
        {
            if (hit.Term.Sense is not (Sense.Context or Sense.GroupAmbiguous or Sense.Innocent))
                return true;
        }

        return false;
    }
}
