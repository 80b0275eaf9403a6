using System.Diagnostics;
using System.Text;
using CsCheck;
using Untag.Scan.Containers;
using Untag.Scan.Reading;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan.Reading;

public sealed class ReadersTests
{
    /// <summary>A small file of every format, each of which names a race.</summary>
    private static readonly (string Path, byte[] Bytes)[] Samples =
    [
        Utf8("a.py", "# face\nclass Face:\n    race = {'a': [1, 'b\\u0072']}\n    '''text\n    '''\n"),
        Utf8("a.js", "/* race */ const race = `a ${b}` + \"c\\x41\"; // d\n"),
        Utf8("a.sql", "create table face (race text, -- note\n age int, q 'it''s');"),
        Utf8("a.lua", "--[[ race ]] x = [[ y ]]"),
        Utf8("a.json", "{ \"race\": [\"asian\", {\"b\": \"\\u0072\"}], // note\n \"c\": null }\n{\"d\": 1}"),
        Utf8("a.yaml", "a: &x {race: 'b'}\nb: *x\nc: |\n  text\n  more\n---\n- d\n- \"e\"\n"),
        Utf8("a.html", "<p title='race'>a &amp; b<!-- c --><script>var d = 'e';</script><%= f %><br/></p>"),
        Utf8("a.xml", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a b='race'><![CDATA[d]]></a>"),
        Utf8("a.ini", "[face]\nrace = asian\n# note\n\nb: c\n"),
        Utf8("a.po", "msgid \"race\"\nmsgstr \"Rasse\"\n"),
        Utf8("strings.xml", "<resources><string name='race'>Race <g id='1'>a</g></string><b><name>c</name></b></resources>"),
        Utf8("a.strings", "/* race */ \"race\" = \"Rasse\\U0041\"; b = { c = (d, \"e\"); };\n"),
        Utf8("a.plist", "<?xml version='1.0'?><plist><dict><key>race</key><array><string>asian</string></array></dict></plist>"),
        Utf8("lang/a.json", "{\"race\": {\"a\": [\"b\", {\"c\": \"d\"}]}, \"e\": 1}"),
        Utf8("a.csv", "id,\"race\",age\n1,asian,3\n"),
        Utf8("a.ipynb", "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"race = 1\\n\", \"b\"], \"outputs\": [{\"text\": \"c\"}]}],"
            + " \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}}"),
        Utf8("a.md", "# Race\n\n| a | b |\n```python\nc = 1\n```\nEnd.\n"),
        Utf8("a.prototxt", "name: 'a' # b\nlayer {\n  name: \"fc\" top: \"race\" inner_product_param { num_output: 7 }\n}\n"),
        Utf8("a.keras.json", "{\"class_name\": \"Sequential\", \"keras_version\": \"2\", \"config\": {\"layers\": ["
            + "{\"class_name\": \"Dense\", \"config\": {\"name\": \"race\", \"units\": 7, \"vocabulary\": [\"a\"]},"
            + " \"inbound_nodes\": [[[\"b\", 0]]]}]}, \"signature\": {\"outputs\": {\"c\": {\"tensorShape\": {\"dim\": [{\"size\": \"7\"}]}}}}}"),
        Utf8("labels.txt", "White\nBlack\nAsian\n"),
        ("wide.txt", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("the race of a face")]),
        ("a.pb", [0, 1, 2, .. "race_label"u8, 0, .. "民族"u8, 255]),
        ("a.png", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13]),
        ("a.zip", [.. "PK"u8, 3, 4, 20, 0, .. "race.txt"u8]),
    ];

    public static TheoryData<string> Paths => [.. Samples.Select(sample => sample.Path)];

    // Found by eng/fuzz.sh: a graph of TensorFlow that is cut to three bytes.
    [Fact]
    public void A_head_of_any_length_is_recognised_or_not()
    {
        foreach (var path in Repository.Files("*").Where(path => path.StartsWith("tests/fixtures/", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(Repository.File(path));
            for (var length = 0; length <= Math.Min(bytes.Length, Readers.HeadBytes); length++)
            {
                Readers.OfBinary(path, bytes.AsSpan(0, length));
                ContainerSignature.KindOf(bytes.AsSpan(0, length));
            }
        }
    }

    [Fact]
    public void Every_reader_has_a_sample()
    {
        var readable = Samples.Where(sample => sample.Path is not ("a.pb" or "a.png" or "a.zip" or "wide.txt"));
        Assert.All(readable, sample => Assert.NotEmpty(Readers.Read(sample.Path, sample.Bytes).Passages));
        Assert.Equal(14, Readers.Names.Distinct().Count());
    }

    [Fact]
    public void A_picture_holds_no_text_that_could_be_missed()
    {
        var read = Readers.Read("a.bin", [0x89, .. "PNG\r\n"u8, 0, .. "race race race"u8]);
        Assert.Equal((0, null), (read.Passages.Count, read.Problem));
    }

    [Fact]
    public void The_text_in_a_binary_is_read_whatever_its_name_is() =>
        Assert.Equal(PassageKind.Binary, Assert.Single(Readers.Read("a.py", [0, .. "race_label"u8, 0]).Passages).Kind);

    [Fact]
    public void A_byte_that_is_not_UTF8_is_stated_whatever_the_reader_says()
    {
        var read = Readers.Read("a.json", [.. "{\"a\": "u8, 0x9D, 0x81, 0x9D, .. "}"u8]);
        Assert.StartsWith("not valid UTF-8", read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wide_hides_its_text()
    {
        Assert.True(Readers.HidesText(Encoding.Unicode.GetBytes("the race of a face")));
        Assert.False(Readers.HidesText("the race of a face"u8));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Any_text_is_read_by_any_reader(string path) =>
        Gen.String.Sample(text => Assert.NotNull(Read.File(path, text).Passages), seed: "0000Kx9Qw2a1", iter: 500);

    [Theory]
    [MemberData(nameof(Paths))]
    public void Any_text_made_of_its_own_pieces_is_read_by_its_reader(string path)
    {
        var sample = Samples.First(sample => sample.Path == path).Bytes;
        Gen.Select(Gen.Int[0, sample.Length], Gen.Int[0, 12], (at, length) => sample[at..Math.Min(sample.Length, at + length)])
            .Array[0, 12].Sample(
                pieces => Assert.NotNull(Readers.Read(path, [.. pieces.SelectMany(piece => piece)]).Passages),
                seed: "0000Kx9Qw2a1", iter: 500);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Nasty_text_is_read_in_good_time(string path)
    {
        string[] texts =
        [
            "",
            new string('a', 1_000_000),
            new string(' ', 1_000_000),
            "[" + string.Concat(Enumerable.Repeat("\"a\",", 100_000)) + "1]",
            new string('[', 100_000),
            new string('{', 100_000),
            new string('(', 100_000) + new string(')', 100_000),
            string.Concat(Enumerable.Repeat("{\"a\":", 20_000)),
            string.Concat(Enumerable.Repeat("<a b='c'>", 50_000)),
            string.Concat(Enumerable.Repeat("- ", 50_000)),
            string.Concat(Enumerable.Repeat("/*", 100_000)),
            string.Concat(Enumerable.Repeat("\\u{", 100_000)),
            "'" + string.Concat(Enumerable.Repeat("\\u{", 100_000)),
            new string('"', 99_999),
            new string('`', 99_999),
            new string('\n', 100_000),
            string.Concat(Enumerable.Repeat("if a:\n", 20_000)),
            "race \0 race",
            "\uD800 race \uDC00",
        ];
        foreach (var text in texts)
        {
            var watch = Stopwatch.StartNew();
            Assert.NotNull(Read.File(path, text).Passages);
            Assert.True(
                watch.Elapsed < TimeSpan.FromSeconds(5),
                $"{text[..Math.Min(text.Length, 12)]}... of {text.Length} characters took {watch.Elapsed}");
        }
    }

    [Fact]
    public void Damaged_files_are_read()
    {
        var random = new Random(20_250_801);
        for (var round = 0; round < 2000; round++)
        {
            var (path, bytes) = Samples[round % Samples.Length];
            var damaged = Damage(bytes, random);
            var problem = Xunit.Record.Exception(() => Readers.Read(path, damaged));
            Assert.True(problem is null, $"{path}, round {round}: {Convert.ToHexString(damaged)}\n{problem}");
        }
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var times = random.Next(1, 6); times > 0 && damaged.Count > 0; times--)
        {
            var at = random.Next(damaged.Count);
            var length = random.Next(Math.Min(16, damaged.Count - at)) + 1;
            switch (random.Next(4))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.RemoveRange(at, length);
                    break;
                default:
                    damaged.InsertRange(random.Next(damaged.Count), damaged.GetRange(at, length));
                    break;
            }
        }

        return [.. damaged];
    }

    private static (string Path, byte[] Bytes) Utf8(string path, string text) => (path, Encoding.UTF8.GetBytes(text));
}
