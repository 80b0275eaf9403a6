using System.Security.Cryptography;

namespace Untag.Guard;

/// <summary>Names of runs. A name is drawn and says nothing, so that many guards can begin runs without asking each other.</summary>
public static class GuardRun
{
    private const int Length = 32;
    private const int ShownLength = 12;

    /// <summary>How long a guard that writes a log together with others says nothing, at most: it closes a second in which nothing came.
    /// </summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(20);

    /// <summary>A name that no other run has: 128 bits by chance, in hexadecimal.</summary>
    public static string NewName() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>True when a text is such a name.</summary>
    public static bool IsName(string text) => text.Length == Length && text.All(c => char.IsAsciiHexDigitLower(c));

    /// <summary>The beginning of a name, for people.</summary>
    public static string Shown(string name) => name[..ShownLength];
}
