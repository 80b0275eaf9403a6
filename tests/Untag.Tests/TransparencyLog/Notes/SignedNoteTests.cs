using System.Text;
using Untag.TransparencyLog.Notes;

namespace Untag.Tests.TransparencyLog.Notes;

public sealed class SignedNoteTests
{
    private const string Line = "— a AAAAAQE=\n";

    [Fact]
    public void The_last_empty_line_divides_text_and_signatures()
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes($"first\n\nsecond\n\n{Line}{Line}"));
        Assert.Equal("first\n\nsecond\n", note.Text);
        Assert.Equal(2, note.Signatures.Count);
        Assert.Equal(1u, note.Signatures[0].KeyId);
    }

    [Theory]
    [InlineData("", "no empty line")]
    [InlineData("text\n" + Line, "no empty line")]
    [InlineData("text\n\n", "no signature")]
    [InlineData("text\n\n— a AAAAAQE=", "cut")]
    [InlineData("te\txt\n\n" + Line, "control character")]
    [InlineData("text\n\n- a AAAAAQE=\n", "no signature")]
    [InlineData("text\n\n— a b AAAAAQE=\n", "no signature")]
    [InlineData("text\n\n— a+b AAAAAQE=\n", "no signature")]
    [InlineData("text\n\n— a AAAAAQ==\n", "no signature")] // an id and nothing after it
    [InlineData("text\n\n— a AAAAAQF=\n", "no signature")] // bits after the end
    public void What_is_no_note_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Throws<FormatException>(() => SignedNote.Parse([0xff, .. Encoding.UTF8.GetBytes($"\n\n{Line}")]));

    [Fact]
    public void A_hundred_signatures_are_read_and_more_are_refused()
    {
        var note = "text\n\n" + string.Concat(Enumerable.Repeat(Line, 100));
        Assert.Equal(100, SignedNote.Parse(Encoding.UTF8.GetBytes(note)).Signatures.Count);
        Assert.Throws<FormatException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes(note + Line)));
    }

    [Theory]
    [InlineData("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", true)]
    [InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n", true)]
    [InlineData("a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("a\n18446744073709551616\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS\n", false)]
    [InlineData("a\n0\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n", false)]
    [InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", false)]
    public void A_checkpoint_has_one_spelling(string text, bool reads)
    {
        if (reads)
            Assert.Equal(text, Checkpoint.Parse(text).ToString());
        else
            Assert.Throws<FormatException>(() => Checkpoint.Parse(text));
    }
}
