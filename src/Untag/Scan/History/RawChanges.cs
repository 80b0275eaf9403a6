using System.Text;

namespace Untag.Scan.History;

/// <summary>Reads what <c>git diff-tree --raw -z</c> and <c>git diff-index --raw -z</c> write.</summary>
/// <remarks>A line of a commit with one parent is <c>:old-mode new-mode old-id new-id status</c>, then the path, and for
/// a rename the new path. That of a merge begins with as many colons as it has parents, and gives a mode and an id for
/// each; it holds only files that differ from every parent.</remarks>
/// <param name="stream">What git writes.</param>
/// <param name="indexOf">The index of a commit in the order of the history.</param>
internal sealed class RawChanges(Stream stream, Func<ObjectId, int> indexOf)
{
    private readonly NulTokens tokens = new(stream);
    private readonly Dictionary<string, string> paths = new(StringComparer.Ordinal);

    /// <summary>The changes in the order of the stream.</summary>
    /// <exception cref="InvalidDataException">Git wrote something that is no change.</exception>
    public IEnumerable<Change> Read()
    {
        var commit = -1;
        var changes = new List<Change>();
        while (ReadNext(ref commit, changes))
        {
            foreach (var change in changes)
                yield return change;
            changes.Clear();
        }
    }

    private bool ReadNext(ref int commit, List<Change> changes)
    {
        if (!tokens.TryRead(out var line))
            return false;
        if (line.IsEmpty || line[0] != ':')
        {
            commit = ObjectId.Parse(line) is { } id ? indexOf(id) : throw Strange();
            return true;
        }

        var parents = line.IndexOfAnyExcept((byte)':');
        var words = Encoding.ASCII.GetString(line[parents..]).Split(' ');
        if (words.Length != 2 * (parents + 1) + 1)
            throw Strange();
        var path = ReadPath();
        var isRename = parents == 1 && words[^1][0] is 'R' or 'C';
        var newPath = isRename ? ReadPath() : path;
        var after = SideOf(words[parents], words[2 * parents + 1], newPath);
        for (var i = 0; i < parents; i++)
            changes.Add(new Change(commit, SideOf(words[i], words[parents + 1 + i], path), after));
        return true;
    }

    // A path stands in many commits: one string serves them all.
    private string ReadPath()
    {
        if (!tokens.TryRead(out var bytes))
            throw Strange();
        var path = Encoding.UTF8.GetString(bytes);
        if (paths.TryGetValue(path, out var known))
            return known;
        paths[path] = path;
        return path;
    }

    private static Side SideOf(string mode, string id, string path)
    {
        var type = mode switch
        {
            "000000" => EntryType.Nothing,
            "120000" => EntryType.Link,
            "160000" => EntryType.Submodule,
            _ => EntryType.File,
        };
        return new Side(type, ObjectId.Parse(Encoding.ASCII.GetBytes(id)) ?? throw Strange(), path);
    }

    private static InvalidDataException Strange() => new("git wrote a change that is not understood");
}
