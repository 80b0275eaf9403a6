using System.Text;
using CsCheck;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Tests.Server.Guard.Replies.Names;

public sealed class FirstLettersTests
{
    private static readonly Gen<string[]> GenSpellings = Gen.String[Gen.Char["abcz059"], 3, 8].Array[1, 6];

    // More places may be named than there are; none may be left out.
    [Fact]
    public void No_place_where_a_spelling_begins_is_passed_over() =>
        Gen.Select(GenSpellings, GenSpellings, Gen.Select(Gen.Char["abcz059"], Gen.Bool).Array[0, FirstLetters.RowMax]).Sample((words, anywhere, row) =>
        {
            var text = new string([.. row.Select(letter => letter.Item1)]);
            var starts = row.Select(letter => letter.Item2 ? (byte)1 : (byte)0).ToArray();
            var named = Find(new FirstLetters(words, anywhere), text, starts);
            for (var at = 0; at < text.Length; at++)
            {
                var begins = anywhere.Concat(starts[at] != 0 ? words : []).Any(spelling => text.AsSpan(at).StartsWith(spelling));
                Assert.True(named.Contains(at) || !begins, $"{at}");
            }

            Assert.Equal(named.Order(), named);
        });

    [Fact]
    public void Where_no_spelling_begins_hardly_a_place_is_named()
    {
        var text = string.Concat(Enumerable.Repeat("smilevalueagegenderfemale", 10));
        Assert.Empty(Find(new FirstLetters(["ethnicity", "race"], []), text, [.. Enumerable.Repeat((byte)1, text.Length)]));
    }

    [Fact]
    public void A_spelling_that_counts_where_a_word_begins_is_not_sought_inside_of_one()
    {
        var first = new FirstLetters(["race"], ["ethnicity"]);
        Assert.Equal([0], Find(first, "racegrace", [1, 0, 0, 0, 1, 0, 0, 0, 0]));
        Assert.Equal([2], Find(first, "myethnicity", new byte[11]));
    }

    private static List<int> Find(FirstLetters first, string text, byte[] starts)
    {
        var places = new ushort[text.Length + 1];
        var letters = Encoding.ASCII.GetBytes(text + "\0\0\0\0" + string.Concat(Enumerable.Repeat("race", SquashedBytes.Slack))); // whatever stood there before
        var found = first.Find(letters, [.. starts, .. Enumerable.Repeat((byte)1, letters.Length)], text.Length, places);
        return [.. places[..found]];
    }
}
