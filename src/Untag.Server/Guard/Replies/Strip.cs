namespace Untag.Server.Guard.Replies;

/// <summary>What was taken out of a reply, in words that hold no value of it.</summary>
/// <param name="Rules">Codes of the rules that demand it.</param>
/// <param name="Count">How many places.</param>
/// <param name="Where">The path of names, such as <c>faces[].attributes.ethnicity</c>; a name that is none of a field
/// stands as <c>*</c>.</param>
public sealed record Strip(IReadOnlyList<string> Rules, int Count, string Where);
