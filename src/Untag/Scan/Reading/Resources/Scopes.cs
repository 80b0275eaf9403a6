namespace Untag.Scan.Reading.Resources;

/// <summary>The names that hold in each group of a passage while its tokens are gone through in order: a group that names
/// nothing has the name that held around it when it began.</summary>
internal sealed class Scopes
{
    private readonly IReadOnlyList<int> parents;
    private readonly string?[] around;
    private readonly string?[] inside;
    private readonly bool[] isOpen;

    /// <summary>Nothing is named yet.</summary>
    public Scopes(Passage passage)
    {
        parents = passage.Parents;
        var groups = parents.Count;
        foreach (var token in passage.Tokens)
            groups = Math.Max(groups, token.Group + 1);
        around = new string?[groups];
        inside = new string?[groups];
        isOpen = new bool[groups];
    }

    /// <summary>The name that holds in a group from now on.</summary>
    public string? this[int group]
    {
        get
        {
            Around(group);
            return inside[group];
        }

        set
        {
            Around(group);
            inside[group] = value;
        }
    }

    /// <summary>The name that held around a group when it began.</summary>
    public string? Around(int group)
    {
        if (isOpen[group])
            return around[group];
        var outer = Parent(group);
        while (outer > 0 && !isOpen[outer])
            outer = Parent(outer);
        // What stands outside of all groups names nothing inside of one.
        var name = outer > 0 ? inside[outer] : null;
        for (var opened = group; opened != outer; opened = Parent(opened))
        {
            isOpen[opened] = true;
            inside[opened] = around[opened] = name;
            if (opened == 0)
                break;
        }

        return name;
    }

    /// <summary>Number of the group around a group; 0 for the file.</summary>
    public int Parent(int group) => group < parents.Count ? parents[group] : 0;
}
