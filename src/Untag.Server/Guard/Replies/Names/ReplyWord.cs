using System.Collections.Immutable;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>A name of a field or a label as it stands in a reply, and what the policy says of it.</summary>
/// <param name="utf8">Its bytes, escapes resolved.</param>
/// <param name="hash">A hash of the bytes.</param>
internal sealed class ReplyWord(byte[] utf8, uint hash)
{
    private const int ShownLettersMax = 40;

    /// <summary>What it can be.</summary>
    public WordRoles Roles { get; init; }

    /// <summary>The groups that it names.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Code of the rule that a trait field, or an object with this label, breaks; empty for others.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Its characters.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(utf8);

    /// <summary>How it stands in a path: a name of a field as it is, everything else as <c>*</c>, since it may be a value.
    /// </summary>
    public string Shown => !Is(WordRoles.Group | WordRoles.SureGroup | WordRoles.Rest) && IsIdentifier(utf8)
        ? System.Text.Encoding.ASCII.GetString(utf8)
        : "*";

    public bool Is(WordRoles any) => (Roles & any) != 0;

    /// <summary>True for the word of these bytes.</summary>
    public bool Spells(ReadOnlySpan<byte> bytes, uint hashOfBytes) => hash == hashOfBytes && bytes.SequenceEqual(utf8);

    /// <summary>True for the word of these bytes.</summary>
    public bool Spells(ReadOnlySpan<byte> bytes) => bytes.SequenceEqual(utf8);

    /// <summary>True for the same bytes.</summary>
    public bool IsSameAs(ReplyWord other) => ReferenceEquals(this, other) || other.Spells(utf8, hash);

    /// <summary>Compares words by their bytes.</summary>
    public static IEqualityComparer<ReplyWord> SameBytes { get; } =
        EqualityComparer<ReplyWord>.Create((a, b) => a!.IsSameAs(b!), word => (int)(word.Hash & int.MaxValue));

    private uint Hash => hash;

    private static bool IsIdentifier(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'_' or (byte)'-'))
                return false;
        }

        return bytes.Length is > 0 and <= ShownLettersMax && char.IsAsciiLetter((char)bytes[0]);
    }
}
