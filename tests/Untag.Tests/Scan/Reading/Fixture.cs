using System.Diagnostics;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reading;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan.Reading;

/// <summary>The real files of tests/fixtures, and what every reader must bear.</summary>
internal static class Fixture
{
    public static byte[] Bytes(string path) => File.ReadAllBytes(Repository.File("tests", "fixtures", path));

    /// <summary>What the reader of a format that is not text makes of a file.</summary>
    public static ReadResult Read(string path) => Read(path, Bytes(path));

    public static ReadResult Read(string path, byte[] bytes)
    {
        var reader = Readers.OfBinary(path, bytes);
        return reader is null ? Readers.Read(path, bytes) : reader.Read(path, new MemoryStream(bytes, writable: false));
    }

    /// <summary>The texts of the tokens of a file, passage after passage.</summary>
    public static string[] Texts(string path) => Texts(Read(path));

    public static string[] Texts(ReadResult read) =>
        [.. read.Passages.SelectMany(passage => passage.Tokens).Select(token => token.Text.ToString())];

    /// <summary>Scans files as part of a product that works on faces.</summary>
    public static ScanReport Scan(params string[] paths) => Scan([.. paths.Select(path => (path, Bytes(path)))]);

    /// <summary>Scans a file beside one other.</summary>
    public static ScanReport ScanWith((string Path, string Text) other, string path) =>
        ScanBeside(other, (path, Bytes(path)));

    public static ScanReport Scan(params (string Path, byte[] Bytes)[] files) => ScanBeside(Product.FaceService, files);

    private static ScanReport ScanBeside((string Path, string Text) other, params (string Path, byte[] Bytes)[] files)
    {
        var (name, text) = other;
        return Scanner.Scan(
            new ScanRequest
            {
                Policy = TagPolicy.Default,
                Sources =
                [
                    new ScanSource.Piped(name, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))),
                    .. files.Select(file => new ScanSource.Piped(file.Path, new MemoryStream(file.Bytes))),
                ],
            },
            progress: null,
            TestContext.Current.CancellationToken);
    }

    /// <summary>Asserts that a file cut off anywhere is reported, never passed.</summary>
    public static void AssertEveryCutIsReported(string path, int longest, int shortest = 8)
    {
        var bytes = Bytes(path);
        var step = Math.Max(1, longest / 200);
        for (var length = shortest; length < longest; length += step)
            Assert.True(Read(path, bytes[..length]).Problem is not null, $"{path} cut to {length} bytes passes");
    }

    /// <summary>Asserts that no damage makes the reader throw, or work for long.</summary>
    public static void AssertDamageIsBorne(string path, int rounds = 2000)
    {
        var bytes = Bytes(path);
        var random = new Random(20_250_801);
        for (var round = 0; round < rounds; round++)
        {
            var damaged = Damage(bytes, random);
            var watch = Stopwatch.StartNew();
            var problem = Xunit.Record.Exception(() => Read(path, damaged));
            Assert.True(problem is null, $"{path}, round {round}: {problem}");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{path}, round {round} took {watch.Elapsed}");
        }
    }

    // Flipped and replaced bytes; now and then a number that is as large as can be, or a piece cut out.
    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = (byte[])bytes.Clone();
        for (var times = random.Next(1, 8); times > 0; times--)
        {
            var at = random.Next(damaged.Length);
            switch (random.Next(4))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.AsSpan(at, Math.Min(4, damaged.Length - at)).Fill(0xFF);
                    break;
                default:
                    damaged = [.. damaged[..at], .. damaged[Math.Min(damaged.Length, at + random.Next(1, 16))..]];
                    break;
            }

            if (damaged.Length == 0)
                return [0];
        }

        return damaged;
    }
}
