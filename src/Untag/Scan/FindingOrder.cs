namespace Untag.Scan;

/// <summary>The order of findings in a report: path, line, column and rule, so that the same input gives the same bytes.
/// What is there stands before what was there, in each file.</summary>
internal static class FindingOrder
{
    /// <summary>Compares two findings.</summary>
    public static int Compare(Finding a, Finding b)
    {
        var order = string.CompareOrdinal(a.Path, b.Path);
        if (order == 0)
            order = (a.Removed is not null).CompareTo(b.Removed is not null);
        if (order == 0)
            order = Nullable.Compare(a.Line, b.Line);
        if (order == 0)
            order = Nullable.Compare(a.Column, b.Column);
        if (order == 0)
            order = string.CompareOrdinal(a.Inner, b.Inner);
        if (order == 0)
            order = string.CompareOrdinal(a.Rule, b.Rule);
        return order != 0 ? order : string.CompareOrdinal(a.Fingerprint, b.Fingerprint);
    }
}
