namespace Untag.Scan.Judging;

/// <summary>What the whole product is about, from the marks in the raw bytes of all its files and from the clearest
/// labels found in it.</summary>
internal sealed class ProductContext
{
    private const string PersonVision = "person-vision";

    private readonly Dictionary<string, SortedSet<string>> marks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> tagPlaces = new(StringComparer.Ordinal);

    /// <summary>True when the product works on faces or bodies of people.</summary>
    public bool WorksOnPersons => Marks(PersonVision).Count >= 2;

    /// <summary>True when there is at least a hint of it.</summary>
    public bool MayWorkOnPersons => Marks(PersonVision).Count >= 1;

    /// <summary>The marks of a context, in order.</summary>
    public IReadOnlyCollection<string> Marks(string context) =>
        marks.TryGetValue(context, out var set) ? set : [];

    /// <summary>Where the product holds clear labels of the trait, other than at this place; null when nowhere.</summary>
    public string? TagPlace(string trait) => tagPlaces.GetValueOrDefault(trait);

    public void AddMark(string context, string mark)
    {
        if (!marks.TryGetValue(context, out var set))
            marks[context] = set = new SortedSet<string>(StringComparer.Ordinal);
        set.Add(mark);
    }

    /// <summary>Notes a place with clear labels; of several the first in order of path and line is kept.</summary>
    public void AddTagPlace(string trait, string path, int line)
    {
        var place = line > 0 ? $"{path}:{line}" : path;
        if (!tagPlaces.TryGetValue(trait, out var known) || string.CompareOrdinal(place, known) < 0)
            tagPlaces[trait] = place;
    }
}
