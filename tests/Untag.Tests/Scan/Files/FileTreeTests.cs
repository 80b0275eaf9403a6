using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Files;

namespace Untag.Tests.Scan.Files;

public sealed class FileTreeTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("untag-tree-").FullName;

    [Fact]
    public void Files_are_listed_in_one_order_with_paths_relative_to_the_root()
    {
        Write("b.txt");
        Write("a/z.txt");
        Write("a/b/c.txt");
        Assert.Equal(["a/b/c.txt", "a/z.txt", "b.txt"], Paths(List().Files));
    }

    [Fact]
    public void Hidden_files_are_read_and_the_folders_of_git_and_untag_are_not()
    {
        Write(".env");
        Write(".git/config");
        Write(".untag/claims.json");
        Assert.Equal([".env"], Paths(List().Files));
    }

    [Fact]
    public void Gitignore_holds_inside_a_repository_only()
    {
        Write(".gitignore", "*.log");
        Write("x.log");
        Assert.Contains("x.log", Paths(List().Files));
        Directory.CreateDirectory(Path.Join(root, ".git"));
        Assert.DoesNotContain("x.log", Paths(List().Files));
        Assert.Contains("x.log", Paths(List(IgnoreFiles.Disregarded).Files));
    }

    [Fact]
    public void The_gitignore_above_the_scanned_folder_holds_for_it()
    {
        Directory.CreateDirectory(Path.Join(root, ".git"));
        Write(".gitignore", "/sub/deep/*.log\n*.tmp");
        Write("sub/deep/x.log");
        Write("sub/deep/y.tmp");
        Write("sub/deep/z.txt");
        var (files, _) = List(IgnoreFiles.Respected, Path.Join(root, "sub"));
        Assert.Equal(["deep/z.txt"], Paths(files));
    }

    [Fact]
    public void Untagignore_holds_everywhere()
    {
        Write(".untagignore", "third_party/");
        Write("third_party/x.txt");
        Write("y.txt");
        Assert.Equal([".untagignore", "y.txt"], Paths(List().Files));
    }

    [Fact]
    public void A_folder_that_links_to_itself_is_listed_once_and_the_link_is_named()
    {
        Write("a/x.txt");
        Directory.CreateSymbolicLink(Path.Join(root, "a", "loop"), root);
        var (files, skipped) = List();
        Assert.Equal(["a/x.txt"], Paths(files));
        Assert.Equal("a/loop", Assert.Single(skipped).Path);
    }

    [Fact]
    public void Links_that_circle_or_lead_nowhere_are_named()
    {
        File.CreateSymbolicLink(Path.Join(root, "one"), Path.Join(root, "two"));
        File.CreateSymbolicLink(Path.Join(root, "two"), Path.Join(root, "one"));
        File.CreateSymbolicLink(Path.Join(root, "gone"), Path.Join(root, "nothing"));
        Assert.Equal(["gone", "one", "two"], List().Skipped.Select(path => path.Path));
    }

    [Fact]
    public void A_link_inside_the_tree_costs_nothing_and_one_out_of_it_is_named()
    {
        Write("real/x.txt");
        Directory.CreateSymbolicLink(Path.Join(root, "inside"), Path.Join(root, "real"));
        Directory.CreateSymbolicLink(Path.Join(root, "outside"), Path.GetTempPath());
        var (files, skipped) = List();
        Assert.Equal(["real/x.txt"], Paths(files));
        Assert.Equal("outside", Assert.Single(skipped).Path);
    }

    [Fact]
    public void A_missing_path_is_named()
    {
        var (files, skipped) = List(IgnoreFiles.Respected, Path.Join(root, "missing"));
        Assert.Empty(files);
        Assert.Equal("there is no such file or folder", Assert.Single(skipped).Reason);
    }

    [Fact]
    public void Excluded_paths_are_left_out()
    {
        Write("third_party/deep/x.txt");
        Write("y.txt");
        var request = Request(IgnoreFiles.Respected, root) with { Exclude = ["third_party/**"] };
        Assert.Equal(["y.txt"], Paths(List(request).Files));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static IEnumerable<string> Paths(IEnumerable<FoundFile> files) =>
        files.Select(file => file.Path).Order(StringComparer.Ordinal);

    private static ScanRequest Request(IgnoreFiles ignore, string location) => new()
    {
        Policy = TagPolicy.Default,
        Sources = [new ScanSource.OnDisk(location, "")],
        IgnoreFiles = ignore,
    };

    private (List<FoundFile> Files, List<SkippedPath> Skipped) List(
        IgnoreFiles ignore = IgnoreFiles.Respected, string? location = null) => List(Request(ignore, location ?? root));

    private static (List<FoundFile> Files, List<SkippedPath> Skipped) List(ScanRequest request)
    {
        var files = new List<FoundFile>();
        var skipped = new List<SkippedPath>();
        FileTree.List((ScanSource.OnDisk)request.Sources[0], request, files, skipped, TestContext.Current.CancellationToken);
        return (files, skipped);
    }

    private void Write(string path, string text = "")
    {
        var location = Path.Join(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(location)!);
        File.WriteAllText(location, text);
    }
}
