namespace Untag.Scan.History;

/// <summary>Paths that are one file under the names it has had.</summary>
internal sealed class Lineages
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<int> parents = [];

    /// <summary>The number of the file that has, or once had, this path.</summary>
    public int Of(string path)
    {
        var root = NumberOf(path);
        while (parents[root] != root)
            root = parents[root] = parents[parents[root]];
        return root;
    }

    /// <summary>Notes that a file was renamed.</summary>
    public void Join(string old, string renamed) => parents[Of(old)] = Of(renamed);

    private int NumberOf(string path)
    {
        if (numbers.TryGetValue(path, out var number))
            return number;
        parents.Add(parents.Count);
        return numbers[path] = parents.Count - 1;
    }
}
