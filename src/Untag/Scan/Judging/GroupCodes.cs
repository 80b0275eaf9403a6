using System.Text;
using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Finds the codes that data sets write for a group of people and a sex: AF, AM, BF, BM, WF, WM, or in two
/// columns A, B, W and F, M. Two letters mean anything, and most of these are countries: they are groups only in a list
/// that holds nothing else, with both codes of three groups.</summary>
internal sealed class GroupCodes(TagPolicy policy)
{
    private const int GroupsMin = 3;
    private const int TextBytesMax = 1 << 20; // what is larger was written by no hand
    private const int HeadBytes = 8 << 10;

    private readonly List<CodeSet> sets = [.. policy.Traits.SelectMany(trait =>
        trait.ValueSets.Where(set => set.CodesWithSex.Count > 0).Select(set => new CodeSet(trait.Id, set)))];

    /// <summary>True for a text that may hold such codes, which are too short for the prefilter.</summary>
    public bool MayStandIn(string path, ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, HeadBytes)];
        if (bytes.Length > TextBytesMax || head.Contains((byte)0))
            return false;
        foreach (var set in sets)
        {
            if ((HoldsWord(bytes, set.Rarest) && HoldsWord(bytes, set.BesideRarest))
                || (TableReader.IsTable(path) && HoldsWord(head, set.Rarest.AsSpan(0, 1)) && HoldsWord(head, set.Rarest.AsSpan(1))))
                return true;
        }

        return false;
    }

    /// <summary>The codes in a passage, each as a word for its group.</summary>
    public List<MetTerm> Find(Passage passage)
    {
        var found = new List<MetTerm>();
        foreach (var set in sets)
        {
            if (passage.Kind == PassageKind.Table)
                set.FindInColumns(passage, found);
            if (passage.Tokens.Any(token => token.Text.Span.Contains(set.RarestText, StringComparison.Ordinal)))
                set.FindLists(passage, found);
        }

        return [.. found.DistinctBy(met => (met.Token, met.Hit.Start))];
    }

    private static bool HoldsWord(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> word)
    {
        for (var from = 0; ;)
        {
            var next = bytes[from..].IndexOf(word);
            if (next < 0)
                return false;
            var start = from + next;
            from = start + word.Length;
            if ((start == 0 || !IsWordCharacter(bytes[start - 1])) && (from == bytes.Length || !IsWordCharacter(bytes[from])))
                return true;
        }
    }

    private static bool IsWordCharacter(byte b) => char.IsAsciiLetterOrDigit((char)b);

    /// <summary>The codes of one set of labels: each is a letter for the group and one for the sex.</summary>
    private sealed class CodeSet(string trait, ValueSet set)
    {
        private const int CodesOfGroup = 2;
        private static readonly char[] Separators = [',', ';', '|', ' '];

        private readonly Dictionary<string, Term> byCode = set.CodesWithSex
            .Select((code, i) => new Term(code, Sense.GroupExact, trait, set.Members[i / CodesOfGroup])).ToDictionary(term => term.Text);

        private readonly Dictionary<string, Term> byInitial = set.Members
            .Select((member, i) => new Term(set.CodesWithSex[i * CodesOfGroup][..1], Sense.GroupExact, trait, member)).ToDictionary(term => term.Text);

        private readonly HashSet<string> sexes = [.. set.CodesWithSex.Select(code => code[1..])];

        /// <summary>The last code: the policy puts one there that is no country.</summary>
        public string RarestText { get; } = set.CodesWithSex[^1];

        public byte[] Rarest { get; } = Encoding.UTF8.GetBytes(set.CodesWithSex[^1]);

        public byte[] BesideRarest { get; } = Encoding.UTF8.GetBytes(set.CodesWithSex[^2]);

        /// <summary>Appends the codes of every list that holds nothing else: texts side by side, or one text.</summary>
        public void FindLists(Passage passage, List<MetTerm> found)
        {
            var lists = new Dictionary<(int Group, TokenKind Kind), List<MetTerm>>();
            var others = new HashSet<(int Group, TokenKind Kind)>();
            foreach (var token in passage.Tokens)
            {
                if (token.Kind is TokenKind.Number or TokenKind.Comment or TokenKind.Prose)
                    continue;
                var codes = CodesIn(token);
                if (IsList(codes))
                    found.AddRange(codes);
                else if (codes.Count == 0)
                    others.Add((token.Group, token.Kind));
                else if (lists.TryGetValue((token.Group, token.Kind), out var list))
                    list.AddRange(codes);
                else
                    lists[(token.Group, token.Kind)] = codes;
            }

            foreach (var (place, list) in lists)
            {
                if (!others.Contains(place) && IsList(list))
                    found.AddRange(list);
            }
        }

        /// <summary>Appends the labels of the columns that hold the letters of the groups and nothing else, in a table with
        /// a column of sexes.</summary>
        public void FindInColumns(Passage passage, List<MetTerm> found)
        {
            var columns = passage.Tokens.Where(token => token.Kind == TokenKind.Value).ToLookup(token => token.Group);
            if (!columns.Any(column => sexes.SetEquals(column.Select(token => token.Text.ToString()))))
                return;
            foreach (var column in columns)
            {
                if (byInitial.Keys.ToHashSet().SetEquals(column.Select(token => token.Text.ToString())))
                    found.AddRange(column.Select(token => new MetTerm(new TermHit(byInitial[token.Text.ToString()], 0, 1), token)));
            }
        }

        // Empty for a text that holds anything else.
        private List<MetTerm> CodesIn(Token token)
        {
            var codes = new List<MetTerm>();
            foreach (var range in token.Text.Span.SplitAny(Separators))
            {
                var (start, length) = range.GetOffsetAndLength(token.Text.Length);
                if (length == 0)
                    continue;
                if (!byCode.TryGetValue(token.Text.Span[range].ToString(), out var term))
                    return [];
                codes.Add(new MetTerm(new TermHit(term, start, length), token));
            }

            return codes;
        }

        private static bool IsList(List<MetTerm> codes) =>
            codes.GroupBy(met => met.Term.Group).Count(group => group.Select(met => met.Term.Text).Distinct().Count() == CodesOfGroup)
                >= GroupsMin;
    }
}
