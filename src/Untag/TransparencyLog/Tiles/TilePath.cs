using System.Globalization;
using System.Text;

namespace Untag.TransparencyLog.Tiles;

/// <summary>Where a tile lies below the folder of a log: C2SP tlog-tiles.</summary>
public static class TilePath
{
    /// <summary>Hashes or entries in a tile that is full.</summary>
    public const int FullWidth = 256;

    /// <summary>Binary levels of the tree in a tile.</summary>
    public const int Height = 8;

    /// <summary>Levels of tiles that the largest tree has.</summary>
    public const int Levels = 8;

    /// <summary>The path of a tile of hashes.</summary>
    /// <param name="level">Level, 0 for the hashes of leaves.</param>
    /// <param name="index">Index of the tile within the level.</param>
    /// <param name="width">Hashes in it, from 1 to 256.</param>
    public static string OfHashes(int level, ulong index, int width) =>
        string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{Of(index, width)}");

    /// <summary>The path of a bundle of entries.</summary>
    /// <param name="index">Index of the bundle.</param>
    /// <param name="width">Entries in it, from 1 to 256.</param>
    public static string OfEntries(ulong index, int width) => $"tile/entries/{Of(index, width)}";

    /// <summary>Hashes in the last tile of a level that is not full; 0 when all of them are.</summary>
    public static int PartialWidth(int level, ulong size) => (int)((size >> (level * Height)) % FullWidth);

    /// <summary>Full tiles of a level.</summary>
    public static ulong FullTiles(int level, ulong size) =>
        level + 1 >= Levels ? 0 : size >> ((level + 1) * Height);

    /// <summary>Hashes or entries in a tile of a tree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such tile.</exception>
    public static int Width(int level, ulong index, ulong size)
    {
        var full = FullTiles(level, size);
        var width = index < full ? FullWidth : index == full ? PartialWidth(level, size) : 0;
        return width > 0
            ? width
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"a tree of {size} leaves has no such tile at level {level}");
    }

    /// <summary>Tiles of a level, the one that is not full among them.</summary>
    public static ulong Tiles(int level, ulong size) => FullTiles(level, size) + (PartialWidth(level, size) > 0 ? 1UL : 0);

    private static string Of(ulong index, int width)
    {
        var path = new StringBuilder(Group(index));
        for (var rest = index / 1000; rest > 0; rest /= 1000)
            path.Insert(0, '/').Insert(0, Group(rest)).Insert(0, 'x');
        return width == FullWidth ? path.ToString() : path.Append(CultureInfo.InvariantCulture, $".p/{width}").ToString();
    }

    private static string Group(ulong number) => (number % 1000).ToString("000", CultureInfo.InvariantCulture);
}
