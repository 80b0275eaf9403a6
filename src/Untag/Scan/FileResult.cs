using Untag.Scan.Allowances;
using Untag.Scan.Judging;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Scan;

/// <summary>What one file gave.</summary>
/// <param name="Path">Path shown in findings.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Marks">Index of each mark that was met, in order.</param>
/// <param name="Candidates">The places that may be tags.</param>
/// <param name="Problem">Why it was not read to the end; null when it was.</param>
internal sealed record FileResult(
    string Path, long Bytes, IReadOnlyList<int> Marks, IReadOnlyList<Candidate> Candidates, string? Problem)
{
    /// <summary>What the files inside gave, when it is a container.</summary>
    public IReadOnlyList<FileResult> Inner { get; init; } = [];

    /// <summary>Its comments that accept findings.</summary>
    public IReadOnlyList<InlineAllowance> Allowances { get; init; } = [];

    /// <summary>Groups of people that are all there is of a value: of an annotation beside a picture, its label.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>True when it measures how a product treats groups of people, or is a document that speaks of it.</summary>
    public bool MeasuresFairness { get; init; }

    /// <summary>This result and those of everything inside.</summary>
    public IEnumerable<FileResult> All => Inner.SelectMany(inner => inner.All).Prepend(this);

    /// <summary>This result with one problem more.</summary>
    public FileResult With(string problem) => this with { Problem = Problem is null ? problem : $"{Problem}; {problem}" };

    /// <summary>This result with that of the archive which the same file is, or which stands behind it.</summary>
    public FileResult Around(FileResult archive) =>
        (archive.Problem is { } problem ? With(problem) : this) with { Inner = archive.Inner };

    /// <summary>Adds what the file says about the whole product. Documents are heard about themselves only: what a
    /// product is, its code says.</summary>
    public void AddTo(ProductContext product, Prefilter prefilter)
    {
        product.HasSource |= Languages.IsSource(Path) && !Path.Contains("!/", StringComparison.Ordinal);
        if (!ProseFiles.Contain(Path))
        {
            foreach (var mark in Marks)
                product.AddMark(prefilter.Marks[mark].Context, prefilter.Marks[mark].Text);
        }

        product.SpeaksOfFairness |= MeasuresFairness && ProseFiles.Contain(Path);
        foreach (var candidate in Candidates)
        {
            if (MeasuresFairness && !ProseFiles.Contain(Path))
                product.AddMeasured(candidate.Trait);
            if (candidate.TellsOfProduct)
                product.AddTagPlace(candidate.Trait, candidate.Path, candidate.Line);
            if (candidate.TellsOfInference)
                product.AddInferencePlace(candidate.Trait, candidate.Path, candidate.Line);
        }
    }
}
