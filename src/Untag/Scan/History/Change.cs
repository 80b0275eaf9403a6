namespace Untag.Scan.History;

/// <summary>A commit, as a report names it: never by whom.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Date">The day of the commit, in UTC.</param>
internal readonly record struct Commit(ObjectId Id, DateOnly Date);

/// <summary>What git says of an entry of a folder.</summary>
internal enum EntryType
{
    /// <summary>There is none on this side of a change.</summary>
    Nothing,

    /// <summary>A file.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A commit of another repository.</summary>
    Submodule,
}

/// <summary>One side of a change.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Id">The object; without meaning when there is nothing.</param>
/// <param name="Path">Path in the repository.</param>
internal readonly record struct Side(EntryType Type, ObjectId Id, string Path);

/// <summary>What a commit did to one file, seen from one of its parents.</summary>
/// <param name="Commit">Index of the commit in the order of the history; -1 for what is only staged.</param>
/// <param name="Old">The file before.</param>
/// <param name="New">The file after. Its path is another one when it was renamed.</param>
internal readonly record struct Change(int Commit, Side Old, Side New);

/// <summary>Whether a file that goes by another name after a commit is known to be the same.</summary>
internal enum Renames
{
    /// <summary>It is: git compares the contents, which must all be there.</summary>
    Found,

    /// <summary>It is one file that goes and another that comes.</summary>
    Unknown,
}
