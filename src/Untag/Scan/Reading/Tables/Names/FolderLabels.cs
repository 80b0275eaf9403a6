namespace Untag.Scan.Reading.Tables.Names;

/// <summary>Reads the names of folders that hold pictures as labels: <c>train/black</c>, <c>asian_females</c>.</summary>
internal static class FolderLabels
{
    /// <summary>The labels in each folder that holds at most as many folders of pictures as a column has labels: more of
    /// them are persons, one folder each.</summary>
    /// <param name="folders">Paths of the folders in which pictures lie.</param>
    public static IEnumerable<(string Folder, Passage Labels)> Read(IEnumerable<string> folders)
    {
        foreach (var (parent, children) in ByParent(folders))
        {
            if (children.Count is < 2 or > LabelSet.LabelsMax)
                continue;
            var header = new TableHeader("folder names");
            header.Add(parent[(parent.LastIndexOf('/') + 1)..].TrimEnd('!'), [.. children]);
            yield return (parent, header.ToPassage("folder names")!);
        }
    }

    private static SortedDictionary<string, SortedSet<string>> ByParent(IEnumerable<string> folders)
    {
        var children = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            for (var path = folder; path.Length > 0;)
            {
                var cut = path.LastIndexOf('/');
                var parent = cut < 0 ? "" : path[..cut];
                if (!children.TryGetValue(parent, out var names))
                    children[parent] = names = new SortedSet<string>(StringComparer.Ordinal);
                if (!names.Add(path[(cut + 1)..]))
                    break; // its parents are known too
                path = parent;
            }
        }

        return children;
    }
}
