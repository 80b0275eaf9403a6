namespace Untag.Scan.Reading.Models;

/// <summary>Collects what a model says about itself, family by family: names of its outputs and layers, labels,
/// metadata. Each family becomes a passage whose lines are entry numbers, so that neighbours are near each other.</summary>
/// <param name="format">Name of the format.</param>
internal sealed class ModelNames(string format)
{
    /// <summary>Where the names of outputs stand.</summary>
    public const string Outputs = "outputs";

    /// <summary>Where the names of inputs stand.</summary>
    public const string Inputs = "inputs";

    /// <summary>Where the names of layers and of what they compute stand.</summary>
    public const string Layers = "layers";

    /// <summary>Where the names of weights stand.</summary>
    public const string Weights = "weights";

    /// <summary>Where descriptions for people stand.</summary>
    public const string Descriptions = "descriptions";

    private const int CharactersMax = 16 * 1024 * 1024;
    private const int FamiliesMax = 1024;
    private const int HeadsMax = 4096;
    private const int InnerCharactersMax = 60;

    private readonly List<NameFamily> families = [];
    private readonly Dictionary<string, NameFamily> byPlace = new(StringComparer.Ordinal);
    private readonly List<OutputHead> heads = [];
    private int characters;

    /// <summary>True when the names take more room than any honest model's: nothing more is kept.</summary>
    public bool IsFull => characters > CharactersMax;

    /// <summary>Adds a name in the order of the model; one that the family has already is passed over.</summary>
    public void Name(string family, string name)
    {
        if (Takes(name))
            Family(family).AddName(name);
    }

    /// <summary>Adds labels that are one list.</summary>
    public void Labels(string family, IReadOnlyCollection<string> labels)
    {
        if (labels.Count > 0 && Takes(labels.Sum(label => (long)label.Length)))
            Family(family).AddLabels(labels);
    }

    /// <summary>Adds labels that are one list, with what the list is called.</summary>
    public void Labels(string family, string name, IReadOnlyCollection<string> labels)
    {
        if (labels.Count == 0)
            return;
        if (Takes(name))
            Family(family).AddKey(name);
        Labels(family, labels);
    }

    /// <summary>Adds a text whose form is not known: JSON, a literal of Python, a list of labels or a sentence.</summary>
    public void Text(string family, string text)
    {
        if (Takes(text))
            LooseText.Add(text, Family(family));
    }

    /// <summary>Adds a key and the text that belongs to it.</summary>
    public void Entry(string family, string key, string text)
    {
        if (!Takes(key))
            return;
        Family(family).AddKey(key);
        Text(family, text);
    }

    /// <summary>Adds an output.</summary>
    /// <param name="name">Its name; empty when it has none.</param>
    /// <param name="size">Number of values; what cannot be one, such as an open dimension, is passed over.</param>
    public void Head(string name, long size)
    {
        if (size is > 0 and <= int.MaxValue && heads.Count < HeadsMax)
            heads.Add(new OutputHead(name, (int)size));
    }

    /// <summary>All that was collected.</summary>
    /// <param name="problem">Why a part could not be read; null when all was.</param>
    public ReadResult ToResult(string? problem)
    {
        if (IsFull)
            problem ??= $"has more than {CharactersMax / 1048576} million characters of names: the rest was not read";
        return new ReadResult(
            [.. families.Where(family => family.Tokens.Count > 0).Select(family => family.ToPassage(format))], problem)
        {
            Heads = heads,
        };
    }

    private bool Takes(string text) => text.Length > 0 && Takes(text.Length);

    private bool Takes(long length)
    {
        characters = (int)Math.Min(characters + length, int.MaxValue);
        return !IsFull;
    }

    private NameFamily Family(string place)
    {
        if (place.Length > InnerCharactersMax)
            place = place[..(InnerCharactersMax - 1)] + "…";
        if (byPlace.TryGetValue(place, out var known))
            return known;
        if (families.Count >= FamiliesMax)
            return families[^1];
        var family = new NameFamily(place);
        families.Add(family);
        byPlace.Add(place, family);
        return family;
    }
}
