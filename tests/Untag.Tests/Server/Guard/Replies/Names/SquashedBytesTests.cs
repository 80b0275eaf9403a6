using System.Text;
using CsCheck;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Tests.Server.Guard.Replies.Names;

public sealed class SquashedBytesTests
{
    [Theory]
    [InlineData("r_a.c e", "race", "xxxx")]
    [InlineData("faceRace", "facerace", "x___x___")]
    [InlineData("HTTPServer2", "httpserver2", "x___x_____x")]
    [InlineData("""{"a":1,"b2":"x y"}""", "0a010b200xy0", "_x_x_xx__xx_")]
    [InlineData("", "", "")]
    public void Letters_stand_in_a_row_and_words_begin_where_a_reader_sees_it(string text, string letters, string starts)
    {
        var (lined, begins) = Squashed(Encoding.ASCII.GetBytes(text));
        Assert.Equal(letters.Replace('0', '\0'), lined);
        // A zero that ends a line may begin one or not.
        Assert.All(begins.Select((begin, i) => (begin, i)).Where(pair => lined[pair.i] != '\0'), pair => Assert.Equal(starts[pair.i] == 'x', pair.begin));
    }

    // Many at once are the same as one by one, wherever the pieces begin.
    [Fact]
    public void What_stands_before_changes_nothing_but_the_place() =>
        Gen.Select(Gen.Char[" \t\"{}:,._-09azAZqQ"].Array[0, 200], Gen.Int[0, 70]).Sample((text, shift) =>
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            var whole = Squashed(bytes);
            var moved = Squashed([.. Enumerable.Repeat((byte)'"', shift), .. bytes]);
            Assert.Equal(whole.Letters, moved.Letters[shift..]);
            Assert.Equal(whole.Starts, moved.Starts[shift..]);
            Assert.Equal(StartsIn(text), whole.Starts);
            Assert.Equal(string.Concat(text.Where(c => char.IsLetterOrDigit(c) || c is '"' or '\t').Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '\0')), whole.Letters);
        });

    [Fact]
    public void A_place_in_the_row_is_found_again_in_the_bytes() =>
        Gen.Char[" \t\"{}:,._-09azAZqQ"].Array[0, 200].Sample(text =>
        {
            var kept = Enumerable.Range(0, text.Length).Where(i => char.IsLetterOrDigit(text[i]) || IsEnd(text[i])).ToArray();
            var places = Enumerable.Range(0, kept.Length).Where(i => i % 3 == 1).ToArray();
            var found = places.ToArray();
            SquashedBytes.ToBytes(Encoding.ASCII.GetBytes(text), found);
            Assert.Equal(places.Select(place => kept[place]), found);
        });

    private static bool IsEnd(char c) => c is '"' or < ' ';

    // Of each letter, digit or end whether a word begins there.
    private static List<bool> StartsIn(char[] text)
    {
        var starts = new List<bool>();
        for (var i = 0; i < text.Length; i++)
        {
            var (before, c, next) = (i > 0 ? text[i - 1] : '"', text[i], i + 1 < text.Length ? text[i + 1] : ' ');
            if (IsEnd(c))
                starts.Add(!IsEnd(before));
            else if (char.IsAsciiDigit(c))
                starts.Add(!char.IsAsciiDigit(before));
            else if (char.IsAsciiLetterLower(c))
                starts.Add(!char.IsAsciiLetter(before));
            else if (char.IsAsciiLetterUpper(c))
                starts.Add(!char.IsAsciiLetterUpper(before) || char.IsAsciiLetterLower(next));
        }

        return starts;
    }

    private static (string Letters, bool[] Starts) Squashed(byte[] bytes)
    {
        var letters = new byte[bytes.Length + SquashedBytes.Slack];
        var starts = new byte[letters.Length];
        var count = SquashedBytes.Squash(bytes, letters, starts);
        return (Encoding.ASCII.GetString(letters, 0, count), [.. starts[..count].Select(start => start != 0)]);
    }
}
