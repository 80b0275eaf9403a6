using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Allowances;

namespace Untag.Check;

/// <summary>What became of reading a product file: the product and its policy, or all that is wrong.</summary>
/// <param name="Product">The product; null when there are errors.</param>
/// <param name="Policy">The policy that it names; null when there are errors.</param>
/// <param name="Errors">All errors in the order of their lines; empty when there are none.</param>
public sealed record ProductFileResult(
    ProductFile? Product, TagPolicy? Policy, IReadOnlyList<ProductFileError> Errors);

/// <summary>Reads <c>untag.yaml</c> and checks it against the policy that it names.</summary>
public sealed class ProductFileReader
{
    private readonly string path;
    private readonly List<ProductFileError> errors = [];
    private TagPolicy policy = null!;

    private ProductFileReader(string path) => this.path = path;

    /// <summary>Reads a product file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="policy">A policy that is used whatever the file names; null for the one it names.</param>
    public static ProductFileResult Read(string path, TagPolicy? policy)
    {
        var reader = new ProductFileReader(Path.GetFullPath(path));
        var product = reader.Read(policy);
        if (reader.errors.Count == 0)
            return new ProductFileResult(product, reader.policy, []);
        return new ProductFileResult(null, null, [.. reader.errors.OrderBy(error => error.Line)]);
    }

    private ProductFile Read(TagPolicy? chosen)
    {
        var folder = Path.GetDirectoryName(path)!;
        var file = new YamlSection(ReadMapping(), "", errors);
        policy = chosen ?? ReadPolicy(file, folder);
        var scan = file.Section("scan") ?? new YamlSection(null, "scan", errors);
        var product = ProductFile.Without(folder) with { Location = path };
        product = product with
        {
            Product = file.Text("product") ?? product.Product,
            Version = file.Text("version"),
            PolicyFile = file.Text("policy") is { } named and not "default" ? Path.Join(folder, named) : null,
            Jurisdictions = ReadJurisdictions(file),
            Role = ReadRole(file),
            Ships = ReadShips(file),
            ScanPaths = scan.Texts("paths") is { Count: > 0 } paths ? paths : product.ScanPaths,
            Exclude = scan.Texts("exclude"),
            Allow = [.. scan.Sections("allow").Select(ReadAllowance)],
            Baseline = ReadBaseline(scan),
            Limits = ReadLimits(scan.Section("limits")),
            Audit = file.Section("audit") is { } audit ? AuditSection.Read(audit) : null,
            Erase = ReadErase(file.Section("erase")),
            Guard = file.Section("guard") is { } guard ? GuardSection.Read(guard) : null,
            Prove = ReadProve(file.Section("prove")),
        };
        CheckScanPaths(scan, product);
        scan.Close();
        file.Close();
        return product;
    }

