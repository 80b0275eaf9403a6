using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Interfaces;

/// <summary>What the sections of a file say of its words.</summary>
internal static class Sections
{
    /// <summary>Name and role of the section in which the only token with this text stands.</summary>
    public static (string? Inner, SectionRole Role) Of(string path, string text, string content)
    {
        var passage = Assert.Single(Read.File(path, text).Passages);
        var token = Assert.Single(passage.Tokens, token => token.Text.ToString() == content);
        return passage.SectionOf(token) is { } section ? (section.Inner, section.Role) : (null, SectionRole.None);
    }
}
