namespace Untag.Server.Guard.Requests;

/// <summary>Codes of the rules that a request can break; <c>untag explain</c> tells about each.</summary>
internal static class AskedRules
{
    /// <summary>Asks for the trait.</summary>
    public const string Asks = "UT0102";

    /// <summary>Carries the trait of a person.</summary>
    public const string Field = "UT0103";

    /// <summary>Names something that stands for the trait.</summary>
    public const string Identifier = "UT0111";

    /// <summary>Asks for it in words.</summary>
    public const string Prompt = "UT0112";

    /// <summary>Names a list or rule after a group.</summary>
    public const string List = "UT0201";

    /// <summary>Picks people by group.</summary>
    public const string Query = "UT0202";
}
