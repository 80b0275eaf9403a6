namespace Untag.Policy;

/// <summary>Outputs of a kind of model that classifies people into groups, known by their sizes alone.</summary>
/// <param name="Id">Short name, such as <c>fairface-7</c>.</param>
/// <param name="Trait">Id of the trait that the first output tells.</param>
/// <param name="Outputs">For each output the sizes it can have; the first is the trait's.</param>
/// <param name="Joined">Size of the one output that holds them all; null when they are not known to be joined.</param>
/// <param name="Slice">How the last part of the joined output is written in code; null when it is not known to be.</param>
/// <param name="Says">What they are.</param>
public sealed record KnownHeads(
    string Id, string Trait, IReadOnlyList<IReadOnlyList<int>> Outputs, int? Joined, string? Slice, string Says)
{
    /// <summary>True when different outputs of these sizes can be found for every part.</summary>
    /// <param name="sizes">Sizes of the outputs of a model.</param>
    /// <param name="mayBeTrait">For each, whether it may be the one that tells the trait: its name says nothing else.</param>
    public bool Fit(IReadOnlyList<int> sizes, IReadOnlyList<bool> mayBeTrait) => Fit(sizes, mayBeTrait, part: 0, taken: 0);

    private bool Fit(IReadOnlyList<int> sizes, IReadOnlyList<bool> mayBeTrait, int part, ulong taken)
    {
        if (part == Outputs.Count)
            return true;
        for (var i = 0; i < Math.Min(sizes.Count, 64); i++)
        {
            if ((taken & (1UL << i)) == 0 && Outputs[part].Contains(sizes[i]) && (part > 0 || mayBeTrait[i])
                && Fit(sizes, mayBeTrait, part + 1, taken | (1UL << i)))
                return true;
        }

        return false;
    }
}
