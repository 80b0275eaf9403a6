using System.Globalization;
using Untag.Policy;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>The different words of a context in a text.</summary>
internal delegate IReadOnlyList<string> ContextWords(string context, string text);

/// <summary>Finds outputs of models that are shaped like those of a known tag, whatever they are called: several outputs
/// of a model, or in code the slices of one.</summary>
internal static class HeadCandidates
{
    private const int SlicesApartRows = 8;

    /// <summary>The candidate that the outputs of a model are, if they fit; null otherwise.</summary>
    public static Candidate? Find(Vocabulary vocabulary, string path, IReadOnlyList<OutputHead> heads, ContextWords words)
    {
        if (heads.Count == 0)
            return null;
        var sizes = heads.Select(head => head.Size).ToList();
        var unnamed = heads.Select(head => words("face-attribute", head.Name).Count == 0).ToList();
        foreach (var known in vocabulary.Policy.Heads)
        {
            var isJoined = heads.Count == 1 && unnamed[0] && known.Joined == sizes[0];
            if (!vocabulary.Traits.ContainsKey(known.Trait) || !(isJoined || known.Fit(sizes, unnamed)))
                continue;
            var shown = string.Join(", ", heads.Take(6).Select(head => $"{head.Name} {head.Size}".Trim()));
            var tells = isJoined ? 0 : Enumerable.Range(0, heads.Count).First(i => unnamed[i] && known.Outputs[0].Contains(sizes[i]));
            var part = new ModelPart(MetTerm.Shorten(heads[tells].Name), ModelPart.Output);
            var candidate = Start(
                path, known, $"outputs {shown}", line: 0, column: 0,
                inner: part.Name.Length == 0 ? "outputs" : part.PlaceIn("outputs"), part);
            candidate.Add("unnamed-heads", known.Says);
            if (words("person-vision", path) is { Count: > 0 } persons)
                candidate.Add("file-person-vision", persons);
            return candidate;
        }

        return null;
    }

    /// <summary>Appends the candidates that slices in code are: <c>out[:7]</c>, <c>out[7:9]</c>, <c>out[9:18]</c>.</summary>
    public static void FindSlices(
        Vocabulary vocabulary, string path, PassageTerms terms, FileFacts facts,
        List<Candidate> candidates)
    {
        if (terms.Passage.Kind != PassageKind.Code)
            return;
        var chain = new List<Slice>();
        foreach (var slice in SlicesOf(terms.Passage.Tokens))
        {
            var continues = chain.Count > 0 && slice.From == chain[^1].To && slice.Line - chain[^1].Line <= SlicesApartRows;
            if (!continues)
            {
                AddChain(vocabulary, path, chain, terms, facts, candidates);
                chain.Clear();
            }

            if (continues || slice.From == 0)
                chain.Add(slice);
        }

        AddChain(vocabulary, path, chain, terms, facts, candidates);
    }

    private static void AddChain(
        Vocabulary vocabulary, string path, List<Slice> chain, PassageTerms terms, FileFacts facts,
        List<Candidate> candidates)
    {
        if (chain.Count < 2)
            return;
        var sizes = chain.Select(slice => slice.To - slice.From).ToList();
        foreach (var known in vocabulary.Policy.Heads)
        {
            if (known.Joined is null || chain.Count != known.Outputs.Count || !vocabulary.Traits.ContainsKey(known.Trait)
                || !known.Fit(sizes, [.. sizes.Select(_ => true)]))
                continue;
            var shown = string.Join(", ", chain.Select(slice => $"{slice.From}:{slice.To}"));
            var candidate = Start(path, known, $"slices {shown}", chain[0].Line, chain[0].Column, terms.Passage.Inner);
            candidate.Add("unnamed-heads", known.Says);
            if (facts.Count("person-vision") >= 2)
                candidate.Add("file-person-vision", facts.Words("person-vision"));
            candidates.Add(candidate);
            return;
        }
    }

    // One or two numbers alone in brackets: [:7] and [7:9] here, slice(0, 7) elsewhere. A single number begins at 0.
    private static IEnumerable<Slice> SlicesOf(IReadOnlyList<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var group = tokens[i].Group;
            if (group == 0 || (i > 0 && tokens[i - 1].Group == group))
                continue;
            var end = i;
            while (end < tokens.Count && tokens[end].Group == group)
                end++;
            if (end - i is 1 or 2 && Number(tokens[i]) is { } first && Number(tokens[end - 1]) is { } last)
            {
                if (end - i == 1)
                    yield return new Slice(0, first, tokens[i].Line, tokens[i].Column);
                else if (last > first)
                    yield return new Slice(first, last, tokens[i].Line, tokens[i].Column);
            }
        }
    }

    private static int? Number(Token token) =>
        token.Kind == TokenKind.Number
        && int.TryParse(token.Text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static Candidate Start(
        string path, KnownHeads known, string match, int line, int column, string? inner, ModelPart? part = null) => new()
        {
            Shape = Shape.Heads,
            Trait = known.Trait,
            Kind = FindingKind.ModelOutput,
            Class = VendorFolders.Contain(path) ? FindingClass.VendorCapability : FindingClass.ProductTag,
            Path = path,
            Line = line,
            Column = column,
            Inner = inner,
            Part = part,
            Match = match,
            Surroundings = match,
        };

    private readonly record struct Slice(int From, int To, int Line, int Column);
}
