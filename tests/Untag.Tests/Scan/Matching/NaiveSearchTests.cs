using System.Text;
using CsCheck;
using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Tests.Scan.Matching;

/// <summary>The prefilter meets exactly what a search finds that tries every literal at every byte.</summary>
public sealed class NaiveSearchTests
{
    private static readonly Literals Policy = new(TagPolicy.Default.Terms, TagPolicy.Default);

    // All that are found in an unusual way, and some of the others: a naive search takes its time.
    private static readonly Literal[] Literals =
        [.. Policy.All.Where((literal, i) => literal.Anchor != 0 || literal.Bytes.Length == 3 || i % 29 == 0)];

    private static readonly Prefilter Prefilter = new(Literals, Policy.Marks);

    private static readonly Gen<byte[]> Any = Gen.Int[0, Literals.Length - 1].Select(i => Literals[i].Bytes);

    private static readonly Gen<byte[]> Pieces = Gen.OneOf(
        Any,
        Any.Select(literal => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(literal).ToUpperInvariant())),
        Any.Select(Capitalised),
        Gen.Byte.Array[0, 3],
        Gen.String[Gen.Char["aZ_ .9é族\n"], 0, 3].Select(Encoding.UTF8.GetBytes));

    [Fact]
    public void The_sample_has_literals_of_every_kind()
    {
        Assert.Contains(Literals, literal => literal.Anchor < 0);
        Assert.Contains(Literals, literal => literal.Anchor > 0);
        Assert.Contains(Literals, literal => literal.Mark >= 0 && literal.Anchor > 0);
        Assert.InRange(Literals.Length, 100, 1000);
    }

    [Fact]
    public void A_literal_is_met_at_every_distance_from_the_border_of_a_block()
    {
        foreach (var literal in Literals)
        {
            for (var before = 0; before < 2 * WordStarts.BlockBytes; before += 1 + (before % 7))
                AssertSame([.. Enumerable.Repeat((byte)' ', before), .. literal.Bytes, .. " and more"u8]);
            AssertSame([.. Enumerable.Repeat((byte)'\n', WordStarts.BlockBytes), .. literal.Bytes]);
        }
    }

    [Fact]
    public void What_is_met_in_any_bytes_is_what_a_naive_search_meets() =>
        Pieces.Array[1, 20].Sample(pieces => AssertSame([.. pieces.SelectMany(piece => piece)]), seed: "0000Kx9Qw2a1", iter: 4_000);

    private static byte[] Capitalised(byte[] literal) => [(byte)char.ToUpperInvariant((char)literal[0]), .. literal.AsSpan(1)];

    private static void AssertSame(byte[] bytes)
    {
        var marks = new bool[Policy.Marks.Count];
        var seeker = default(EveryWord);
        var found = Prefilter.Find(bytes, marks, ref seeker);

        var naiveMarks = new bool[Policy.Marks.Count];
        var naivelyFound = false;
        foreach (var literal in Literals)
        {
            for (var at = 0; at < bytes.Length; at++)
            {
                if (!literal.Matches(bytes, at))
                    continue;
                if (literal.Mark >= 0)
                    naiveMarks[literal.Mark] = true;
                else
                    naivelyFound = true;
            }
        }

        // Messages for every mark of every sample would take most of the time.
        if (found == naivelyFound && marks.AsSpan().SequenceEqual(naiveMarks))
            return;
        var differ = Policy.Marks.Where((_, mark) => marks[mark] != naiveMarks[mark]);
        Assert.Fail($"`{Encoding.UTF8.GetString(bytes)}`: {found}, naively {naivelyFound}; {string.Join(", ", differ)}");
    }

    private readonly struct EveryWord : ISeeker
    {
        public bool IsTerm(ReadOnlySpan<byte> bytes, int at, in Literal literal) => true;

        public bool MeetDisguises(in WordStarts places, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found) => false;
    }
}