    private YamlTree.Mapping? ReadMapping()
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.Add(new ProductFileError(
                0, $"the file cannot be read: {FileProblem.InWords(problem)}", "check that it exists and that you may read it"));
            return null;
        }

        var (tree, error) = YamlTree.Parse(text);
        if (error is { } wrong)
            errors.Add(new ProductFileError(wrong.Line, wrong.Message, wrong.Fix));
        else if (tree is not (null or YamlTree.Mapping or YamlTree.Scalar { Text.Length: 0 }))
        {
            errors.Add(new ProductFileError(
                tree.Line, $"the file is {tree.Describe()}, but must be a mapping", "start with `product: <name>`"));
        }

        return tree as YamlTree.Mapping;
    }

    private static TagPolicy ReadPolicy(YamlSection file, string folder)
    {
        if (file.Text("policy") is not { } name || name == "default")
            return TagPolicy.Default;
        var (read, problems) = TagPolicy.Read(Path.Join(folder, name));
        foreach (var problem in problems)
            file.Fail(file.LineOf("policy"), $"the policy is broken: {problem}", "mend the policy, or write `policy: default`");
        return read ?? TagPolicy.Default;
    }

    private List<string> ReadJurisdictions(YamlSection file)
    {
        var known = policy.Law.Select(law => law.Jurisdiction).Distinct().Order(StringComparer.Ordinal).ToList();
        var read = new List<string>();
        foreach (var code in file.Texts("jurisdictions"))
        {
            if (known.Contains(code))
            {
                read.Add(code);
                continue;
            }

            file.Fail(file.LineOf("jurisdictions"), $"unknown jurisdiction `{code}`", Spelling.Hint(code, known));
        }

        return read;
    }

    private static ProductRole? ReadRole(YamlSection file)
    {
        switch (file.Text("role"))
        {
            case null:
                return null;
            case "provider":
                return ProductRole.Provider;
            case "deployer":
                return ProductRole.Deployer;
            case { } other:
                file.Fail(file.LineOf("role"), $"unknown role `{other}`", "write provider or deployer");
                return null;
        }
    }

    private static IReadOnlyList<string> ReadShips(YamlSection file)
    {
        var ships = file.Texts("ships");
        foreach (var entry in ships)
        {
            if (entry.StartsWith(ShippedFiles.DigestPrefix, StringComparison.Ordinal) && !ShippedFiles.IsDigest(entry))
                file.Fail(file.LineOf("ships"), $"`{entry}` is not a digest", "write `sha256:` and 64 digits of 0-9 and a-f");
            else
                CheckInside(file, "ships", entry);
        }

        return ships;
    }

    private static void CheckScanPaths(YamlSection scan, ProductFile product)
    {
        foreach (var entry in product.ScanPaths)
        {
            CheckInside(scan, "paths", entry);
            if (!Path.Exists(Path.Join(product.Folder, entry)))
                scan.Fail(scan.LineOf("paths"), $"there is no file or folder `{entry}`", "paths are relative to untag.yaml");
        }
    }

    private static ScanLimits ReadLimits(YamlSection? section)
    {
        var limits = ScanLimits.Default;
        if (section is null)
            return limits;
        foreach (var limit in ScanLimit.All)
        {
            if (section.Text(limit.Name) is not { } text)
                continue;
            if (limit.Set(limits, text) is { } set)
                limits = set;
            else
                section.Fail(section.LineOf(limit.Name), $"`{limit.Name}: {text}` is no value of this limit", limit.Hint);
        }

        section.Close();
        return limits;
    }

    // What a product file names lies in the product: a path that leaves it would make the report depend on the machine.
    internal static void CheckInside(YamlSection section, string key, string entry)
    {
        if (Path.IsPathRooted(entry) || entry.Replace('\\', '/').Split('/').Contains(".."))
            section.Fail(section.LineOf(key), $"`{entry}` leads out of the product", "write a path below the folder of untag.yaml");
    }

    private static string? ReadBaseline(YamlSection scan)
    {
        var baseline = scan.Text("baseline");
        if (baseline is not null)
            CheckInside(scan, "baseline", baseline);
        return baseline;
    }

    private ProductAllowance ReadAllowance(YamlSection entry)
    {
        const string ReasonFix = "say why the finding is accepted: `reason: …`";
        const string UntilFix = "say until when the finding is accepted: `until: 2027-06-30`";
        var rule = entry.RequiredText("rule", "name the rule of the finding: `rule: UT0101`");
        if (rule is not null && !policy.Rules.Any(known => known.Code == rule))
        {
            var hint = Spelling.Hint(rule, [.. policy.Rules.Select(known => known.Code)]);
            entry.Fail(entry.LineOf("rule"), $"unknown rule `{rule}`", hint);
        }
        else if (rule is not null && AllowanceRules.IsAboutAllowances(rule))
        {
            entry.Fail(entry.LineOf("rule"), $"{rule} is about allowances and cannot be accepted", "mend the allowance instead");
        }

        var paths = entry.RequiredText("path", "say where the finding is accepted: `path: fairness/**`");
        var reason = entry.RequiredText("reason", ReasonFix);
        entry.RequiredText("until", UntilFix);
        var until = entry.Date("until");
        var approver = entry.Text("approver");
        var (basis, stated) = ReadBasis(entry);
        entry.Close();
        var allowance = new Allowance
        {
            Rule = rule ?? "",
            Path = paths ?? "",
            Until = until ?? DateOnly.MinValue, // then there is an error, and the file is not used
            Reason = reason ?? "",
            Approver = approver,
            WrittenIn = Path.GetFileName(path),
            WrittenOn = entry.Line,
        };
        return new ProductAllowance(allowance, basis, stated);
    }

    private (string? Basis, IReadOnlyDictionary<string, string> Stated) ReadBasis(YamlSection entry)
    {
        var stated = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (entry.Text("basis") is not { } basis)
            return (null, stated);
        var exemptions = policy.Law.SelectMany(law => law.Exemptions).ToList();
        if (exemptions.Find(known => known.Id == basis) is not { } exemption)
        {
            var ids = exemptions.Select(known => known.Id).Order(StringComparer.Ordinal).ToList();
            entry.Fail(entry.LineOf("basis"), $"unknown basis `{basis}`", Spelling.Hint(basis, ids));
            // Which fields it would ask for is not known: none of those that any basis asks for is called unknown.
            foreach (var need in exemptions.SelectMany(known => known.Needs))
                entry.Text(need);
            return (null, stated);
        }

        foreach (var need in exemption.Needs)
        {
            if (entry.RequiredText(need, $"the basis `{basis}` asks for it: `{need}: …`") is { } text)
                stated[need] = text;
        }

        return (basis, stated);
    }

    private static EraseSection? ReadErase(YamlSection? section)
    {
        if (section is null)
            return null;
        var erase = new EraseSection(section.Text("map"), section.Text("certificate"));
        if (erase.Map is { } map)
            CheckInside(section, "map", map);
        if (erase.Certificate is { } certificate)
            CheckInside(section, "certificate", certificate);
        section.Close();
        return erase;
    }

    private static ProveSection? ReadProve(YamlSection? section)
    {
        if (section is null)
            return null;
        var prove = new ProveSection(section.Text("key"), section.Count("valid_days"), section.Texts("attach"));
        foreach (var path in prove.Attach)
            CheckInside(section, "attach", path);
        section.Close();
        return prove;
    }
}
