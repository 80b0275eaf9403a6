using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Finds calls of vision APIs that tell a trait although no word of the product asks for it: the reply always
/// carries it, or it does because nothing else was asked for.</summary>
internal static class VendorCandidates
{
    private const int ArgumentTokensMax = 100;

    /// <summary>Appends the candidates of a passage: one for each vendor, the surest of its places.</summary>
    public static void Find(Surroundings around, List<Candidate> candidates)
    {
        if (around.Terms.Passage.Kind is not (PassageKind.Code or PassageKind.Structure))
            return;
        var found = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        var askedForAll = new HashSet<string>(StringComparer.Ordinal);
        foreach (var met in around.Terms.Tags)
        {
            if (met.Term.Sense != Sense.Vendor || met.IsRemark)
                continue;
            var vendor = around.Vocabulary.Policy.Vendors[met.Term.Owner];
            if (vendor.Trait is not { } trait || !around.Vocabulary.Traits.ContainsKey(trait))
                continue;
            var called = vendor.Calls.FirstOrDefault(call => IsCalled(around.Terms, met, call));
            var candidate = vendor.Always ? Told(around, met, vendor, trait, called)
                : vendor.AsksByAbsence && called is not null ? AskedByAbsence(around, met, vendor, trait, called)
                : vendor.Calls.Count > 0 && askedForAll.Add(vendor.Id) ? AskedForAll(around, met, vendor, trait)
                : null;
            if (candidate is not null && (!found.TryGetValue(vendor.Id, out var known) || candidate.Seen.Count > known.Seen.Count))
                found[vendor.Id] = candidate;
        }

        candidates.AddRange(found.Values);
    }

    private static Candidate Told(Surroundings around, MetTerm met, VisionVendor vendor, string trait, string? called)
    {
        var candidate = around.Start(Shape.Vendor, met, trait, FindingKind.ApiRequest, met.Spelling);
        candidate.Add("vendor-tells-always", vendor.Name);
        if (called is not null)
            candidate.Add("vendor-call", called);
        return candidate;
    }

    private static Candidate? AskedByAbsence(
        Surroundings around, MetTerm met, VisionVendor vendor, string trait, string called)
    {
        if (IsParameterNamed(around.Terms.Passage.Tokens, met, vendor))
            return null;
        var candidate = around.Start(Shape.Vendor, met, trait, FindingKind.ApiRequest, $"{met.Spelling}.{called}");
        candidate.Add("vendor-asked-by-absence", vendor.Name);
        return candidate;
    }

    // `returnAttributes = .all`, `detect(img, "all")`: whoever asks for everything asks for the trait.
    private static Candidate? AskedForAll(Surroundings around, MetTerm met, VisionVendor vendor, string trait)
    {
        var tokens = around.Terms.Passage.Tokens;
        for (var i = 1; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is not (TokenKind.Identifier or TokenKind.Literal or TokenKind.Value)
                || !tokens[i].Text.Span.Equals("all", StringComparison.OrdinalIgnoreCase))
                continue;
            if (!IsAsked(tokens, i, vendor))
                continue;
            var all = new MetTerm(new TermHit(met.Term, 0, tokens[i].Text.Length), tokens[i]);
            var candidate = around.Start(Shape.Vendor, all, trait, FindingKind.ApiRequest, all.Spelling);
            candidate.Add("vendor-asked-for-all", vendor.Name);
            return candidate;
        }

        return null;
    }

    // A parameter of the vendor right before it; or, for a text, the name of a call earlier on the line.
    private static bool IsAsked(IReadOnlyList<Token> tokens, int all, VisionVendor vendor)
    {
        if (vendor.RequestParameters.Any(parameter => IsNamed(tokens[all - 1].Text.Span, parameter)))
            return true;
        if (tokens[all].Kind != TokenKind.Literal)
            return false;
        for (var i = all - 1; i >= 0 && tokens[i].Line == tokens[all].Line; i--)
        {
            if (tokens[i].Kind == TokenKind.Identifier
                && vendor.Calls.Any(call => tokens[i].Text.Span.StartsWith(call, StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }

    // A client in another language writes `return_attributes` as `returnAttributes`.
    private static bool IsNamed(ReadOnlySpan<char> name, string parameter)
    {
        var at = 0;
        foreach (var c in parameter)
        {
            if (c == '_')
                continue;
            if (at < name.Length && name[at] == '_')
                at++;
            if (at >= name.Length || char.ToLowerInvariant(name[at]) != char.ToLowerInvariant(c))
                return false;
            at++;
        }

        return at == name.Length;
    }

    // `DeepFace.analyze(`: a name right behind; `https://api.kairos.com/detect`: the end of the same text.
    private static bool IsCalled(PassageTerms terms, MetTerm met, string call)
    {
        var rest = met.Token.Text.Span[met.Hit.End..];
        if (rest.Contains("/" + call, StringComparison.OrdinalIgnoreCase))
            return true;
        var next = Rows.IndexAfter(terms.Passage.Tokens, met.Token);
        return next < terms.Passage.Tokens.Count
            && terms.Passage.Tokens[next] is { Kind: TokenKind.Identifier } name
            && name.Line == met.Token.Line
            && name.Text.Span.Equals(call, StringComparison.OrdinalIgnoreCase);
    }

    // Everything until the brackets of the call are closed; a function that is only defined here names its parameters.
    private static bool IsParameterNamed(IReadOnlyList<Token> tokens, MetTerm met, VisionVendor vendor)
    {
        var first = Rows.IndexAfter(tokens, met.Token) + 1;
        for (var i = first; i < Math.Min(tokens.Count, first + ArgumentTokensMax); i++)
        {
            if (tokens[i].Group == met.Token.Group)
                return false;
            var text = tokens[i].Text.Span.Trim();
            foreach (var parameter in vendor.RequestParameters)
            {
                if (text.Equals(parameter, StringComparison.OrdinalIgnoreCase))
                    return true;
            }

            // What is handed on as a whole may name it elsewhere: **options.
            if (i == first + ArgumentTokensMax - 1)
                return true;
        }

        return false;
    }
}
