using System.Text;
using Untag.Policy;

namespace Untag.Scan.Matching;

/// <summary>One pass over raw bytes that tells whether a file can hold a term at all, and which marks it holds that tell
/// what the product is about. Most files end here.</summary>
/// <remarks>Every literal is entered under a hash of its first four bytes, ASCII in lower case. What the table lets
/// through is compared in full, and must begin where a word begins.</remarks>
internal sealed class Prefilter
{
    private const int TableBits = 18;
    private const int SeedBytes = 4;
    private const string PersonVision = "person-vision";

    private static readonly byte[] Lower = BuildLower();

    private readonly ulong[] table = new ulong[(1 << TableBits) / 64];
    private readonly Literal[][] buckets;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> common;

    /// <summary>Prepares the literals of a policy.</summary>
    /// <param name="terms">The terms whose files are to be read.</param>
    /// <param name="policy">The contexts whose marks are to be counted, the heads whose slices and the vendors whose names
    /// make a file be read.</param>
    public Prefilter(IReadOnlyCollection<Term> terms, TagPolicy policy)
    {
        var contexts = policy.Contexts;
        common = CommonWords(contexts);
        var entered = new SortedDictionary<int, List<Literal>>();
        foreach (var term in terms)
        {
            if (term.Sense is Sense.NameExact or Sense.NameAmbiguous or Sense.NameSoftened or Sense.GroupExact
                or Sense.Identifier || (term.Sense == Sense.Vendor && policy.Vendors[term.Owner].TellsUnasked))
                AddTerm(term, entered);
        }

        foreach (var known in policy.Heads)
        {
            if (known.Slice is { } slice)
                AddSpellings(slice, mark: -1, Borders.None, entered);
        }

        Marks = AddMarks(terms, contexts, entered);
        buckets = new Literal[1 << TableBits][];
        foreach (var (slot, literals) in entered)
        {
            buckets[slot] = [.. literals];
            table[slot >> 6] |= 1UL << (slot & 63);
        }
    }

    /// <summary>The marks, each with the id of its context.</summary>
    public IReadOnlyList<(string Context, string Text)> Marks { get; }

    /// <summary>Looks for terms and marks.</summary>
    /// <param name="bytes">The bytes of a file in UTF-8 or an encoding that holds ASCII as it is.</param>
    /// <param name="marks">Set to true at the index of each mark that is met; as long as <see cref="Marks"/>.</param>
    /// <returns>True when the file can hold a term.</returns>
    public bool Find(ReadOnlySpan<byte> bytes, Span<bool> marks) =>
        FindExact(bytes, marks) || (HoldsFoldedLetters(bytes) && FindExact(Folded(bytes), marks));

    // The matcher compares accented and full-width letters as plain ones: such a text is searched as it is compared.
    private static bool HoldsFoldedLetters(ReadOnlySpan<byte> bytes) =>
        bytes.ContainsAnyInRange((byte)0xC3, (byte)0xC6) || bytes.IndexOf([(byte)0xE1, (byte)0xBA]) >= 0
        || bytes.IndexOf([(byte)0xE1, (byte)0xBB]) >= 0 || bytes.IndexOf([(byte)0xEF, (byte)0xBC]) >= 0
        || bytes.IndexOf([(byte)0xEF, (byte)0xBD]) >= 0;

