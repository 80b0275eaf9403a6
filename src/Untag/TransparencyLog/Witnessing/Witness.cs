using Untag.TransparencyLog.Notes;

namespace Untag.TransparencyLog.Witnessing;

/// <summary>Somebody else who is asked to sign the checkpoints of a log.</summary>
/// <param name="Address">Where it takes checkpoints: the submission prefix of C2SP tlog-witness.</param>
/// <param name="Keys">Its keys: one, or one for each algorithm that it signs with.</param>
public sealed record Witness(Uri Address, IReadOnlyList<VerifierKey> Keys)
{
    /// <summary>How long its answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Its name.</summary>
    public string Name => Keys[0].Name;

    /// <summary>Keys with their addresses as witnesses: keys of one address are of one.</summary>
    public static IReadOnlyList<Witness> Of(IEnumerable<(VerifierKey Key, Uri Address)> keys) =>
        [.. keys.GroupBy(pair => pair.Address).Select(group => new Witness(group.Key, [.. group.Select(pair => pair.Key)]))];

    /// <summary>Where it takes a request.</summary>
    internal Uri Call(string name) => new(Address.AbsoluteUri.TrimEnd('/') + "/" + name);
}
