namespace Untag.Scan.Reading.Tables.Names;

/// <summary>What the names of a folder's pictures, or of the folders in it, say as labels.</summary>
/// <param name="Folder">Path of the folder; a full stop for the top.</param>
/// <param name="Passages">The labels; never a whole name of a picture, which can be somebody's.</param>
internal readonly record struct NamedFolder(string Folder, IReadOnlyList<Passage> Passages);

/// <summary>Sorts the pictures of a product, those in archives too, by the folder they lie in. A data set of pictures
/// often has no table: its labels are the names of its folders or a part of each picture's name.</summary>
internal sealed class PictureFolders
{
    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pgm", ".ppm", ".mp4", ".avi", ".mov",
    };

    private readonly SortedDictionary<string, List<string>> namesByFolder = new(StringComparer.Ordinal);

    /// <summary>The labels that the names of folders and pictures give, folder by folder.</summary>
    /// <param name="paths">Paths of all files; entries of archives with <c>!/</c> behind that of the archive.</param>
    public static IEnumerable<NamedFolder> Read(IEnumerable<string> paths)
    {
        var pictures = new PictureFolders();
        foreach (var path in paths)
        {
            if (Pictures.Contains(Path.GetExtension(path)))
                pictures.Add(path);
        }

        var folders = new SortedDictionary<string, List<Passage>>(StringComparer.Ordinal);
        foreach (var (folder, labels) in FolderLabels.Read(pictures.namesByFolder.Keys))
            PassagesOf(folders, folder).Add(labels);
        foreach (var (folder, names) in pictures.namesByFolder)
        {
            if (FileNameLabels.Read(names) is { } labels)
                PassagesOf(folders, folder).Add(labels);
        }

        return folders.Select(folder => new NamedFolder(Shown(folder.Key), folder.Value));
    }

    private void Add(string path)
    {
        var cut = path.LastIndexOf('/');
        var folder = cut < 0 ? "" : path[..cut];
        if (!namesByFolder.TryGetValue(folder, out var names))
            namesByFolder[folder] = names = [];
        names.Add(path[(cut + 1)..]);
    }

    private static List<Passage> PassagesOf(SortedDictionary<string, List<Passage>> folders, string folder)
    {
        if (!folders.TryGetValue(folder, out var passages))
            folders[folder] = passages = [];
        return passages;
    }

    private static string Shown(string folder) => folder.Length == 0 ? "." : folder.TrimEnd('!');
}
