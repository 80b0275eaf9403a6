using System.Buffers;
using System.Text;
using Untag.Scan.Matching;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>Tells in one pass over raw bytes that they hold no spelling of the policy, whatever stands between its
/// letters, and nothing that could hide one.</summary>
/// <remarks>
/// Only ASCII without escapes is clean. Its letters and digits are lined up without what separates them; a quotation mark
/// or a control character ends a line. A spelling must stand in a line where a word begins, or, a long one, anywhere. That
/// is more than the readers of words ask for; JSON in base64, behind a quotation mark, is sought as well. So nothing that they meet is missed
/// (<c>docs/decisions/0061-clean-replies-are-not-parsed.md</c>).
/// </remarks>
internal sealed class CleanSearch
{
    // A control character is part of another encoding: that of two bytes a letter has every second one zero.
    private static readonly SearchValues<byte> Hiding = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(b => (byte)b)
            .Where(b => b is (byte)'\\' or (byte)'&' or (byte)'%' or >= 0x7F || (b < ' ' && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r')))]);

    private const int ShortBytes = 120;
    private const int TextLettersMax = 1024;
    private const int BytesPerLetterMax = 3;

    // The mark of a group that counts only with a person behind it: one literal instead of one for each person.
    private const int BeforePerson = 0;

    private readonly LiteralTable whereWordsBegin;
    private readonly LiteralTable anywhere;
    private readonly FirstLetters first;
    private readonly byte[][] persons;
    private readonly CleanTexts seen = new();

    /// <param name="spellings">Squashed spellings; those that are not ASCII, or too short to be looked up, are left out.
    /// </param>
    /// <param name="longNames">Squashed names that count inside of a word as well.</param>
    /// <param name="beforePersons">Squashed groups that count where a person comes next.</param>
    /// <param name="persons">Words for persons, squashed.</param>
    public CleanSearch(IEnumerable<string> spellings, IEnumerable<string> longNames, IEnumerable<string> beforePersons, IEnumerable<string> persons)
    {
        List<string> everywhere = [.. longNames];
        List<string> all = [.. spellings.Concat(everywhere)];
        List<string> before = [.. beforePersons];
        whereWordsBegin = new LiteralTable([.. LiteralsOf(all, Literal.Term), .. LiteralsOf(before, BeforePerson)]);
        anywhere = new LiteralTable([.. LiteralsOf(everywhere, Literal.Term)]);
        // A quotation mark is no beginning behind the end of a line.
        first = new FirstLetters([.. all.Concat(before).Where(IsSought)], [.. everywhere.Where(IsSought), .. PackedJson.Beginnings]);
        this.persons = [.. persons.Select(Encoding.ASCII.GetBytes)];
    }

    /// <summary>True when a spelling can be looked up.</summary>
    public static bool IsSought(string squashed) => squashed.Length >= LiteralTable.LengthMin && Ascii.IsValid(squashed);

    /// <summary>True when no reader of words can meet anything in these bytes.</summary>
    public bool IsClean(ReadOnlySpan<byte> bytes) => Find(bytes, []) == 0;

    /// <summary>Finds the places of all that a reader of words can meet in these bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="places">Where each begins, in order.</param>
    /// <returns>How many there are: none when the bytes are clean; null when there is no room for all, or when some may be hidden.</returns>
    public int? Find(ReadOnlySpan<byte> bytes, Span<int> places)
    {
        if (MayHide(bytes))
            return null;
        if (bytes.Length <= ShortBytes) // as the texts of a reply are
        {
            Span<byte> few = stackalloc byte[ShortBytes + SquashedBytes.Slack];
            Span<byte> theirStarts = stackalloc byte[ShortBytes + SquashedBytes.Slack];
            return Find(bytes, few, theirStarts, places);
        }

        var letters = ArrayPool<byte>.Shared.Rent(bytes.Length + SquashedBytes.Slack);
        var starts = ArrayPool<byte>.Shared.Rent(bytes.Length + SquashedBytes.Slack);
        try
        {
            return Find(bytes, letters, starts, places);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(letters);
            ArrayPool<byte>.Shared.Return(starts);
        }
    }

    /// <summary>The same of a text; never true for one of more than a kibibyte.</summary>
    public bool IsClean(string text)
    {
        if (seen.Has(text))
            return true;
        if (text.Length > TextLettersMax)
            return false;
        Span<byte> bytes = stackalloc byte[BytesPerLetterMax * text.Length];
        var isClean = IsClean(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        if (isClean)
            seen.Add(text);
        return isClean;
    }

    /// <summary>True when one of the long names stands in a squashed text.</summary>
    public bool HoldsLongName(string squashed)
    {
        Span<byte> letters = new byte[squashed.Length + sizeof(uint)];
        for (var i = 0; i < squashed.Length; i++)
            letters[i] = squashed[i] < 0x80 ? (byte)squashed[i] : (byte)0;
        for (var i = 0; i < squashed.Length; i++)
        {
            if (Begins(anywhere, letters, i))
                return true;
        }

        return false;
    }

    private static bool MayHide(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; bytes[at..].IndexOfAny(Hiding) is var next and >= 0; at++)
        {
            at += next;
            if (bytes[at] is not ((byte)'&' or (byte)'%') || CharacterEscapes.MayBeginAt(bytes[at..]))
                return true;
        }

        return false;
    }

    private int? Find(ReadOnlySpan<byte> bytes, Span<byte> letters, Span<byte> starts, Span<int> places)
    {
        var count = SquashedBytes.Squash(bytes, letters, starts);
        letters.Slice(count, sizeof(uint)).Clear();
        Span<ushort> beginnings = stackalloc ushort[Math.Min(count, FirstLetters.RowMax) + 1];
        var found = 0;
        for (var row = 0; row < count; row += FirstLetters.RowMax)
        {
            var here = first.Find(letters[row..], starts[row..], Math.Min(FirstLetters.RowMax, count - row), beginnings);
            foreach (var beginning in beginnings[..here])
            {
                if (!IsSpelling(letters, starts, row + beginning))
                    continue;
                if (found == places.Length)
                    return null;
                places[found++] = row + beginning;
            }
        }

        SquashedBytes.ToBytes(bytes, places[..found]);
        return found;
    }

    private bool IsSpelling(ReadOnlySpan<byte> letters, ReadOnlySpan<byte> starts, int at) => letters[at] == 0
        ? PackedJson.BeginsAt(letters[at..])
        : Begins(starts[at] != 0 ? whereWordsBegin : anywhere, letters, at);

    private bool Begins(LiteralTable table, ReadOnlySpan<byte> letters, int at)
    {
        var fourBytes = BitConverter.ToUInt32(letters[at..]);
        return table.MayBegin(fourBytes)
            && (IsAt(letters, at, table.Short(fourBytes)) || IsAt(letters, at, table.Long(fourBytes)));
    }

    private bool IsAt(ReadOnlySpan<byte> letters, int at, ReadOnlySpan<Literal> literals)
    {
        foreach (ref readonly var literal in literals)
        {
            if (literal.Matches(letters, at) && (literal.Mark != BeforePerson || IsPersonAt(letters[(at + literal.Bytes.Length)..])))
                return true;
        }

        return false;
    }

    private bool IsPersonAt(ReadOnlySpan<byte> letters)
    {
        foreach (var person in persons)
        {
            if (letters.StartsWith(person))
                return true;
        }

        return false;
    }

    private static IEnumerable<Literal> LiteralsOf(IEnumerable<string> squashed, int mark) =>
        squashed.Where(IsSought).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(text => new Literal(Encoding.ASCII.GetBytes(text), mark, Borders.None, reach: 0));
}
