using CsCheck;
using Untag.Scan.Matching;

namespace Untag.Tests.Scan.Matching;

public sealed class WordTableTests
{
    [Fact]
    public void It_gives_what_a_dictionary_gives()
    {
        var words = Gen.String[Gen.Char["abcé族"], 0, 9];
        Gen.Select(words.Array[0, 200], words.Array[50]).Sample(
            (known, asked) =>
            {
                var table = new WordTable<string>();
                var expected = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var word in known)
                {
                    if (expected.TryAdd(word, word))
                        table.Add(word, word);
                }

                Assert.All(known.Concat(asked), word => Assert.Same(expected.GetValueOrDefault(word), table.Find(word)));
            },
            seed: "0000Kx9Qw2a1", iter: 500);
    }

    [Fact]
    public void Words_that_differ_only_in_their_middle_are_told_apart()
    {
        var table = new WordTable<string>();
        table.Add("abcdxefgh", "x");
        Assert.Null(table.Find("abcdyefgh"));
        table.Add("abcdyefgh", "y");
        Assert.Equal(("x", "y"), (table.Find("abcdxefgh"), table.Find("abcdyefgh")));
    }
}
