namespace Untag.Server.Guard.Replies;

/// <summary>What a filter does with a body that it was shown as a whole.</summary>
internal enum WholeBody
{
    /// <summary>It must be taken like any other.</summary>
    IsTaken,

    /// <summary>It goes on as it is.</summary>
    Passes,

    /// <summary>What may go on of it was written.</summary>
    IsWritten,
}
