using System.Reflection;
using System.Text.RegularExpressions;

namespace Untag.Tests.Architecture;

/// <summary>The four rules of what Untag must never contain, as far as code can check them.</summary>
public sealed partial class MustNeverContainTests
{
    private static readonly Assembly Library = typeof(Untag.Scan.Scanner).Assembly;

    // Rule 1. The library has no input that is a person: no image, sample or embedding type, and no call that would
    // turn one into a trait. What it takes are files, tables' headers and aggregates; an audit adds rows up and forgets them.
    [Fact]
    public void No_function_takes_a_person_and_returns_a_trait()
    {
        foreach (var type in Library.GetTypes())
        {
            foreach (var method in type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                Assert.False(
                    TaggerName().IsMatch(method.Name),
                    $"{type.FullName}.{method.Name} is named like a function that tells a trait of a person");
                if (type.Name == "SymmetricMatrix")
                    continue; // arithmetic: it knows of no person, and gives numbers back
                foreach (var parameter in method.GetParameters())
                {
                    Assert.False(
                        IsSampleOfPerson(parameter.ParameterType),
                        $"{type.FullName}.{method.Name} takes {parameter.ParameterType}: numbers that can be an embedding");
                }
            }
        }
    }

    // Rule 1, the probes: they stay in their room, and what leaves it are sums over people.
    [Fact]
    public void A_probe_cannot_be_had_from_outside_nor_kept()
    {
        var room = Library.GetTypes().Where(type => type.Namespace == "Untag.Audit.Embeddings").ToList();
        Assert.NotEmpty(room);
        Assert.All(room, type => Assert.False(type.IsPublic, $"{type.FullName} is public"));
        foreach (var file in Repository.Files("*.cs").Where(path => path.StartsWith("src/", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(Repository.File(file));
            Assert.True(
                file.StartsWith("src/Untag/Audit/Embeddings/", StringComparison.Ordinal) || !Probe().IsMatch(text),
                $"{file} knows of a probe");
            Assert.False(
                file.StartsWith("src/Untag/Audit/Embeddings/", StringComparison.Ordinal) && Keeping().IsMatch(text),
                $"{file} writes something");
        }
    }

    // Rule 1, the dependencies: nothing that could run a model is within reach.
    [Fact]
    public void No_package_can_run_a_model()
    {
        var locks = Repository.Files("packages.lock.json").Where(path => path.StartsWith("src/", StringComparison.Ordinal));
        foreach (var file in locks)
        {
            var text = File.ReadAllText(Repository.File(file));
            foreach (var package in new[] { "OnnxRuntime", "TensorFlow", "TorchSharp", "Microsoft.ML", "OpenCv", "DlibDotNet" })
                Assert.DoesNotContain(package, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    // Rule 3. Nothing leaves the machine, but to a witness or an authority of time stamps that the user names: one file knows the
    // network, and three commands ask.
    private const string Network = "src/Untag/Http/HttpPost.cs";

    [Fact]
    public void One_file_of_the_library_and_the_command_line_knows_the_network_and_three_commands_use_it()
    {
        var files = Repository.Files("*.cs").Where(path =>
            path.StartsWith("src/Untag/", StringComparison.Ordinal) || path.StartsWith("src/Untag.Cli/", StringComparison.Ordinal)).ToList();
        Assert.Equal([Network], Naming(NetworkName()));
        Assert.Equal(
            ["src/Untag/Evidence/Timestamps/Timestamping.cs", "src/Untag/TransparencyLog/Witnessing/WitnessClient.cs"], Naming(new Regex(@"\bHttpPost\.")));
        Assert.Equal(["src/Untag.Cli/Commands/LogWitnessCommand.cs"], Naming(new Regex(@"\bWitnessClient\.")));
        Assert.Equal(["src/Untag.Cli/Commands/TimestampCommand.cs"], Naming(new Regex(@"\bTimestamping\.AskAsync")));

        IEnumerable<string> Naming(Regex name) => files.Where(file => name.IsMatch(File.ReadAllText(Repository.File(file))));
    }

    // Rule 4. Nothing from an input is executed. Three files start programs that are not from an input: git
    // (docs/decisions/0010-history-is-read-through-git.md; HostileRepositoryTests hold what it does), and the server that lies
    // beside `untag` (docs/decisions/0065-the-guard-is-a-program-beside-untag.md).
    private static readonly string[] Start =
        ["src/Untag/Scan/History/GitProgram.cs", "src/Untag/Scan/History/GitRun.cs", "src/Untag.Cli/ServerProgram.cs"];

    [Fact]
    public void Nothing_in_the_source_starts_a_program_or_loads_code()
    {
        var others = Repository.Files("*.cs")
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal) && !Start.Contains(path));
        foreach (var file in others)
        {
            var match = Execution().Match(File.ReadAllText(Repository.File(file)));
            Assert.False(match.Success, $"{file} holds `{match.Value}`");
        }
    }

    private static bool IsSampleOfPerson(Type type)
    {
        var element = type.IsArray ? type.GetElementType()! : type;
        if (type.IsGenericType && Nullable.GetUnderlyingType(type) is null) // one number is no embedding
            element = type.GetGenericArguments()[0];
        return element != type && (element == typeof(float) || element == typeof(double) || element == typeof(Half));
    }

    [GeneratedRegex("^(Predict|Classify|Infer|Guess|Recogni[sz]e)(Race|Ethnic|Religion|Orientation|Politic|Trait|Person|Face)",
        RegexOptions.IgnoreCase)]
    private static partial Regex TaggerName();

    [GeneratedRegex(@"\b(HeldOut|Trained|Linear|Network)Probe\b|\bTrainingRows\b")]
    private static partial Regex Probe();

    [GeneratedRegex(@"File\.(Write|Create|Append)|StreamWriter|BinaryWriter|FileMode|Utf8JsonWriter|Serialize")]
    private static partial Regex Keeping();

    [GeneratedRegex(@"\bSystem\.Net\.\w|\bTcpClient\b|\bSocket\b|\bHttpClient\b|\bWebRequest\b|\bWebClient\b|\bSmtpClient\b")]
    private static partial Regex NetworkName();

    [GeneratedRegex(@"Process\.Start|ProcessStartInfo|Assembly\.Load|NativeLibrary\.Load|BinaryFormatter|CSharpScript|DynamicMethod|execv")]
    private static partial Regex Execution();
}
