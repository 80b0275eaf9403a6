using System.Security.Cryptography;
using System.Text;

namespace Untag.Policy;

/// <summary>Reads the policy's YAML files. Every file may hold any of the sections, so that one file can extend the
/// policy that is part of Untag.</summary>
internal sealed class PolicyReader
{
    private static readonly string[] NameSenses = ["exact", "ambiguous", "softened"];

    // What the judgement itself is made of: a policy that starts from nothing has it all the same.
    private static readonly string[] Judgement = ["policy/contexts.yaml", "policy/evidence.yaml", "policy/replies.yaml", "policy/requests.yaml", "policy/rules/"];

    private static readonly string[] Sections =
        ["trait", "traits", "contexts", "requests", "replies", "evidence", "identifiers", "vendors", "heads", "rule", "rules", "as_of", "law"];

    // What the guard looks for; a word under another id would never be read.
    private static readonly string[] RequestIds = ["asks", "list", "naming", "element", "person", "free"];

    private static readonly string[] ReplyIds =
        ["beside", "rest", "computing", "people", "surname", "thing", "sight", "measure", "contest", "breed", "written"];

    private readonly List<string> errors = [];
    private readonly SortedDictionary<string, Trait> traits = new(StringComparer.Ordinal);
    private readonly Dictionary<Term, Term> terms = [];
    private readonly SortedDictionary<string, Context> contexts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, GuardVocabulary> requests = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, GuardVocabulary> replies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Evidence> evidence = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, KnownIdentifier> identifiers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, VisionVendor> vendors = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, KnownHeads> heads = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Rule> rules = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LegalBasis> law = new(StringComparer.Ordinal);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private DateOnly lawAsOf;
    private string name = "default";

    private PolicyReader()
    {
    }

    public static TagPolicy ReadEmbedded()
    {
        var reader = new PolicyReader();
        reader.AddEmbedded(_ => true);
        if (reader.errors.Count > 0)
            throw new InvalidDataException("the embedded policy is broken: " + string.Join("; ", reader.errors));
        return reader.Build();
    }

