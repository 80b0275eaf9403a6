using CsCheck;
using Untag.Scan.Matching;

namespace Untag.Tests.Scan.Matching;

public sealed class WordsTests
{
    [Theory]
    [InlineData("emRace", "em|Race")]
    [InlineData("race_preds_fair", "race|preds|fair")]
    [InlineData("face2race", "face|2|race")]
    [InlineData("race4", "race|4")]
    [InlineData("MG_FPP_ATTR_MINORITY", "MG|FPP|ATTR|MINORITY")]
    [InlineData("MGFaceInfo", "MG|Face|Info")]
    [InlineData("GetRACEList", "Get|RACE|List")]
    [InlineData("FMRs", "FMRs")]
    [InlineData("multicultural-appearance", "multicultural|appearance")]
    [InlineData("trace", "trace")]
    [InlineData("  a.b/c ", "a|b|c")]
    [InlineData("", "")]
    [InlineData("этническаяГруппа", "этническая|Группа")]
    [InlineData("检测race字段", "检测|race|字段")]
    public void Identifiers_are_split_where_a_reader_sees_a_word_begin(string text, string expected)
    {
        var words = new List<Word>();
        Words.Split(text, words);
        Assert.Equal(expected, string.Join('|', words.Select(word => text.Substring(word.Start, word.Length))));
    }

    // The reader of replies asks only for the nearest word of food: those behind it are no nearer by words either.
    [Fact]
    public void A_text_never_has_fewer_words_than_its_beginning() =>
        Gen.Char["abSsXY1 _.\u8FA3\u0441\u0421\u0301"].Array[0, 12].Sample(letters =>
        {
            var (words, before) = (new List<Word>(), 0);
            for (var length = 0; length <= letters.Length; length++)
            {
                words.Clear();
                Words.Split(letters.AsSpan(0, length), words);
                Assert.True(words.Count >= before);
                before = words.Count;
            }
        });
}
