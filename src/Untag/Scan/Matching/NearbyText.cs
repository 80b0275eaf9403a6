using System.Buffers;
using System.Text;
using Untag.Policy;
using Untag.Scan.Reading.Binaries;

namespace Untag.Scan.Matching;

/// <summary>Looks at the text around a literal: `religious` alone is no term, and `black` means people only in company.
/// `race condition` is read nevertheless: in code it may be a type and a name, which its reader tells apart.</summary>
internal sealed class NearbyText(TermMatcher matcher)
{
    /// <summary>Bytes before a place that are looked at, at most.</summary>
    public const int BytesBeforeMax = 1024;

    /// <summary>Bytes from a place on that are looked at, at most.</summary>
    public const int BytesBehindMax = 2048;

    // How far apart the labels of one set may stand: `black`, `white`, `asian`.
    private const int SetBytes = 200;

    // Of a file that is full of such words, looking on costs more than reading it. Random bytes hold ten a MiB.
    private const int LooksMax = 256;

    private const int ChanceBytesMax = 6; // three letters beyond ASCII
    private const int NoiseBytes = 24;
    private const int InvalidMin = 3;

    private const string WordCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    private const int FieldCharactersMax = 4; // `has_`
    private const int TextCharacters = 8; // on each side: chance hardly makes sixteen

    private readonly TermMatcher.Scratch scratch = new();
    private readonly List<TermHit> hits = [];
    private readonly char[] text = new char[BytesBeforeMax + BytesBehindMax];
    private IReadOnlyList<CodeRange> code = [];
    private int looks;

    /// <summary>Begins a file.</summary>
    /// <param name="codeOfFile">Where it holds instructions.</param>
    public void Begin(IReadOnlyList<CodeRange> codeOfFile)
    {
        looks = 0;
        code = codeOfFile;
    }

    /// <summary>True when a term stands around an index, or when looking is not worth while any more.</summary>
    public bool HoldsTerm(ReadOnlySpan<byte> bytes, int at, in Literal literal)
    {
        if (CodeRange.IsNoise(code, bytes, at) || IsChance(bytes, at, literal.Bytes.Length))
            return false;
        if (IsFull(at))
            return true;
        var reach = Math.Min(literal.Reach, BytesBeforeMax);
        var around = Around(bytes, at, reach, literal.Bytes.Length + reach);
        // An entity between two words is a blank to the reader of the page.
        if (around.IndexOf("&nbsp"u8) >= 0)
            return true;
        var near = Read(around);
        return IsTermIn(near)
            || (IsGroupIn(hits) && IsTermIn(Read(Around(bytes, at, SetBytes, SetBytes))))
            || (Undisguised.MayHide(near) && IsTermIn(Read(Around(bytes, at, BytesBeforeMax, BytesBehindMax))));
    }

    /// <summary>True when a term stands around a word in disguise: one all in escapes is ten times as long as it looks.
    /// </summary>
    public bool HoldsDisguisedTerm(ReadOnlySpan<byte> bytes, int at, int length) =>
        !CodeRange.IsNoise(code, bytes, at)
        && !IsChance(bytes, at, length)
        && (IsFull(at) || IsTermIn(Read(Around(bytes, at, BytesBeforeMax, BytesBehindMax))));

    // Weights and packed bytes hold `sex` ten times in 16 MiB. Text in any encoding that is read as it stands has no such
    // bytes on both sides of a word.
    private static bool IsChance(ReadOnlySpan<byte> bytes, int at, int length) =>
        length <= ChanceBytesMax
        && IsNoText(bytes[Math.Max(0, at - NoiseBytes)..at])
        && IsNoText(bytes[(at + length)..Math.Min(bytes.Length, at + length + NoiseBytes)]);

