using System.Xml.Linq;

namespace Untag.Tests.Architecture;

public sealed class DependencyListTests
{
    [Fact]
    public void Every_package_has_its_reason_in_the_list_of_dependencies()
    {
        var packages = XDocument.Load(Repository.File("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(element => element.Attribute("Include")!.Value).ToList();
        var reasons = File.ReadAllText(Repository.File("docs", "dependencies.md"));
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains($"`{package}`", reasons, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_has_a_lock_file() =>
        Assert.All(
            // What makes a fixture has no packages.
            Repository.Files("*.csproj").Where(project => !project.StartsWith("tests/fixtures/", StringComparison.Ordinal)),
            project => Assert.True(File.Exists(Path.Join(Path.GetDirectoryName(Repository.File(project)), "packages.lock.json"))));
}
