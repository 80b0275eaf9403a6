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

    // Sixteen at once is the same as one by one, wherever the pieces of sixteen begin.
    [Fact]
    public void What_stands_before_changes_nothing_but_the_place() =>
        Gen.Select(Gen.Char[" \t\"{}:,._-09azAZqQ"].Array[0, 80], Gen.Int[0, 40]).Sample((text, shift) =>
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            var whole = Squashed(bytes);
            var moved = Squashed([.. Enumerable.Repeat((byte)'"', shift), .. bytes]);
            Assert.Equal(whole.Letters, moved.Letters[shift..]);
            Assert.Equal(whole.Starts, moved.Starts[shift..]);
            Assert.Equal(string.Concat(text.Where(c => char.IsLetterOrDigit(c) || c is '"' or '\t').Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '\0')), whole.Letters);
        });

    private static (string Letters, bool[] Starts) Squashed(byte[] bytes)
    {
        var letters = new byte[bytes.Length + SquashedBytes.Slack];
        var starts = new byte[letters.Length];
        var count = SquashedBytes.Squash(bytes, letters, starts);
        return (Encoding.ASCII.GetString(letters, 0, count), [.. starts[..count].Select(start => start != 0)]);
    }
}