    private static bool IsNoText(ReadOnlySpan<byte> bytes)
    {
        var invalid = 0;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.InvalidData)
                invalid++;
            bytes = bytes[length..];
        }

        return invalid >= InvalidMin;
    }

    private bool IsFull(int at) => ++looks > LooksMax * (1 + (at >> 20));

    // A part of `message` at the beginning is no `age`.
    private static ReadOnlySpan<byte> Around(ReadOnlySpan<byte> bytes, int at, int before, int behind)
    {
        var start = Math.Max(0, at - before);
        if (start > 0 && char.IsAsciiLetter((char)bytes[start - 1]))
        {
            while (start < at && char.IsAsciiLetterLower((char)bytes[start]))
                start++;
        }

        return bytes[start..Math.Min(bytes.Length, at + behind)];
    }

    private ReadOnlySpan<char> Read(ReadOnlySpan<byte> bytes)
    {
        var length = Encoding.UTF8.GetChars(bytes, text);
        return text.AsSpan(0, text.AsSpan(0, length).IndexOfAny('\n', '\t') >= 0 ? JoinLines(length) : length);
    }

    // A text of YAML, HTML or prose goes on in the next line: where a line ends and the next is indented is one blank,
    // and so is a tab.
    private int JoinLines(int length)
    {
        var end = 0;
        for (var at = 0; at < length; at++)
        {
            var isBlank = text[at] is ' ' or '\t' or '\r' or '\n';
            if (!isBlank || end == 0 || text[end - 1] != ' ')
                text[end++] = isBlank ? ' ' : text[at];
        }

        return end;
    }

    // A word that can mean something else, such as `black`, is looked at only beside another group of people, a word that
    // speaks of persons or of what a model says, or as a flag; one that is no colour also as a field, since the attributes of
    // a face beside it may stand far away in its object. Without one of these the judgement would not take it for a tag. Among
    // bytes that are no text, three letters stand by chance, and one of those attributes has to be near.
    private bool IsTermIn(ReadOnlySpan<char> near)
    {
        hits.Clear();
        matcher.FindAll(near, scratch, hits);
        Term? group = null;
        var isOfPeople = false;
        var isBesideAttribute = hits.Exists(hit => hit.Term is { Sense: Sense.Context, Owner: "face-attribute" });
        foreach (var hit in hits)
        {
            switch (hit.Term.Sense)
            {
                case Sense.Innocent:
                    break;
                case Sense.Context:
                    isOfPeople |= hit.Term.Owner is "person" or "prediction";
                    break;
                case Sense.GroupAmbiguous when group is null || group.Group == hit.Term.Group:
                    group = hit.Term;
                    isOfPeople |= IsFlag(near[..hit.Start])
                        || (IsField(near, hit) && !IsColour(hit) && (isBesideAttribute || IsText(near, hit)));
                    break;
                default:
                    return true;
            }
        }

        return group is not null && isOfPeople;
    }

    private static bool IsFlag(ReadOnlySpan<char> before) =>
        before.TrimEnd("_-") is var name
        && (name.EndsWith("is", StringComparison.OrdinalIgnoreCase) || name.EndsWith("has", StringComparison.OrdinalIgnoreCase));

    // Hardly more than the word stands between what ends a name in code and in data.
    private static bool IsField(ReadOnlySpan<char> near, TermHit hit)
    {
        var before = near[..hit.Start].TrimEnd(WordCharacters);
        var behind = near[hit.End..].TrimStart(WordCharacters);
        return hit.Start - before.Length + (near.Length - hit.End - behind.Length) <= FieldCharactersMax
            && (before.IsEmpty || behind.IsEmpty || behind.TrimStart(' ') is [not (>= 'A' and <= 'Z' or >= 'a' and <= 'z'), ..] or []);
    }

    private static bool IsText(ReadOnlySpan<char> near, TermHit hit) =>
        near[Math.Max(0, hit.Start - TextCharacters)..Math.Min(near.Length, hit.End + TextCharacters)]
            .IndexOfAnyExceptInRange(' ', '\uFFFC') < 0;

    private bool IsColour(TermHit group) => hits.Exists(hit =>
        hit.Term is { Sense: Sense.Context, Owner: "colour-name" } && hit.Start == group.Start && hit.Length == group.Length);

    private static bool IsGroupIn(List<TermHit> hits) => hits.Exists(hit => hit.Term.Sense == Sense.GroupAmbiguous);
}
