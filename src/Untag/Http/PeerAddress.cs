namespace Untag.Http;

/// <summary>The address of another machine, as a user names it.</summary>
public static class PeerAddress
{
    /// <summary>Reads an address.</summary>
    /// <param name="text">What was named.</param>
    /// <param name="whose">Whose it is, for messages: <c>a witness</c>.</param>
    /// <exception cref="FormatException">It is none that may be asked; the message says why.</exception>
    public static Uri Parse(string text, string whose)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            throw new FormatException($"the address of {whose} starts with https:// or http://");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new FormatException($"the address of {whose} has no user, no question mark and no number sign");
        return text.All(char.IsAscii) ? address : throw new FormatException($"the address of {whose} is written in ASCII");
    }
}
