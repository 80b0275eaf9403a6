namespace Untag.Scan.Containers;

/// <summary>Bytes of a container that are not what they should be. It never leaves the containers: it becomes a problem
/// in the report.</summary>
/// <param name="words">What is wrong, in words for the report, without full stop.</param>
internal sealed class DamageException(string words) : IOException(words)
{
    /// <summary>What is said when bytes end before they should.</summary>
    public const string Cut = "it is cut";

    /// <summary>What is said when bytes contradict their format.</summary>
    public const string Damaged = "it is damaged";

    /// <summary>What is said of bytes behind the end that are no further file.</summary>
    public const string Behind = "what follows its end is damaged";

    /// <summary>What is said of bytes that no decoder here unpacks.</summary>
    public const string NotRead = "it is packed by a method that is not read";

    /// <summary>What is said when bytes are not those whose checksum was taken.</summary>
    public const string OtherChecksum = "its checksum does not match";
}
