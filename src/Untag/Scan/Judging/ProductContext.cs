namespace Untag.Scan.Judging;

/// <summary>What the whole product is about, from the marks in the raw bytes of all its files and from the clearest
/// labels found in it.</summary>
internal sealed class ProductContext
{
    private const string PersonVision = "person-vision";

    private readonly Dictionary<string, SortedSet<string>> marks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> tagPlaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> inferencePlaces = new(StringComparer.Ordinal);
    private readonly HashSet<string> measuredTraits = new(StringComparer.Ordinal);

    /// <summary>True when the product works on faces or bodies of people.</summary>
    public bool WorksOnPersons => Marks(PersonVision).Count >= 2;

    /// <summary>True when there is at least a hint of it.</summary>
    public bool MayWorkOnPersons => Marks(PersonVision).Count >= 1;

    /// <summary>True when something in the product computes with a model.</summary>
    public bool Computes => Marks("machine-learning").Count >= 2;

    /// <summary>True when something in the product works on pictures.</summary>
    public bool Sees => Marks("picture").Count >= 1;

    /// <summary>True when something in the product computes with a model from names of persons.</summary>
    public bool WorksOnNames => Marks("personal-name").Count >= 2 && Marks("machine-learning").Count >= 1;

    /// <summary>True when the product has source files of its own, beside whatever binaries it carries.</summary>
    public bool HasSource { get; set; }

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

    /// <summary>Where the product clearly computes the trait; null when nowhere.</summary>
    public string? InferencePlace(string trait) => inferencePlaces.GetValueOrDefault(trait);

    /// <summary>True when a document of the product speaks of fairness a lot. What a product is, its code says: this
    /// confirms what the code hints at, and no more.</summary>
    public bool SpeaksOfFairness { get; set; }

    /// <summary>True when the candidate serves a measurement of fairness: the product does nothing else with groups, or
    /// it is a table of a product that measures, and nothing in it is seen to compute the trait.</summary>
    public bool MeasuresFairness(Candidate candidate)
    {
        if (InferencePlace(candidate.Trait) is not null)
            return false;
        var hints = Marks(Measurement.Fairness).Count;
        return hints >= 2
            || (hints == 1 && SpeaksOfFairness)
            || (measuredTraits.Contains(candidate.Trait) && Measurement.MayBeItsData(candidate));
    }

    /// <summary>Notes that a file of the product measures by groups of the trait.</summary>
    public void AddMeasured(string trait) => measuredTraits.Add(trait);

    /// <summary>Notes a place with clear labels.</summary>
    public void AddTagPlace(string trait, string path, int line) => KeepFirst(tagPlaces, trait, path, line);

    /// <summary>Notes a place that clearly computes the trait.</summary>
    public void AddInferencePlace(string trait, string path, int line) => KeepFirst(inferencePlaces, trait, path, line);

    // Of several places the first in order of path and line is named, whatever the order of reading.
    private static void KeepFirst(Dictionary<string, string> places, string trait, string path, int line)
    {
        var place = line > 0 ? $"{path}:{line}" : path;
        if (!places.TryGetValue(trait, out var known) || string.CompareOrdinal(place, known) < 0)
            places[trait] = place;
    }
}
