using System.Text;
using Untag.Scan.Reading;
using Untag.Scan.Reading.Encodings;

namespace Untag.Tests.Scan.Reading.Encodings;

public sealed class DeclaredEncodingTests
{
    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"GB2312\"?>\n<a/>", "GB18030")]
    [InlineData("<html><head><META http-equiv=\"Content-Type\" content=\"text/html; charset=euc-kr\">", "EUC-KR")]
    [InlineData("<meta charset='Big5'>", "Big5")]
    [InlineData("#!/usr/bin/env python\n# -*- coding: cp1251 -*-\n", "windows-1251")]
    [InlineData("# vim: set fileencoding=koi8-r :\n", "KOI8-R")]
    [InlineData("msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=EUC-JP\\n\"\n", "EUC-JP")]
    [InlineData("@charset \"shift_jis\";", "Shift_JIS")]
    [InlineData("/* charset=iso-8859-1 */", "windows-1252")]
    [InlineData("# coding: latin-1\n", "windows-1252")]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-5'?>", "iso-8859-5")]
    public void The_encoding_that_a_text_declares_is_found(string text, string name) =>
        Assert.Equal(name, DeclaredEncoding.Of(Encoding.ASCII.GetBytes(text))!.Name, ignoreCase: true);

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")]
    [InlineData("# coding: klingon\n")]
    [InlineData("\n\n\n# coding: cp1251\n")]
    [InlineData("the charset of this page")]
    [InlineData("")]
    public void What_declares_none_or_one_of_Unicode_says_nothing(string text) =>
        Assert.Null(DeclaredEncoding.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void What_is_declared_goes_before_what_is_likely()
    {
        // In windows-1251 these two bytes are a word as well.
        byte[] bytes = [.. "<?xml version=\"1.0\" encoding=\"iso-8859-5\"?><a>"u8, 0xD0, 0xE1, .. "</a>"u8];
        Assert.EndsWith("<a>ас</a>", SourceText.Decode(bytes)!.Value.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_declaration_that_the_bytes_contradict_is_not_believed()
    {
        byte[] bytes = [.. "# coding: euc-jp\n"u8, .. Texts.Encode("windows-1251", Texts.Russian)];
        Assert.Equal(new SourceText("# coding: euc-jp\n" + Texts.Russian, null), SourceText.Decode(bytes));
    }
}