    public static (TagPolicy? Policy, IReadOnlyList<string> Errors) ReadFile(string path)
    {
        var reader = new PolicyReader();
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, [$"{path}: {FileProblem.InWords(problem)}"]);
        }

        var root = YamlValue.Parse(path, Encoding.UTF8.GetString(bytes), reader.errors);
        if (root["extends"].OptionalText is not { } parent)
            reader.AddEmbedded(file => Array.Exists(Judgement, part => file.StartsWith(part, StringComparison.Ordinal)));
        else if (parent == "default")
            reader.AddEmbedded(_ => true);
        else
            root["extends"].Fail($"cannot extend `{parent}`: write `extends: default`, or leave the key out");

        reader.name = Path.GetFileNameWithoutExtension(path);
        reader.Add(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(bytes)), root);
        if (reader.errors.Count == 0)
            reader.CheckReferences(path);
        return reader.errors.Count > 0 ? (null, reader.errors) : (reader.Build(), []);
    }

    private void AddEmbedded(Predicate<string> isWanted)
    {
        using var stream = typeof(PolicyReader).Assembly.GetManifestResourceStream("policy.pack")!;
        foreach (var file in PackedPolicy.Read(stream))
        {
            if (isWanted(file.Name))
                Add(file.Name, file.Digest, new YamlValue(file.Tree, file.Name, errors));
        }
    }

    private void Add(string file, string digest, YamlValue root)
    {
        // The lines of `sha256sum`, so that anybody can work out the policy's digest.
        hash.AppendData(Encoding.UTF8.GetBytes($"{digest}  {file}\n"));
        foreach (var (key, value) in root.Members)
        {
            switch (key)
            {
                case "name": name = value.Text; break;
                case "extends": break;
                case "trait": AddTrait(root); break;
                case "title" or "status" or "names" or "groups" or "innocent" or "value_sets" when root["trait"].Exists: break;
                case "traits": ForEach(value, AddTrait); break;
                case "contexts": ForEach(value, AddContext); break;
                case "requests": ForEach(value, item => AddVocabulary(item, RequestIds, requests)); break;
                case "replies": ForEach(value, item => AddVocabulary(item, ReplyIds, replies)); break;
                case "evidence": ForEach(value, AddEvidence); break;
                case "identifiers": ForEach(value, AddIdentifier); break;
                case "vendors": ForEach(value, AddVendor); break;
                case "heads": ForEach(value, AddHeads); break;
                case "rule": AddRule(value); break;
                case "rules": ForEach(value, AddRule); break;
                case "as_of": lawAsOf = value.Date; break;
                case "law": ForEach(value, AddLaw); break;
                default: value.Fail($"unknown section `{key}`: {Spelling.Hint(key, Sections)}"); break;
            }
        }
    }

    private static void ForEach(YamlValue list, Action<YamlValue> add)
    {
        foreach (var item in list.Items)
            add(item);
    }

    private void AddTrait(YamlValue yaml)
    {
        var id = yaml["trait"].Text;
        AddTerms(yaml["names"]["exact"], Sense.NameExact, id, null);
        AddTerms(yaml["names"]["ambiguous"], Sense.NameAmbiguous, id, null);
        AddTerms(yaml["names"]["softened"], Sense.NameSoftened, id, null);
        AddTerms(yaml["innocent"], Sense.Innocent, id, null);
        foreach (var (key, value) in yaml["names"].Members)
        {
            if (!NameSenses.Contains(key))
                value.Fail($"unknown key `{key}` under names: use exact, ambiguous or softened");
        }

        var groupIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in yaml["groups"].Items)
        {
            var groupId = group["id"].Text;
            groupIds.Add(groupId);
            AddTerms(group["exact"], Sense.GroupExact, id, groupId);
            AddTerms(group["ambiguous"], Sense.GroupAmbiguous, id, groupId);
        }

        var valueSets = new List<ValueSet>();
        foreach (var set in yaml["value_sets"].Items)
        {
            var members = set["members"].Texts;
            foreach (var member in members)
            {
                if (!groupIds.Contains(member))
                    set.Fail($"the value set `{set["id"].Text}` has the member `{member}`, which is no group of {id}");
            }

            var codes = set["codes_with_sex"].Texts;
            if (codes.Count > 0 && !AreCodesOf(members, codes))
            {
                set.Fail($"the codes_with_sex of the value set `{set["id"].Text}` are two for each member in turn, each a letter "
                    + "for the group and one for the sex: AF, AM");
            }

            valueSets.Add(new ValueSet(
                set["id"].Text, set["source"].Text, members, set["codes"].Texts, codes, set["official"].Flag));
        }

        if (traits.TryGetValue(id, out var known))
        {
            traits[id] = known with { Status = Raised(known, yaml["status"]), ValueSets = [.. known.ValueSets, .. valueSets] };
            return;
        }

        var title = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (language, text) in yaml["title"].Members)
            title[language] = text.Text;
        traits[id] = new Trait(id, title, ReadStatus(yaml["status"]), valueSets);
    }

    // Who extends a policy may promise more than it, and nobody who reads that it extends `default` takes it for less.
    private static TraitStatus Raised(Trait known, YamlValue yaml)
    {
        if (!yaml.Exists)
            return known.Status;
        var status = ReadStatus(yaml);
        if (status < known.Status)
            yaml.Fail($"`{known.Id}` is forbidden by the policy that this one extends: leave `extends` out to forbid less");
        return status;
    }

    private static bool AreCodesOf(IReadOnlyList<string> members, IReadOnlyList<string> codes) =>
        codes.Count == 2 * members.Count && codes.All(code => code.Length == 2) && codes.Distinct().Count() == codes.Count
        && codes.Chunk(2).All(pair => pair[0][0] == pair[1][0]) && codes.DistinctBy(code => code[0]).Count() == members.Count;

    private static TraitStatus ReadStatus(YamlValue yaml)
    {
        switch (yaml.Text)
        {
            case "forbidden": return TraitStatus.Forbidden;
            case "sensitive": return TraitStatus.Sensitive;
            default:
                yaml.Fail("status is forbidden or sensitive");
                return TraitStatus.Forbidden;
        }
    }

    private void AddTerms(YamlValue byLanguage, Sense sense, string owner, string? group)
    {
        foreach (var (_, list) in byLanguage.Members)
        {
            foreach (var text in list.Texts)
            {
                var term = new Term(text, sense, owner, group);
                terms.TryAdd(term, term);
            }
        }
    }

    private void AddContext(YamlValue yaml)
    {
        var id = yaml["id"].Text;
        var opposes = Opposition.None;
        foreach (var item in yaml["opposes"].Items)
        {
            opposes |= item.Text switch
            {
                "names" => Opposition.Names,
                "groups" => Opposition.Groups,
                _ => Opposition.None,
            };
        }

        var words = new List<Term>();
        foreach (var (_, list) in yaml["words"].Members)
        {
            foreach (var text in list.Texts)
                words.Add(new Term(text, Sense.Context, id));
        }

        var marks = new List<string>();
        foreach (var (_, list) in yaml["marks"].Members)
            marks.AddRange(list.Texts);

        contexts[id] = contexts.TryGetValue(id, out var known)
            ? known with { Words = [.. known.Words, .. words], Marks = [.. known.Marks, .. marks] }
            : new Context(id, yaml["says"].Text, opposes, words, marks) { Traits = yaml["traits"].Texts };
    }

    private static void AddVocabulary(YamlValue yaml, string[] ids, SortedDictionary<string, GuardVocabulary> vocabularies)
    {
        var id = yaml["id"].Text;
        if (!ids.Contains(id))
            yaml.Fail($"the guard reads no words called `{id}`: {Spelling.Hint(id, ids)}");
        var words = new List<Term>();
        foreach (var (_, list) in yaml["words"].Members)
        {
            foreach (var text in list.Texts)
                words.Add(new Term(text, Sense.Context, id));
        }

        vocabularies[id] = vocabularies.TryGetValue(id, out var known)
            ? known with { Words = [.. known.Words, .. words], Contexts = [.. known.Contexts, .. yaml["contexts"].Texts] }
            : new GuardVocabulary(id, yaml["says"].Text, words, yaml["contexts"].Texts);
    }

    private void AddEvidence(YamlValue yaml)
    {
        var item = new Evidence(yaml["id"].Text, ReadPoints(yaml["weight"]), yaml["says"].Text);
        evidence[item.Id] = item;
    }

    private static int ReadPoints(YamlValue yaml)
    {
        const int PointsMax = 100;
        var points = yaml.Number;
        if (points is < -PointsMax or > PointsMax)
            yaml.Fail($"{points} points are out of all proportion: from -{PointsMax} to {PointsMax}");
        return points;
    }

    private void AddIdentifier(YamlValue yaml)
    {
        var item = new KnownIdentifier(
            yaml["id"].Text, yaml["trait"].Text, yaml["kind"].Text, yaml["says"].Text);
        identifiers[item.Id] = item;
        foreach (var text in yaml["match"].Texts)
        {
            var term = new Term(text, Sense.Identifier, item.Id);
            terms.TryAdd(term, term);
        }
    }

    private void AddVendor(YamlValue yaml)
    {
        var item = new VisionVendor(
            yaml["id"].Text, yaml["name"].Text, yaml["trait"].OptionalText, yaml["request_parameters"].Texts,
            yaml["asks"].Texts, yaml["asks_by_absence"].Flag, yaml["always"].Flag, yaml["calls"].Texts);
        vendors[item.Id] = item;
        foreach (var text in yaml["recognise"].Texts)
        {
            var term = new Term(text, Sense.Vendor, item.Id);
            terms.TryAdd(term, term);
        }
    }

    private void AddHeads(YamlValue yaml)
    {
        var outputs = new List<IReadOnlyList<int>>();
        foreach (var output in yaml["outputs"].Items)
            outputs.Add([.. output.Items.Select(size => size.Number)]);
        if (outputs.Count < 2)
            yaml.Fail("heads are told by their companions: `outputs: [[7], [2], [9]]`");
        var item = new KnownHeads(
            yaml["id"].Text, yaml["trait"].Text, outputs, yaml["joined"].Exists ? yaml["joined"].Number : null,
            yaml["slice"].OptionalText, yaml["says"].Text);
        heads[item.Id] = item;
    }

    private void AddRule(YamlValue yaml)
    {
        var examples = new List<RuleExample>();
        foreach (var example in yaml["examples"]["positive"].Items)
            examples.Add(ReadExample(example, finds: true));
        foreach (var example in yaml["examples"]["negative"].Items)
            examples.Add(ReadExample(example, finds: false));
        var rule = new Rule(
            yaml["code"].Text, yaml["name"].Text, yaml["title"].Text, yaml["claim"].Text, yaml["kinds"].Texts, yaml["shapes"].Texts,
            ReadPoints(yaml["error_from"]), ReadPoints(yaml["warning_from"]),
            yaml["explanation"].Text.Trim(), yaml["fix"].Text.Trim(), examples);
        rules[rule.Code] = rule;
    }

    private static RuleExample ReadExample(YamlValue yaml, bool finds)
    {
        var lines = new List<int>();
        foreach (var line in yaml["finds"].Items)
            lines.Add(line.Number);
        if (finds && lines.Count == 0)
            yaml.Fail("a positive example names the lines it finds: `finds: [1]`");
        return new RuleExample(yaml["title"].Text, yaml["path"].Text, yaml["text"].Text, lines);
    }

    private void AddLaw(YamlValue yaml)
    {
        var exemptions = new List<Exemption>();
        foreach (var item in yaml["exemptions"].Items)
            exemptions.Add(new Exemption(item["id"].Text, item["needs"].Texts));
        var basis = new LegalBasis
        {
            Id = yaml["id"].Text,
            Jurisdiction = yaml["jurisdiction"].Text,
            Instrument = yaml["instrument"].Text,
            Article = yaml["article"].Text,
            Traits = yaml["traits"].Texts,
            Actors = yaml["actor"].Texts,
            Status = yaml["status"].Text,
            InForce = yaml["in_force"].OptionalDate,
            Until = yaml["until"].OptionalDate,
            Says = yaml["says"].Text.Trim(),
            Exemptions = exemptions,
            Verified = yaml["source"]["verified"].Flag,
        };
        law[basis.Id] = basis;
    }

    private void CheckReferences(string path)
    {
        foreach (var vocabulary in requests.Values.Concat(replies.Values))
        {
            foreach (var context in vocabulary.Contexts.Where(context => !contexts.ContainsKey(context)))
                errors.Add($"{path}: the words `{vocabulary.Id}` take in the context `{context}`, which the policy does not have");
        }

        foreach (var known in identifiers.Values)
        {
            if (!traits.ContainsKey(known.Trait))
                errors.Add($"{path}: the identifier `{known.Id}` carries the trait `{known.Trait}`, which the policy does not have");
        }

        foreach (var known in heads.Values)
        {
            if (!traits.ContainsKey(known.Trait))
                errors.Add($"{path}: the heads `{known.Id}` tell the trait `{known.Trait}`, which the policy does not have");
        }

        foreach (var vendor in vendors.Values)
        {
            if (vendor.Trait is { } trait && !traits.ContainsKey(trait))
                errors.Add($"{path}: the vendor `{vendor.Id}` can be asked for the trait `{trait}`, which the policy does not have");
        }
    }

    private TagPolicy Build() => new()
    {
        Name = name,
        Digest = Convert.ToHexStringLower(hash.GetHashAndReset()),
        Traits = [.. traits.Values],
        Terms = [.. terms.Keys],
        Contexts = [.. contexts.Values],
        Requests = [.. requests.Values],
        Replies = [.. replies.Values],
        Evidence = evidence,
        Identifiers = identifiers,
        Vendors = vendors,
        Heads = [.. heads.Values],
        Rules = [.. rules.Values],
        Law = [.. law.Values],
        LawAsOf = lawAsOf,
    };
}
