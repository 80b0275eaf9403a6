namespace Untag.Audit.Embeddings;

/// <summary>What is kept of an embedding of a part of the people: exact moments by group, and nothing that a probe would need.</summary>
/// <param name="Name">Its name; <see cref="AnyName"/> where parts call theirs otherwise.</param>
/// <param name="Groups">The groups, each of which has at least 10 people in each part that knows it.</param>
/// <param name="Moments">Their moments about 0.</param>
internal sealed record EmbeddingSums(string Name, IReadOnlyList<string> Groups, ExactSums Moments)
{
    /// <summary>What embeddings of several names are called together.</summary>
    public const string AnyName = "embedding";

    /// <summary>The sums of embeddings of different people: the same bits in any order.</summary>
    public static EmbeddingSums operator +(EmbeddingSums a, EmbeddingSums b)
    {
        string[] groups = [.. a.Groups.Union(b.Groups, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var moments = ExactSums.Empty(a.Moments.Size, groups.Length);
        foreach (var part in (EmbeddingSums[])[a, b])
            moments.Add(part.Moments, [.. part.Groups.Select(group => Array.IndexOf(groups, group))]);
        return new EmbeddingSums(a.Name == b.Name ? a.Name : AnyName, groups, moments);
    }
}
