namespace Untag.Scan.Reading;

/// <summary>An object or list of structured data: what a <see cref="Token.Group"/> is the number of.</summary>
/// <param name="Parent">Number of the one around it; 0 is the file.</param>
/// <param name="IsArray">True for a list, and for the file: several documents follow each other.</param>
/// <param name="Key">Index of the token that names it; -1 for a member of a list.</param>
internal readonly record struct TokenGroup(int Parent, bool IsArray, int Key)
{
    /// <summary>The file itself.</summary>
    public static readonly TokenGroup File = new(Parent: 0, IsArray: true, Key: -1);

    /// <summary>An object or list that begins behind the last of the tokens.</summary>
    public static TokenGroup Open(int parent, bool isArray, List<Token> tokens, List<TokenGroup> groups)
    {
        var isNamed = tokens is [.., { Kind: TokenKind.Key } key] && key.Group == parent && !groups[parent].IsArray;
        return new TokenGroup(parent, isArray, isNamed ? tokens.Count - 1 : -1);
    }

    /// <summary>For each group the one around it.</summary>
    public static IReadOnlyList<int> ParentsOf(List<TokenGroup> groups) => groups.ConvertAll(group => group.Parent);
}
