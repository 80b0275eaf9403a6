namespace Untag.Audit.Embeddings;

/// <summary>Which rows of an array are measured, and as what.</summary>
/// <param name="IsMeasured">Whether a person is among those who are measured.</param>
/// <param name="Change">Changes the present row in place before it is looked at.</param>
internal sealed record MeasuredRows(Func<ulong, bool> IsMeasured, Action<NpyRows> Change)
{
    /// <summary>All of them, as they are finally consumed.</summary>
    public static MeasuredRows Of(ConsumedForm form) => new(_ => true, form.Apply);
}
