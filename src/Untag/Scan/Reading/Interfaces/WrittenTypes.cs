namespace Untag.Scan.Reading.Interfaces;

/// <summary>Names of types as they are written: with as many of the packages and messages around them as anybody likes.</summary>
internal sealed class WrittenTypes
{
    private const int PartsMax = 32;

    private readonly HashSet<string> endings = new(StringComparer.Ordinal);

    /// <summary>Adds the names among some tokens.</summary>
    public void Add(CodeText code, int first, int end)
    {
        var name = "";
        for (var i = first; i < end; i++)
        {
            if (!code.IsName(i))
                continue;
            if (name.Length > 0 && !code.IsBehind(i, '.'))
                Add(name);
            name = name.Length > 0 && code.IsBehind(i, '.') ? $"{name}.{code.Name(i)}" : code.Name(i);
        }

        Add(name);
    }

    /// <summary>Adds a name, with or without what lies around it.</summary>
    public void Add(string name)
    {
        for (var parts = 0; parts < PartsMax && name.Length > 0; parts++)
        {
            endings.Add(name);
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            name = dot < 0 ? "" : name[(dot + 1)..];
        }
    }

    /// <summary>True when a type of this name is among them.</summary>
    /// <param name="type">Its name with the messages around it.</param>
    public bool Contain(string type) => endings.Contains(type);
}
