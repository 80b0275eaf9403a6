using System.Globalization;
using CsCheck;
using Untag.Scan.Reading;
using Untag.Scan.Reading.Encodings;

namespace Untag.Tests.Scan.Reading.Encodings;

public sealed class EncodingGuessTests
{
    private const int CharactersEnough = 24;

    private static readonly (string Encoding, string Text)[] Samples =
        [.. Texts.All.Select(row => ((string)row.Data.Item1, (string)row.Data.Item2))];

    public static TheoryData<string, string> All => Texts.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Two_sentences_tell_their_encoding(string encoding, string text)
    {
        var guess = EncodingGuess.Of(Texts.Encode(encoding, text))!.Value;
        Assert.Equal((encoding, true), (guess.Encoding.Name, guess.IsCertain));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_text_between_lines_of_ASCII_comes_back_as_it_was(string encoding, string text)
    {
        var file = "int main(void) {\n  /* " + text + " */\n  return 0;\n}\n";
        Assert.Equal(new SourceText(file, null), SourceText.Decode(Texts.Encode(encoding, file)));
    }

    /// <summary>The property that matters: a text that is said to be read with certainty is the right text.</summary>
    [Fact]
    public void A_piece_of_a_text_is_hardly_ever_read_wrongly_with_certainty()
    {
        int read = 0, uncertain = 0, wrong = 0;
        var wrongs = new List<string>();
        var random = new Random(20_260_801);
        for (var round = 0; round < 6000; round++)
        {
            var (encoding, text) = Samples[round % Samples.Length];
            var start = random.Next(text.Length - 2);
            var piece = $"// {text.AsSpan(start, random.Next(1, Math.Min(text.Length - start, 60) + 1))}\n";
            if (piece.All(char.IsAscii))
                continue;
            read++;
            var source = SourceText.Decode(Texts.Encode(encoding, piece))!.Value;
            if (source.Problem is not null)
                uncertain++;
            else if (source.Text != piece)
            {
                wrong++;
                wrongs.Add(string.Create(CultureInfo.InvariantCulture, $"{encoding} {piece.Trim()} => {source.Text.Trim()}"));
            }
        }

        Assert.True(wrong * 200 < read, $"{wrong} of {read} wrong, {uncertain} uncertain:\n{string.Join('\n', wrongs)}");
        Assert.True(uncertain * 4 < read, $"{uncertain} of {read} uncertain");
    }

    [Fact]
    public void Enough_text_is_read_with_certainty()
    {
        var random = new Random(20_260_802);
        for (var round = 0; round < 3000; round++)
        {
            var (encoding, text) = Samples[round % Samples.Length];
            var start = random.Next(text.Length - 60);
            var piece = $"{text.AsSpan(start, 60)}\n";
            if (piece.Count(c => !char.IsAscii(c)) >= CharactersEnough)
                Assert.Equal(new SourceText(piece, null), SourceText.Decode(Texts.Encode(encoding, piece)));
        }
    }

    [Fact]
    public void Random_bytes_are_hardly_ever_text_in_any_encoding()
    {
        var random = new Random(20_260_803);
        var taken = 0;
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(40, 200)];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)random.Next(0x80, 0x100);
            taken += EncodingGuess.Of(bytes) is { IsCertain: true } ? 1 : 0;
        }

        Assert.True(taken <= 10, $"{taken} of 2000");
    }

    [Fact]
    public void Any_bytes_are_judged() =>
        Gen.Byte.Array[0, 200].Sample(
            bytes => { _ = EncodingGuess.Of(bytes); }, seed: "0000Kx9Qw2a1", iter: 2000);
}
