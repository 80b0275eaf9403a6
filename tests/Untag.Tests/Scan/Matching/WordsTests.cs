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
}
