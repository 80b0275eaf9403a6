namespace Untag.Check;

/// <summary>What became of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>Nothing could be said: what it needs is not there.</summary>
    NotChecked,

    /// <summary>Too little was seen to say that it holds.</summary>
    Insufficient,

    /// <summary>It holds, within what was read.</summary>
    Holds,

    /// <summary>It does not hold.</summary>
    Fails,
}

/// <summary>One of the five claims, judged.</summary>
/// <param name="Id">Such as <c>no-tag-offered</c>.</param>
/// <param name="Says">The claim in words.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Partial">True when something that belongs to it was not read.</param>
/// <param name="Because">Sentences: what was seen.</param>
/// <param name="Passed">What was looked for and not found.</param>
/// <param name="NotProved">What the verdict does not prove.</param>
/// <param name="Next">What to do next; null when there is nothing.</param>
public sealed record Claim(
    string Id,
    string Says,
    ClaimVerdict Verdict,
    bool Partial,
    IReadOnlyList<string> Because,
    IReadOnlyList<string> Passed,
    IReadOnlyList<string> NotProved,
    string? Next);

/// <summary>A released file with its digest.</summary>
/// <param name="Path">Path relative to the product's folder.</param>
/// <param name="Sha256">Digest in lower-case hexadecimal.</param>
/// <param name="SizeBytes">Size.</param>
/// <param name="Read">True when the scan read it.</param>
public sealed record ShippedFile(string Path, string Sha256, long SizeBytes, bool Read);

/// <summary>What a check found.</summary>
/// <param name="Product">The product.</param>
/// <param name="Claims">The five claims, in their order.</param>
/// <param name="Ships">What is released.</param>
/// <param name="UnreadShips">What is said to be released and was not found or not read, with the reason.</param>
/// <param name="Scan">The scan behind the first claims.</param>
/// <param name="Law">What the law of the product's jurisdictions says of the traits that were found.</param>
public sealed record CheckReport(
    ProductFile Product,
    IReadOnlyList<Claim> Claims,
    IReadOnlyList<ShippedFile> Ships,
    IReadOnlyList<string> UnreadShips,
    Scan.ScanReport Scan,
    IReadOnlyList<Policy.LegalBasis> Law)
{
    /// <summary>True when everything that belongs to the checked claims was read.</summary>
    public bool Complete => Scan.Complete && UnreadShips.Count == 0;
}
