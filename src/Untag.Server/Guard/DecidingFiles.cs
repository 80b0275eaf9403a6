using System.Security.Cryptography;
using System.Text;
using Untag.Server.Guard.Replies.Contracts;
using Untag.Server.Guard.Replies.Grpc;

namespace Untag.Server.Guard;

/// <summary>Files beside the policy that decide what passes. Their digests are a part of that of the configuration.</summary>
/// <param name="folder">The folder that their paths are relative to.</param>
internal sealed class DecidingFiles(string folder)
{
    private readonly List<string> digests = [];

    /// <summary>A line for each file that was read.</summary>
    public IReadOnlyList<string> Digests => digests;

    /// <summary>Reads what replies may contain.</summary>
    /// <exception cref="ServerError">It cannot be used.</exception>
    public OpenApiContract ReadContract(string path)
    {
        var (contract, errors) = OpenApiContract.Read(Encoding.UTF8.GetString(Read(path)));
        return contract ?? throw new ServerError($"the contract `{path}` cannot be used", errors, "name a definition in OpenAPI 3 or Swagger 2");
    }

    /// <summary>Reads the messages of a service of gRPC.</summary>
    /// <exception cref="ServerError">They cannot be used.</exception>
    public GrpcDescriptors ReadDescriptors(string path) => GrpcDescriptors.Read(Read(path))
        ?? throw new ServerError($"the descriptors `{path}` cannot be used", "`protoc --include_imports --descriptor_set_out=FILE` makes them");

    private byte[] Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, path));
            digests.Add($"{path} {Convert.ToHexStringLower(SHA256.HashData(bytes))}");
            return bytes;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ServerError($"`{path}` cannot be read: {FileProblem.InWords(problem)}", "paths are relative to untag.yaml");
        }
    }
}
