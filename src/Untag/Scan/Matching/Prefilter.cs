using System.Text;
using Untag.Policy;

namespace Untag.Scan.Matching;

/// <summary>One pass over raw bytes that tells whether a file can hold a term at all, and counts the marks that tell
/// what the product is about. Most files end here.</summary>
/// <remarks>Every literal is entered under a hash of its first three bytes, ASCII in lower case. What the table lets
/// through is compared in full and must begin and end at the border of a word.</remarks>
internal sealed class Prefilter
{
    private const int TableBits = 16;
    private const string PersonVision = "person-vision";

    private static readonly byte[] Lower = BuildLower();

    private readonly ulong[] table = new ulong[(1 << TableBits) / 64];
    private readonly Dictionary<int, List<Literal>> buckets = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public Prefilter(TagPolicy policy)
    {
        foreach (var term in policy.Terms)
        {
            if (term.Sense is Sense.NameExact or Sense.NameAmbiguous or Sense.NameSoftened or Sense.GroupExact
                or Sense.Identifier)
                AddTerm(term);
        }

        var marks = new List<(string, string)>();
        foreach (var context in policy.Contexts)
        {
            foreach (var mark in context.Marks)
            {
                AddMark(mark, marks.Count);
                marks.Add((context.Id, mark));
            }
        }

        // A product that talks to a vision API works on persons.
        foreach (var vendor in policy.Terms.Where(term => term.Sense == Sense.Vendor))
        {
            AddMark(vendor.Text, marks.Count);
            marks.Add((PersonVision, vendor.Text));
        }

        Marks = marks;
    }

    /// <summary>The marks, each with the id of its context.</summary>
    public IReadOnlyList<(string Context, string Text)> Marks { get; }

    /// <summary>Looks for terms and marks.</summary>
    /// <param name="bytes">The bytes of a file in UTF-8 or an encoding that holds ASCII as it is.</param>
    /// <param name="marks">Set to true at the index of each mark that is met; as long as <see cref="Marks"/>.</param>
    /// <returns>True when the file can hold a term.</returns>
    public bool Find(ReadOnlySpan<byte> bytes, Span<bool> marks)
    {
        var found = false;
        if (bytes.Length < 3)
            return false;
        var lower = Lower;
        var rolling = (lower[bytes[0]] << 8) | lower[bytes[1]];
        for (var i = 2; i < bytes.Length; i++)
        {
            rolling = ((rolling << 8) | lower[bytes[i]]) & 0xFFFFFF;
            var slot = Hash(rolling);
            if ((table[slot >> 6] >> (slot & 63) & 1) == 0)
                continue;
            foreach (var literal in buckets[slot])
            {
                if ((literal.Mark >= 0 ? marks[literal.Mark] : found) || !literal.Matches(bytes, i - 2))
                    continue;
                if (literal.Mark >= 0)
                    marks[literal.Mark] = true;
                else
                    found = true;
            }
        }

        return found;
    }

    private static int Hash(int threeBytes) => (int)(unchecked((uint)threeBytes * 2654435761u) >> (32 - TableBits));

    private void AddTerm(Term term)
    {
        var text = term.Text.TrimEnd('*').ToLowerInvariant();
        var words = new List<Word>();
        Words.Split(text, words);
        if (words.Count == 0)
            return;
        // The longest word stands for the whole term: the words between may be separated in many ways.
        var longest = words.MaxBy(word => word.Length);
        var word = text.Substring(longest.Start, longest.Length);
        AddSpellings(word, mark: -1, longest.Joined ? Border.None : Border.Start);
        if (words.Count > 1 && !longest.Joined)
            AddSpellings(string.Concat(words.Select(part => text.Substring(part.Start, part.Length))), mark: -1, Border.Start);
    }

    private void AddMark(string mark, int index)
    {
        var text = mark.ToLowerInvariant();
        foreach (var separator in new[] { " ", "_", "-", "" })
            AddSpellings(text.Replace(" ", separator, StringComparison.Ordinal), index, Border.Start);
    }

    // ASCII is compared without case; other letters are not, so their spellings are listed.
    private void AddSpellings(string word, int mark, Border border)
    {
        Add(word, mark, border);
        if (Ascii.IsValid(word))
            return;
        Add(word.ToUpperInvariant(), mark, border);
        Add(char.ToUpperInvariant(word[0]) + word[1..], mark, border);
        var folded = new char[word.Length];
        Folding.Fold(word, folded);
        Add(new string(folded), mark, border);
    }

    private void Add(string spelling, int mark, Border border)
    {
        var bytes = Encoding.UTF8.GetBytes(spelling);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = Lower[bytes[i]];
        if (bytes.Length < 3 || !known.Add($"{mark} {Convert.ToHexString(bytes)}"))
            return;
        var slot = Hash((bytes[0] << 16) | (bytes[1] << 8) | bytes[2]);
        table[slot >> 6] |= 1UL << (slot & 63);
        if (!buckets.TryGetValue(slot, out var list))
            buckets[slot] = list = [];
        list.Add(new Literal(bytes, mark, border));
    }

    private static byte[] BuildLower()
    {
        var lower = new byte[256];
        for (var b = 0; b < 256; b++)
            lower[b] = (byte)(b is >= 'A' and <= 'Z' ? b + 32 : b);
        return lower;
    }

    private enum Border
    {
        None,
        Start,
    }

    private readonly record struct Literal(byte[] Bytes, int Mark, Border Border)
    {
        public bool Matches(ReadOnlySpan<byte> text, int at)
        {
            if (at + Bytes.Length > text.Length)
                return false;
            for (var i = 3; i < Bytes.Length; i++)
            {
                if (Lower[text[at + i]] != Bytes[i])
                    return false;
            }

            for (var i = 0; i < 3; i++)
            {
                if (Lower[text[at + i]] != Bytes[i])
                    return false; // another trigram with the same hash
            }

            return Border == Border.None || at == 0 || !IsInsideWord(text[at - 1], text[at]);
        }

        // `trace`: a small letter before a small one. `emRace`, `_race`, `2race` and `RACE` in `MG_RACE` begin a word;
        // a capital before a capital may (`GetRACE`), so it is let through to the reader.
        private static bool IsInsideWord(byte before, byte first) =>
            before is >= (byte)'a' and <= (byte)'z' && first is >= (byte)'a' and <= (byte)'z';
    }
}
