namespace Untag.Audit.Tables;

/// <summary>A table to read.</summary>
/// <param name="Location">Path of the file.</param>
/// <param name="Name">What messages call it: a report is the same wherever the product lies.</param>
public readonly record struct TableSource(string Location, string Name)
{
    /// <summary>A table that is called as its path was typed.</summary>
    public static TableSource At(string path) => new(path, path);
}