    private static byte[] Folded(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAscii(text[i])) // the case of ASCII tells where words begin
                text[i] = Folding.Fold(text[i]);
        }

        return Encoding.UTF8.GetBytes(text);
    }

    private bool FindExact(ReadOnlySpan<byte> bytes, Span<bool> marks)
    {
        if (bytes.Length < SeedBytes)
            return FindAtEnd(bytes, marks);
        var found = false;
        var lower = Lower;
        var bits = table;
        unchecked
        {
            var rolling = (uint)((lower[bytes[0]] << 16) | (lower[bytes[1]] << 8) | lower[bytes[2]]);
            for (var i = SeedBytes - 1; i < bytes.Length; i++)
            {
                rolling = (rolling << 8) | lower[bytes[i]];
                var slot = (int)((rolling * 2654435761u) >> (32 - TableBits));
                if ((bits[slot >> 6] >> (slot & 63) & 1) != 0)
                    found |= Compare(slot, bytes, i - (SeedBytes - 1), marks, found);
            }
        }

        return FindAtEnd(bytes[^(SeedBytes - 1)..], marks, before: bytes.Length > SeedBytes - 1 ? bytes[^SeedBytes] : (byte)0) || found;
    }

    // A literal of three bytes at the very end has no fourth byte to be entered under.
    private bool FindAtEnd(ReadOnlySpan<byte> end, Span<bool> marks, byte before = 0)
    {
        if (end.Length < SeedBytes - 1)
            return false;
        ReadOnlySpan<byte> padded = [before, end[0], end[1], end[2], 0];
        var slot = SlotOf([Lower[end[0]], Lower[end[1]], Lower[end[2]], 0]);
        return (table[slot >> 6] >> (slot & 63) & 1) != 0 && Compare(slot, padded, 1, marks, found: false);
    }

    private bool Compare(int slot, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found)
    {
        foreach (ref readonly var literal in buckets[slot].AsSpan())
        {
            if ((literal.Mark >= 0 ? marks[literal.Mark] : found) || !literal.Matches(bytes, at))
                continue;
            if (literal.Mark >= 0)
                marks[literal.Mark] = true;
            else
                found = true;
        }

        return found;
    }

    private static int SlotOf(ReadOnlySpan<byte> seed)
    {
        var value = ((uint)seed[0] << 24) | ((uint)seed[1] << 16) | ((uint)seed[2] << 8) | seed[3];
        return (int)(unchecked(value * 2654435761u) >> (32 - TableBits));
    }

    private void AddTerm(Term term, SortedDictionary<int, List<Literal>> entered)
    {
        var text = term.Text.TrimEnd('*').ToLowerInvariant();
        var words = new List<Word>();
        Words.Split(text, words);
        if (words.Count == 0)
            return;
        // One word stands for the whole term, as the words may be separated in many ways: the longest of those that are
        // not in every other file. `race score` is looked for as `race`.
        var rare = words.FindAll(word =>
            word.Length >= SeedBytes - 1 && !common.Contains(text.Substring(word.Start, word.Length)));
        var longest = (rare.Count > 0 ? rare : words).MaxBy(word => word.Length);
        var borders = longest.Joined ? Borders.None : term.Text.EndsWith('*') ? Borders.Start : Borders.Both;
        AddSpellings(text.Substring(longest.Start, longest.Length), mark: -1, borders, entered);
        if (words.Count > 1 && !longest.Joined)
        {
            var joined = string.Concat(words.Select(word => text.Substring(word.Start, word.Length)));
            AddSpellings(joined, mark: -1, borders, entered);
        }
    }

    private List<(string Context, string Text)> AddMarks(
        IReadOnlyCollection<Term> terms, IReadOnlyCollection<Context> contexts, SortedDictionary<int, List<Literal>> entered)
    {
        var marks = new List<(string Context, string Text)>();
        foreach (var context in contexts)
            marks.AddRange(context.Marks.Select(mark => (context.Id, mark)));
        // A product that talks to a vision API works on persons.
        marks.AddRange(terms.Where(term => term.Sense == Sense.Vendor).Select(term => (PersonVision, term.Text)));
        for (var i = 0; i < marks.Count; i++)
        {
            foreach (var separator in new[] { " ", "_", "-", "" })
            {
                var spelling = marks[i].Text.ToLowerInvariant().Replace(" ", separator, StringComparison.Ordinal);
                AddSpellings(spelling, i, Borders.Start, entered);
            }
        }

        return marks;
    }

    // ASCII is compared without case; other letters are not, so their spellings are listed.
    private void AddSpellings(string word, int mark, Borders borders, SortedDictionary<int, List<Literal>> entered)
    {
        Add(word, mark, borders, entered);
        if (Ascii.IsValid(word))
            return;
        Add(word.ToUpperInvariant(), mark, borders, entered);
        Add(char.ToUpperInvariant(word[0]) + word[1..], mark, borders, entered);
        var folded = new char[word.Length];
        Folding.Fold(word, folded);
        Add(new string(folded), mark, borders, entered);
    }

    private void Add(string spelling, int mark, Borders borders, SortedDictionary<int, List<Literal>> entered)
    {
        var bytes = Encoding.UTF8.GetBytes(spelling);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = Lower[bytes[i]];
        if (bytes.Length < SeedBytes - 1 || !known.Add($"{mark} {Convert.ToHexString(bytes)}"))
            return;
        var literal = new Literal(bytes, mark, borders);
        if (bytes.Length >= SeedBytes)
        {
            Enter(SlotOf(bytes), literal, entered);
            return;
        }

        // A word of three letters is entered under every byte that can follow it, ASCII in lower case.
        for (var next = 0; next < 256; next++)
        {
            if (next is < 'A' or > 'Z')
                Enter(SlotOf([bytes[0], bytes[1], bytes[2], (byte)next]), literal, entered);
        }
    }

    // The words of the contexts are what files are made of.
    private static HashSet<string> CommonWords(IEnumerable<Context> contexts)
    {
        var common = new HashSet<string>(["people", "person", "persons", "group", "face", "type", "code"], StringComparer.Ordinal);
        foreach (var word in contexts.SelectMany(context => context.Words))
        {
            if (!word.Text.Contains(' ', StringComparison.Ordinal))
                common.Add(word.Text.TrimEnd('*'));
        }

        return common;
    }

    private static void Enter(int slot, Literal literal, SortedDictionary<int, List<Literal>> entered)
    {
        if (!entered.TryGetValue(slot, out var list))
            entered[slot] = list = [];
        list.Add(literal);
    }

    private static byte[] BuildLower()
    {
        var lower = new byte[256];
        for (var b = 0; b < 256; b++)
            lower[b] = (byte)(b is >= 'A' and <= 'Z' ? b + 32 : b);
        return lower;
    }

    /// <summary>A sequence of bytes to look for.</summary>
    /// <param name="Bytes">The bytes, ASCII in lower case.</param>
    /// <param name="Mark">Index of the mark that it stands for; -1 for a term.</param>
    /// <param name="Borders">Where it must stand in a word; scripts without blanks have no borders.</param>
    private readonly record struct Literal(byte[] Bytes, int Mark, Borders Borders)
    {
        public bool Matches(ReadOnlySpan<byte> text, int at)
        {
            if (Bytes.Length > text.Length - at)
                return false;
            for (var i = 0; i < Bytes.Length; i++)
            {
                if (Lower[text[at + i]] != Bytes[i])
                    return false;
            }

            return (Borders == Borders.None || at == 0 || BeginsWord(text, at))
                && (Borders != Borders.Both || at + Bytes.Length == text.Length || EndsWord(text, at + Bytes.Length));
        }

        // `race` begins a word in `emRace`, `_race`, `2race`, `MG_RACE` and `EMRace`, not in `trace` and `TRACE`.
        private static bool BeginsWord(ReadOnlySpan<byte> text, int at)
        {
            var before = text[at - 1];
            if (IsSmall(before))
                return !IsSmall(text[at]);
            return !IsCapital(before) || !IsCapital(text[at]) || (at + 1 < text.Length && IsSmall(text[at + 1]));
        }

        // It ends there in `raceIdx`, `RACE_ID` and `race4`, not in `racer` and `RACER`.
        private static bool EndsWord(ReadOnlySpan<byte> text, int end) =>
            IsSmall(text[end - 1]) ? !IsSmall(text[end]) : !IsCapital(text[end - 1]) || !IsCapital(text[end]) || IsNextWord(text, end);

        // `RACEList`: the last capital belongs to the next word.
        private static bool IsNextWord(ReadOnlySpan<byte> text, int end) => end + 1 < text.Length && IsSmall(text[end + 1]);

        private static bool IsSmall(byte b) => b is >= (byte)'a' and <= (byte)'z';

        private static bool IsCapital(byte b) => b is >= (byte)'A' and <= (byte)'Z';
    }

    /// <summary>Which ends of a literal must be ends of a word.</summary>
    private enum Borders : byte
    {
        None,
        Start,
        Both,
    }
}
