using System.Globalization;
using Untag.Policy;

namespace Untag.Server.Guard.Replies.Contracts;

/// <summary>A definition of an interface in OpenAPI 3 or Swagger 2, as a contract: what it does not declare does not pass.
/// </summary>
public sealed class OpenApiContract
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    private readonly List<Operation> operations = [];

    private OpenApiContract()
    {
    }

    /// <summary>Reads a definition in YAML or JSON.</summary>
    /// <param name="text">The definition.</param>
    /// <returns>The contract, or all that is wrong with it.</returns>
    public static (OpenApiContract? Contract, IReadOnlyList<string> Errors) Read(string text)
    {
        var (document, error) = YamlTree.Parse(text);
        if (error is not null)
            return (null, [$"line {error.Line}: {error.Message}: {error.Fix}"]);
        if (document is null || SchemaReader.In(document, "paths") is not YamlTree.Mapping paths)
            return (null, ["it declares no `paths`: is it OpenAPI 3 or Swagger 2?"]);
        var reader = new SchemaReader(document);
        var contract = new OpenApiContract();
        foreach (var (path, item) in paths.Members)
        {
            foreach (var (method, operation) in (reader.Resolved(item) as YamlTree.Mapping)?.Members ?? [])
            {
                if (Methods.Contains(method.Text))
                    contract.Add(reader, method.Text, path.Text, SchemaReader.In(operation, "responses"));
            }
        }

        return reader.Errors.Count == 0 ? (contract, []) : (null, reader.Errors);
    }

    /// <summary>What an operation declares to answer.</summary>
    /// <param name="method">The method, in any case.</param>
    /// <param name="path">The path without the query.</param>
    /// <param name="status">The status of the reply.</param>
    /// <returns>Null when nothing is declared: then nothing passes.</returns>
    public ReplyContract? Of(string method, string path, int status)
    {
        var steps = StepsOf(path);
        var operation = operations
            .Where(known => known.Method.Equals(method, StringComparison.OrdinalIgnoreCase) && known.Matches(steps))
            .MinBy(known => known.Steps.Count(IsVariable));
        var digits = status.ToString(CultureInfo.InvariantCulture);
        return operation?.Replies.GetValueOrDefault(digits)
            ?? operation?.Replies.GetValueOrDefault($"{digits[0]}XX")
            ?? operation?.Replies.GetValueOrDefault("DEFAULT");
    }

    private void Add(SchemaReader reader, string method, string path, YamlTree? responses)
    {
        var replies = new Dictionary<string, ReplyContract>(StringComparer.Ordinal);
        foreach (var (status, response) in (responses as YamlTree.Mapping)?.Members ?? [])
        {
            var declared = reader.Resolved(response);
            var content = SchemaReader.In(declared, "content") as YamlTree.Mapping;
            var schema = SchemaReader.In(declared, "schema")
                ?? content?.Members.Where(type => type.Key.Text.Contains("json", StringComparison.OrdinalIgnoreCase) || type.Key.Text == "*/*")
                    .Select(type => SchemaReader.In(type.Value, "schema")).FirstOrDefault(found => found is not null);
            replies[status.Text.ToUpperInvariant()] = new ReplyContract(reader.Read(schema));
        }

        operations.Add(new Operation(method, StepsOf(path), replies));
    }

    private static string[] StepsOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsVariable(string step) => step.StartsWith('{') && step.EndsWith('}');

    /// <summary>One method on one path.</summary>
    private sealed record Operation(string Method, string[] Steps, Dictionary<string, ReplyContract> Replies)
    {
        public bool Matches(string[] path) =>
            path.Length == Steps.Length && Steps.Zip(path).All(pair => IsVariable(pair.First) || pair.First == pair.Second);
    }
}
