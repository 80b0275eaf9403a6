using System.Text;
using Untag.Policy;
using Untag.Scan.Allowances;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan.Judging;

/// <summary>Everything that specifies the judgement: the examples of the rules, the shapes of tags, the false alarms and
/// the samples.</summary>
internal static class JudgedCases
{
    public static IEnumerable<JudgedCase> All() => [.. OfRules(), .. OfShapes(), .. OfFalseAlarms(), .. OfProducts(), .. OfSamples()];

    /// <summary>The cases and what a policy makes of them, for people to review.</summary>
    public static string Text(IEnumerable<JudgedCase> cases, TagPolicy policy)
    {
        var text = new StringBuilder();
        foreach (var item in cases)
        {
            text.Append(item.Title).Append('\n');
            foreach (var finding in item.Judge(policy))
                text.Append("    ").Append(finding).Append('\n');
        }

        return text.ToString();
    }

    // Allowances are decided, not judged.
    private static IEnumerable<JudgedCase> OfRules() =>
        from rule in TagPolicy.Default.Rules
        where !AllowanceRules.IsAboutAllowances(rule.Code)
        from example in rule.Examples
        select new JudgedCase($"{rule.Code}: {example.Title}", (example.Path, example.Text));

    private static IEnumerable<JudgedCase> OfShapes() =>
        ShapesTests.Shapes.Select(row => new JudgedCase(row.Data.Item1, Product.FaceService, (row.Data.Item2, row.Data.Item4)));

    private static IEnumerable<JudgedCase> OfFalseAlarms() =>
    [
        .. FalseAlarmsTests.Innocent.Select(row => new JudgedCase(row.Data.Item1, Product.FaceService, (row.Data.Item2, row.Data.Item3))),
        .. FalseAlarmsTests.WithoutPersons.Select(row => new JudgedCase(row.Data.Item1, (row.Data.Item2, row.Data.Item3))),
    ];

    // What other files of the product say decides these.
    private static IEnumerable<JudgedCase> OfProducts() =>
    [
        new("weights named after the trait", Product.FaceService, ("models/race_model_single_batch.h5", "weights")),
        new("the trait beside one attribute of a face", Product.FaceService,
            ("describe.json", "{\"properties\": {\"race\": {\"type\": \"string\"}, \"age\": {\"type\": \"integer\"}}}")),
        new("known weights whose name says nothing", Product.FaceService, ("models/lasso_pol_dat_us.joblib", "weights")),
        new("known weights of a classifier", Product.FaceService, ("models/fairface_alldata_4race_20191111.pt", "weights")),
        new("weights named after the trait, without persons", ("models/race_model_single_batch.h5", "weights")),
        new("the trait in a product that computes with a model",
            ("train.py", "import torch\nimport torch.nn as nn\noptimizer = torch.optim.Adam(net.parameters())\n"),
            ("loans.py", "ethnicity = row.ethnicity\nx = encode(ethnicity)\n")),
        new("the trait in a product that computes from pictures",
            ("train.py", "import torch\nimport torch.nn as nn\nimport cv2\nimage = cv2.imread(path)\n"),
            ("head.py", "ethnicity = row.ethnicity  # beside the picture\n")),
        new("groups inside of longer labels", Product.FaceService,
            ("hair.py", "STYLES = ['long asian style haircut', 'short black style haircut', 'curly latino style haircut']  # face attribute")),
        new("a whole file about a game", Product.FaceService,
            ("game.py", "# dungeon fantasy: elf dwarf orc halfling wizard paladin rogue druid spell monster\n"
                + "race = hero.race\ncharacter = sheet(strength, dexterity, charisma, armor, weapon, quest, dragon, goblin)\n")),
    ];

    private static IEnumerable<JudgedCase> OfSamples()
    {
        foreach (var sample in Directory.GetDirectories(Repository.File("samples")).Order(StringComparer.Ordinal))
        {
            var files = Directory.GetFiles(sample, "*", SearchOption.AllDirectories)
                .Where(path => !path.Contains("/.untag/", StringComparison.Ordinal))
                .Select(path => (Path.GetRelativePath(sample, path).Replace('\\', '/'), File.ReadAllText(path)));
            yield return new JudgedCase(Path.GetFileName(sample), [.. files]);
        }
    }
}
