using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Untag.Server.Guard.Replies;
using Untag.Tests.Architecture;

namespace Untag.Tests.Server.Guard.Replies;

/// <summary>Ways in which somebody could try to get a tag past the guard, one a line in the files beside. A new way is a new
/// line.</summary>
public sealed partial class EvasionTests
{
    private const int CasesMin = 300;

    private static readonly string Folder = Repository.File("tests", "Untag.Tests", "Server", "Guard", "Replies", "evasions");

    private static readonly int[] Pieces = [1, 2, 3, 5, 64, int.MaxValue];

    public static TheoryData<string> Families =>
        [.. Directory.GetFiles(Folder, "*.tsv").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Nothing_gets_past_the_guard(string family)
    {
        foreach (var evasion in CasesOf(family))
        {
            foreach (var piece in Pieces)
            {
                var filtered = Filtered.Of(evasion.Head, evasion.Body, limits: null, piece);
                Assert.False(
                    Holds(filtered.Bytes, evasion.Secret), $"{family}: {evasion.Name}, in pieces of {piece}: it comes out");
                Assert.False(
                    Holds(Encoding.UTF8.GetBytes(string.Join(' ', filtered.Strips) + filtered.Refusal), evasion.Secret),
                    $"{family}: {evasion.Name}: it is logged");
            }
        }
    }

    // What is refused refuses however it comes, and what passes is the same.
    [Theory]
    [MemberData(nameof(Families))]
    public void What_becomes_of_it_does_not_depend_on_the_pieces(string family)
    {
        foreach (var evasion in CasesOf(family))
        {
            var whole = Filtered.Of(evasion.Head, evasion.Body);
            foreach (var piece in Pieces)
            {
                var filtered = Filtered.Of(evasion.Head, evasion.Body, limits: null, piece);
                Assert.Equal((evasion.Name, whole.Refusal?.Reason), (evasion.Name, filtered.Refusal?.Reason));
                if (whole.Refusal is null)
                    Assert.Equal((evasion.Name, whole.Text), (evasion.Name, filtered.Text));
            }
        }
    }

    [Fact]
    public void There_are_hundreds_of_ways() =>
        Assert.True(Families.Sum(family => CasesOf(family.Data).Count) >= CasesMin);

    private static bool Holds(byte[] bytes, string secret)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var plain = Escape().Replace(text, escape =>
            ((char)int.Parse(escape.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString());
        return text.Contains(secret, StringComparison.OrdinalIgnoreCase) || plain.Contains(secret, StringComparison.OrdinalIgnoreCase)
            || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) >= 0;
    }

    private static List<Evasion> CasesOf(string family) =>
        [.. File.ReadLines(Path.Join(Folder, family + ".tsv")).Where(line => !line.StartsWith('#')).Select(Evasion.Read)];

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escape();

    /// <summary>One way.</summary>
    private sealed record Evasion(string Name, ReplyHead Head, string Secret, byte[] Body)
    {
        public static Evasion Read(string line)
        {
            var fields = line.Split('\t');
            Assert.Equal(5, fields.Length);
            var type = fields[1].Split(';');
            var head = new ReplyHead
            {
                MediaType = type[0] == "-" ? null : type[0],
                Charset = type.Skip(1).FirstOrDefault(part => part.StartsWith("charset=", StringComparison.Ordinal))?[8..],
                Boundary = type.Skip(1).FirstOrDefault(part => part.StartsWith("boundary=", StringComparison.Ordinal))?[9..],
                ContentEncodings = fields[2] == "-" ? [] : [fields[2]],
            };
            return new Evasion(fields[0], head, fields[3], BytesOf(fields[4]));
        }

        private static byte[] BytesOf(string written)
        {
            var bytes = new List<byte>();
            for (var i = 0; i < written.Length; i++)
            {
                if (written[i] != '\\')
                {
                    bytes.Add((byte)written[i]);
                }
                else if (written[++i] == '\\')
                {
                    bytes.Add((byte)'\\');
                }
                else
                {
                    bytes.Add(byte.Parse(written.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 2;
                }
            }

            return [.. bytes];
        }
    }
}
