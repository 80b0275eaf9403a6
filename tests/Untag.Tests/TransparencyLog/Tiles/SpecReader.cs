using System.Security.Cryptography;
using System.Text;

namespace Untag.Tests.TransparencyLog.Tiles;

/// <summary>A reader of logs written from the text of C2SP tlog-tiles, tlog-checkpoint and RFC 6962 alone. It shares no code
/// with the library: what it accepts, any client may.</summary>
internal sealed class SpecReader(string prefix)
{
    private readonly string[] checkpoint = File.ReadAllText(Path.Join(prefix, "checkpoint")).Split('\n');

    public string Origin => checkpoint[0];

    public long Size => long.Parse(checkpoint[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads every tile and every bundle that the size requires, at every level, and compares them.</summary>
    public List<byte[]> Entries()
    {
        var entries = new List<byte[]>();
        List<byte[]> hashes = [];
        foreach (var (index, width) in Tiles(Size))
        {
            var bundle = File.ReadAllBytes(Path.Join(prefix, "tile", "entries", PathOf(index, width)));
            var at = 0;
            for (var i = 0; i < width; i++)
            {
                var length = (bundle[at] << 8) + bundle[at + 1];
                entries.Add(bundle[(at + 2)..(at + 2 + length)]);
                hashes.Add(SHA256.HashData([0, .. entries[^1]]));
                at += 2 + length;
            }

            Assert.Equal(bundle.Length, at);
        }

        Assert.Equal(checkpoint[2], Convert.ToBase64String(MerkleTreeHash(hashes)));
        for (var level = 0; hashes.Count > 0; level++)
        {
            var above = new List<byte[]>();
            foreach (var (index, width) in Tiles(hashes.Count))
            {
                var part = hashes.GetRange((int)index * 256, width);
                Assert.Equal(part.SelectMany(hash => hash), File.ReadAllBytes(Path.Join(prefix, "tile", $"{level}", PathOf(index, width))));
                if (width == 256)
                    above.Add(MerkleTreeHash(part));
            }

            hashes = above;
        }

        return entries;
    }

    private static IEnumerable<(long Index, int Width)> Tiles(long count)
    {
        for (var index = 0L; index * 256 < count; index++)
            yield return (index, (int)Math.Min(256, count - index * 256));
    }

    // "Zero-padded 3-digit path elements. All but the last path element MUST begin with an x."
    private static string PathOf(long index, int width)
    {
        var digits = index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        var path = new StringBuilder();
        for (var at = 0; at < digits.Length; at += 3)
            path.Append(at + 3 < digits.Length ? "x" : "").Append(digits, at, 3).Append(at + 3 < digits.Length ? "/" : "");
        return width == 256 ? path.ToString() : $"{path}.p/{width}";
    }

    private static byte[] MerkleTreeHash(List<byte[]> hashes)
    {
        if (hashes.Count == 0)
            return SHA256.HashData([]);
        if (hashes.Count == 1)
            return hashes[0];
        var k = 1;
        while (k * 2 < hashes.Count)
            k *= 2;
        return SHA256.HashData([1, .. MerkleTreeHash(hashes.GetRange(0, k)), .. MerkleTreeHash(hashes.GetRange(k, hashes.Count - k))]);
    }
}
