using System.Security.Cryptography;
using System.Text;
using Untag.Policy;
using Untag.Tests.Architecture;

namespace Untag.Tests.Policy;

/// <summary>The policy lies in the program in a form that is quick to read. It says what the files say.</summary>
public sealed class PackedPolicyTests
{
    private static readonly IReadOnlyList<PackedFile> Embedded = ReadEmbedded();

    [Fact]
    public void Every_file_of_the_policy_is_embedded_in_the_order_of_names() =>
        Assert.Equal(
            Repository.Files("*.yaml").Where(path => path.StartsWith("policy/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Embedded.Select(file => file.Name));

    [Fact]
    public void What_is_embedded_is_what_the_files_say()
    {
        foreach (var file in Embedded)
            Assert.Equal(Shown(YamlTree.Parse(File.ReadAllText(Repository.File(file.Name))).Tree), Shown(file.Tree));
    }

    [Fact]
    public void The_digest_is_that_of_the_lines_of_sha256sum()
    {
        var lines = Embedded.Select(file =>
            $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Repository.File(file.Name))))}  {file.Name}\n");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
        Assert.Equal(digest, TagPolicy.Default.Digest);
    }

    private static IReadOnlyList<PackedFile> ReadEmbedded()
    {
        using var stream = typeof(TagPolicy).Assembly.GetManifestResourceStream("policy.pack")!;
        return PackedPolicy.Read(stream);
    }

    // Lists are compared by reference, texts by what they say.
    private static string Shown(YamlTree? tree) => tree switch
    {
        YamlTree.Scalar scalar => $"{scalar.Line}:{scalar.Text}",
        YamlTree.Sequence list => $"{list.Line}:[{string.Join(',', list.Items.Select(Shown))}]",
        YamlTree.Mapping mapping => $"{mapping.Line}:{{{string.Join(',', mapping.Members.Select(member => $"{Shown(member.Key)}={Shown(member.Value)}"))}}}",
        _ => "nothing",
    };
}
