namespace Untag.Scan.Matching;

/// <summary>Words that programs and documents are full of: what is searched by one of them is met everywhere.</summary>
/// <remarks>The list holds those words of the default policy's terms that were met more than 1,500 times in 3.3 GB of
/// programs, libraries, sources and documentation, the most common first. It only decides what is searched first; nothing
/// that is found depends on it.</remarks>
internal static class CommonWords
{
    private static readonly Dictionary<string, int> Ranks = Read();

    /// <summary>How rare a word is; more is rarer.</summary>
    public static int RarityOf(string word) => Ranks.GetValueOrDefault(word, int.MaxValue);

    private static Dictionary<string, int> Read()
    {
        using var stream = typeof(CommonWords).Assembly.GetManifestResourceStream("matching/common-words.txt")!;
        using var lines = new StreamReader(stream);
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        while (lines.ReadLine() is { } word)
            ranks.Add(word, ranks.Count);
        return ranks;
    }
}
