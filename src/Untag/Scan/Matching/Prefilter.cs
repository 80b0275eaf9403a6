using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Untag.Policy;

namespace Untag.Scan.Matching;

/// <summary>One pass over raw bytes that tells whether a file can hold a term at all, and which marks it holds that tell
/// what the product is about. Most files end here. Shared by all workers; each searches with its own
/// <see cref="Search"/>.</summary>
/// <remarks>
/// Three sieves, each finer and slower than the one before:
/// <list type="number">
/// <item>64 bytes at once: where can a literal begin (<see cref="WordStarts"/>)?</item>
/// <item>the next four bytes: does any literal begin so (<see cref="LiteralTable"/>)?</item>
/// <item>the whole literal, with the borders of its word (<see cref="Literal"/>).</item>
/// </list>
/// The first does not depend on the number of literals, the second hardly.
/// </remarks>
internal sealed class Prefilter
{
    private readonly LiteralTable table;
    private readonly Literal[] elsewhere;

    /// <param name="literals">What is looked for.</param>
    /// <param name="marks">The marks that some of them stand for, each with the id of its context.</param>
    public Prefilter(IReadOnlyList<Literal> literals, IReadOnlyList<(string Context, string Text)> marks)
    {
        Literals = literals;
        Marks = marks;
        table = new LiteralTable([.. literals.Where(literal => literal.Anchor >= 0)]);
        elsewhere = [.. literals.Where(literal => literal.Anchor < 0)];
    }

    /// <summary>Prepares the literals of a policy.</summary>
    public static Prefilter Of(IReadOnlyCollection<Term> terms, TagPolicy policy)
    {
        var literals = new Literals(terms, policy);
        return new Prefilter(literals.All, literals.Marks);
    }

    /// <summary>What is looked for.</summary>
    public IReadOnlyList<Literal> Literals { get; }

    /// <summary>The marks, each with the id of its context.</summary>
    public IReadOnlyList<(string Context, string Text)> Marks { get; }

    /// <summary>Looks for terms and marks.</summary>
    /// <param name="bytes">The bytes of a file in UTF-8 or an encoding that holds ASCII as it is.</param>
    /// <param name="marks">Set to true at the index of each mark that is met; as long as <see cref="Marks"/>.</param>
    /// <param name="seeker">Decides about the places that are met.</param>
    /// <returns>True when the file can hold a term.</returns>
    public bool Find<TSeeker>(ReadOnlySpan<byte> bytes, Span<bool> marks, ref TSeeker seeker)
        where TSeeker : ISeeker, allows ref struct
    {
        var found = FindElsewhere(bytes, marks, ref seeker);
        var starts = default(WordStarts);
        var at = 0;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        // Four bytes are read where a literal may begin, the last one of a block too.
        for (; at + WordStarts.BlockBytes + sizeof(uint) <= bytes.Length; at += WordStarts.BlockBytes)
            found |= ReadBlock(ref starts, ref Unsafe.Add(ref first, at), bytes, at, marks, found, ref seeker);
        Span<byte> rest = stackalloc byte[2 * WordStarts.BlockBytes + sizeof(uint)];
        rest.Clear();
        bytes[at..].CopyTo(rest);
        for (var inRest = 0; at < bytes.Length; at += WordStarts.BlockBytes, inRest += WordStarts.BlockBytes)
            found |= ReadBlock(ref starts, ref rest[inRest], bytes, at, marks, found, ref seeker);
        return found;
    }

    private bool ReadBlock<TSeeker>(
        ref WordStarts starts, ref byte block, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found, ref TSeeker seeker)
        where TSeeker : ISeeker, allows ref struct
    {
        starts.Read(ref block);
        for (var left = starts.Literals; left != 0; left &= left - 1)
        {
            var place = BitOperations.TrailingZeroCount(left);
            var fourBytes = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref block, place));
            if (table.MayBegin(fourBytes))
                found |= Compare(fourBytes, bytes, at + place, marks, found, ref seeker);
        }

        return ((starts.Characters | starts.Escapes) != 0 && seeker.MeetDisguises(starts, bytes, at, marks, found)) || found;
    }

    private bool Compare<TSeeker>(
        uint fourBytes, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found, ref TSeeker seeker)
        where TSeeker : ISeeker, allows ref struct =>
        Compare(table.Short(fourBytes), bytes, at, marks, found, ref seeker)
            | Compare(table.Long(fourBytes), bytes, at, marks, found, ref seeker);

    private static bool Compare<TSeeker>(
        ReadOnlySpan<Literal> literals, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found, ref TSeeker seeker)
        where TSeeker : ISeeker, allows ref struct
    {
        foreach (ref readonly var literal in literals)
        {
            var start = at - literal.Anchor;
            if (start >= 0 && !IsSettled(literal, marks, found) && literal.Matches(bytes, start))
                found |= Meet(literal, bytes, start, marks, ref seeker);
        }

        return found;
    }

    // A few pieces of code, such as `[9:18]`, have no word that they could be looked up by.
    private bool FindElsewhere<TSeeker>(ReadOnlySpan<byte> bytes, Span<bool> marks, ref TSeeker seeker)
        where TSeeker : ISeeker, allows ref struct
    {
        var found = false;
        foreach (ref readonly var literal in elsewhere.AsSpan())
        {
            for (var at = literal.IndexIn(bytes, 0); at >= 0 && !IsSettled(literal, marks, found); at = literal.IndexIn(bytes, at + 1))
                found |= Meet(literal, bytes, at, marks, ref seeker);
        }

        return found;
    }

    private static bool IsSettled(in Literal literal, Span<bool> marks, bool found) =>
        literal.Mark >= 0 ? marks[literal.Mark] : found;

    private static bool Meet<TSeeker>(
        in Literal literal, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, ref TSeeker seeker)
        where TSeeker : ISeeker, allows ref struct
    {
        if (literal.Mark < 0)
            return literal.Mark == Literal.Certain || seeker.IsTerm(bytes, at, literal);
        marks[literal.Mark] = true;
        return false;
    }
}

/// <summary>What decides about the places that the <see cref="Prefilter"/> meets.</summary>
internal interface ISeeker
{
    /// <summary>True when a term stands around a literal that was met.</summary>
    bool IsTerm(ReadOnlySpan<byte> bytes, int at, in Literal literal);

    /// <summary>True when a disguised term stands at one of the places of a block.</summary>
    bool MeetDisguises(in WordStarts places, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found);
}
