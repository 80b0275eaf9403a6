using System.Text;
using CsCheck;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Tests.Server.Guard.Replies.Names;

public sealed class FirstLettersTests
{
    // More places may be named than there are; none may be left out.
    [Fact]
    public void No_place_where_a_spelling_begins_is_passed_over() =>
        Gen.Select(Gen.String[Gen.Char["abcz059"], 3, 8].Array[1, 6], Gen.String[Gen.Char["abcz059"], 0, 60]).Sample((spellings, text) =>
        {
            var letters = Encoding.ASCII.GetBytes(text + "\0\0\0\0");
            var first = new FirstLetters(spellings);
            var named = new HashSet<int>();
            for (var at = first.Next(letters, 0, text.Length); at < text.Length; at = first.Next(letters, at + 1, text.Length))
                named.Add(at);
            for (var at = 0; at < text.Length; at++)
                Assert.True(named.Contains(at) || !spellings.Any(spelling => text.AsSpan(at).StartsWith(spelling)), $"{at}");
        });

    [Fact]
    public void Where_no_spelling_begins_hardly_a_place_is_named()
    {
        var letters = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("smilevalueagegenderfemale", 40)) + "\0\0\0\0");
        Assert.Equal(1000, new FirstLetters(["ethnicity", "race"]).Next(letters, 0, 1000));
    }
}
