using System.Globalization;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Tests.Server.Guard.Replies.Names;

public sealed class CleanTextsTests
{
    // Among so many there are hash codes of both signs: the server does its sums checked.
    [Fact]
    public void A_text_that_was_added_is_known_and_no_other_is()
    {
        var texts = new CleanTexts();
        for (var i = 0; i < 5_000; i++)
        {
            var text = $"/faces/{i.ToString(CultureInfo.InvariantCulture)}";
            Assert.False(texts.Has(text));
            texts.Add(text);
            Assert.True(texts.Has(text));
        }
    }

    [Fact]
    public void A_long_text_is_not_kept()
    {
        var texts = new CleanTexts();
        var text = new string('a', 129);
        texts.Add(text);
        Assert.False(texts.Has(text));
    }
}
