namespace Untag.Scan.Containers;

/// <summary>Bytes of a container that are not what they should be. It never leaves the containers: it becomes a problem
/// in the report.</summary>
/// <param name="words">What is wrong, in words for the report, without full stop.</param>
internal sealed class DamageException(string words) : IOException(words)
{
    /// <summary>What is said when bytes end before they should.</summary>
    public const string Cut = "it is cut";
}
