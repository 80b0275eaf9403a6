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

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none that may be asked; the message says why.</exception>
    public static Uri ParseAddress(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            throw new FormatException("the address of a witness starts with https:// or http://");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new FormatException("the address of a witness has no user, no question mark and no number sign");
        return text.All(char.IsAscii) ? address : throw new FormatException("the address of a witness is written in ASCII");
    }

    /// <summary>Keys with their addresses as witnesses: keys of one address are of one.</summary>
    public static IReadOnlyList<Witness> Of(IEnumerable<(VerifierKey Key, Uri Address)> keys) =>
        [.. keys.GroupBy(pair => pair.Address).Select(group => new Witness(group.Key, [.. group.Select(pair => pair.Key)]))];

    /// <summary>Where it takes a request.</summary>
    internal Uri Call(string name) => new(Address.AbsoluteUri.TrimEnd('/') + "/" + name);
}
