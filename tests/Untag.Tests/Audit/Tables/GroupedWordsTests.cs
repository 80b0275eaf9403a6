using System.Text;
using CsCheck;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Tables;

public sealed class GroupedWordsTests
{
    [Fact]
    public void Words_are_counted_as_one_by_one() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 30]).Array[0, 300].Array[1, 3].Sample(blocks =>
        {
            var (words, cells) = (new GroupedWords(), new CodedColumn());
            foreach (var block in blocks)
            {
                for (var row = 0; row < block.Length; row++)
                    cells.Codes[row] = cells.Words.CodeOf(Encoding.UTF8.GetBytes($"w{block[row].Item2}"));
                var groups = block.Select(row => row.Item1).ToArray();
                Assert.True(words.TryCount(cells, groups, 6));
                Assert.Equal(6, words.Groups);
                for (var group = 0; group < 6; group++)
                {
                    Assert.Equal(
                        Enumerable.Range(0, cells.Words.Count).Select(word => Enumerable.Range(0, block.Length)
                            .Count(row => groups[row] == group && cells.Codes[row] == word)),
                        words.Of(group).ToArray());
                }
            }
        });

    [Fact]
    public void Too_many_words_are_not_counted()
    {
        var cells = new CodedColumn();
        for (var word = 0; word < 10_000; word++)
            cells.Words.CodeOf(Encoding.UTF8.GetBytes($"{word}"));
        Assert.False(new GroupedWords().TryCount(cells, [0], 2));
    }
}
