using System.Security.Cryptography;
using System.Text;
using Untag.Policy;

// Packs the policy's YAML files for embedding; runs in every build of the library.
// usage: PolicyPack ROOT OUTPUT     ROOT: the folder that holds policy/
var (root, output) = (args[0], args[1]);
var files = new List<PackedFile>();
foreach (var path in Directory.GetFiles(Path.Join(root, "policy"), "*.yaml", SearchOption.AllDirectories))
{
    var name = Path.GetRelativePath(root, path).Replace('\\', '/');
    var bytes = File.ReadAllBytes(path);
    var (tree, error) = YamlTree.Parse(Encoding.UTF8.GetString(bytes));
    if (error is not null)
    {
        // In the form that build logs and editors turn into a link.
        Console.Error.WriteLine($"{path}({error.Line}): error POLICY: {error.Message}: {error.Fix}");
        return 1;
    }

    files.Add(new PackedFile(name, Convert.ToHexStringLower(SHA256.HashData(bytes)), tree));
}

files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
using var stream = File.Create(output);
PackedPolicy.Write(stream, files);
return 0;
