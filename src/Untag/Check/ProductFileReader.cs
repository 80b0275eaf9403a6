using Untag.Policy;
using Untag.Scan;

namespace Untag.Check;

/// <summary>Reads <c>untag.yaml</c>. All errors are collected, each with its line and its fix.</summary>
public sealed class ProductFileReader
{
    private static readonly string[] RootKeys =
        ["product", "version", "policy", "jurisdictions", "role", "ships", "scan", "audit", "erase", "guard", "prove"];

    private static readonly string[] ScanKeys = ["paths", "exclude", "allow"];
    private static readonly string[] AllowNeeds = ["rule", "path", "reason", "until"];
    private static readonly string[] AllowKeys = ["rule", "path", "reason", "basis", "approver", "until"];

    // Sections of parts that come later are checked for their keys already: a typing error must not wait for them.
    private static readonly Dictionary<string, string[]> LaterKeys = new(StringComparer.Ordinal)
    {
        ["audit"] = ["plan", "data", "group", "person", "outputs", "embedding", "decisions", "tolerance"],
        ["erase"] = ["map"],
        ["guard"] = ["listen", "upstream", "contract", "log"],
        ["prove"] = ["key", "valid_days", "attach"],
    };

    private readonly TagPolicy policy;
    private readonly DateOnly today;
    private readonly List<string> errors = [];

    private ProductFileReader(TagPolicy policy, DateOnly today)
    {
        this.policy = policy;
        this.today = today;
    }

    /// <summary>Reads a product file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="policy">Knows the rules, jurisdictions and exemptions that the file may name.</param>
    /// <param name="time">Tells which allowances have expired.</param>
    /// <returns>The product, or all that is wrong with the file.</returns>
    public static (ProductFile? Product, IReadOnlyList<string> Errors) Read(string path, TagPolicy policy, TimeProvider time)
    {
        var reader = new ProductFileReader(policy, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, [$"{path}: cannot be read: {problem.Message.TrimEnd('.')}"]);
        }

        var root = YamlValue.Parse(path, text, reader.errors);
        var product = reader.ReadRoot(root, ProductFile.Of(Path.GetDirectoryName(Path.GetFullPath(path))!));
        return reader.errors.Count > 0 ? (null, reader.errors) : (product, []);
    }

    private ProductFile ReadRoot(YamlValue root, ProductFile product)
    {
        root.Allow(RootKeys);
        root["scan"].Allow(ScanKeys);
        foreach (var (section, keys) in LaterKeys)
            root[section].Allow(keys);
        root["audit"]["decisions"].Allow("alert", "truth");
        root["audit"]["tolerance"].Allow("leak_auc", "rate_gap");
        var policyName = root["policy"].OptionalText;
        return product with
        {
            Product = root["product"].OptionalText ?? product.Product,
            Version = root["version"].OptionalText,
            Policy = policyName is null or "default" ? null : Path.Join(product.Folder, policyName),
            Jurisdictions = ReadJurisdictions(root["jurisdictions"]),
            Role = ReadRole(root["role"]),
            Ships = root["ships"].Texts,
            ScanPaths = root["scan"]["paths"].Exists ? root["scan"]["paths"].Texts : product.ScanPaths,
            ScanExclude = root["scan"]["exclude"].Texts,
            Allow = [.. root["scan"]["allow"].Items.Select(ReadAllowance)],
            Sections = root.Members.Select(member => member.Key).ToHashSet(StringComparer.Ordinal),
        };
    }

    private List<string> ReadJurisdictions(YamlValue yaml)
    {
        var known = policy.Law.Select(basis => basis.Jurisdiction).Distinct(StringComparer.Ordinal).Order().ToList();
        var codes = new List<string>();
        foreach (var item in yaml.Items)
        {
            if (known.Contains(item.Text))
                codes.Add(item.Text);
            else
                item.Fail($"unknown jurisdiction `{item.Text}`: {Spelling.Hint(item.Text, known)}");
        }

        return codes;
    }

    private static ProductRole ReadRole(YamlValue yaml)
    {
        switch (yaml.OptionalText)
        {
            case null or "provider": return ProductRole.Provider;
            case "deployer": return ProductRole.Deployer;
            default:
                yaml.Fail($"unknown role `{yaml.Text}`: write provider or deployer");
                return ProductRole.Provider;
        }
    }

    private Allowance ReadAllowance(YamlValue yaml)
    {
        var needs = ReadBasis(yaml["basis"]);
        yaml.Allow([.. AllowKeys, .. needs]);
        foreach (var key in AllowNeeds.Concat(needs))
        {
            if (!yaml[key].Exists)
                yaml.Fail($"an allowance needs `{key}`");
        }

        CheckRule(yaml["rule"]);
        CheckEnd(yaml["until"]);
        return new Allowance(
            yaml["rule"].TextOr(""), yaml["path"].TextOr(""), yaml["until"].OptionalDate ?? today, yaml["reason"].TextOr(""));
    }

    private void CheckRule(YamlValue yaml)
    {
        var codes = policy.Rules.Select(rule => rule.Code).ToList();
        if (yaml.Exists && !codes.Contains(yaml.Text))
            yaml.Fail($"unknown rule `{yaml.Text}`: {Spelling.Hint(yaml.Text, codes)}");
    }

    private void CheckEnd(YamlValue yaml)
    {
        if (yaml.OptionalDate is { } end && end != DateOnly.MinValue && end < today)
            yaml.Fail($"the allowance ended on {end:yyyy-MM-dd}: remove it, or decide again and set a new end");
    }

    // Whoever relies on an exemption states what it asks for.
    private IReadOnlyList<string> ReadBasis(YamlValue yaml)
    {
        if (yaml.OptionalText is not { } id)
            return [];
        var exemptions = policy.Law.SelectMany(basis => basis.Exemptions).ToList();
        if (exemptions.Find(exemption => exemption.Id == id) is { } known)
            return known.Needs;
        yaml.Fail($"unknown basis `{id}`: {Spelling.Hint(id, [.. exemptions.Select(exemption => exemption.Id)])}");
        return [];
    }
}
