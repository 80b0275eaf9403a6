namespace Untag.Server.Guard.Requests;

/// <summary>Why a request is not passed on.</summary>
/// <param name="Status">Status of the answer.</param>
/// <param name="Reason">Code of the reason, for the log: <c>tag</c>, or what could not be inspected.</param>
/// <param name="Words">A sentence for the client, without any value of the request.</param>
/// <param name="Rules">Codes of the rules that it would break; empty when it could not be inspected.</param>
internal sealed record Asked(int Status, string Reason, string Words, IReadOnlyList<string> Rules)
{
    /// <summary>A request that breaks a rule.</summary>
    /// <param name="rule">Code of the rule.</param>
    /// <param name="place">Where, such as <c>the query</c>.</param>
    /// <param name="field">Name of the field; it is told only when it is a plain name.</param>
    public static Asked ForTrait(string rule, string place, string field)
    {
        var where = IsPlain(field) ? $"`{field}` in {place}" : place;
        return new Asked(StatusCodes.Status403Forbidden, "tag", rule switch
        {
            AskedRules.List => $"{where} names a list or rule after a group of people",
            AskedRules.Query => $"{where} picks people by a protected trait",
            AskedRules.Field => $"{where} carries a protected trait of a person",
            AskedRules.Prompt => $"{where} asks in words for a protected trait of a person",
            AskedRules.Identifier => $"{where} names a model or field that stands for a protected trait of a person",
            _ => $"{where} asks for a protected trait of a person",
        }, [rule]);
    }

    /// <summary>A request that cannot be inspected.</summary>
    public static Asked Uninspectable(int status, string reason, string words) => new(status, reason, words, []);

    private static bool IsPlain(string field) =>
        field.Length is > 0 and <= 64 && field.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '[' or ']');
}
