using System.Text.Json;
using Untag.Audit.Aggregates;
using Untag.Audit.Embeddings;
using Untag.Audit.Judging;
using Untag.Audit.Reports;

namespace Untag.Audit;

/// <summary>Sums of parts of the people, written to files where they are and merged elsewhere.</summary>
/// <remarks>Such a file holds no person, but it holds cells of few people: it is kept like the table that it was made of, until it
/// is merged. What is said of few people is left out of the report, after the last part was added.</remarks>
public static class AuditPartials
{
    // A permutation test takes time that grows with the root of the rows: a forged number must not make it endless.
    private const long RowsMax = 100_000_000_000;

    // Parts that are in memory at once, and those of them that one processor adds up: any tree of additions gives the same.
    private const int ReadAhead = 32;
    private const int AddedAtOnce = 8;

    /// <summary>What is told when a file holds moments of an embedding.</summary>
    public const string EmbeddingWarning = PartMoments.Warning;

    /// <summary>Writes sums.</summary>
    public static void Write(AuditRequest request, AuditSums sums, Stream output)
    {
        JsonSerializer.Serialize(output, PartialDocument.Of(request, sums), AuditJson.Readable.PartialDocument);
        output.WriteByte((byte)'\n');
    }

    /// <summary>Merges files into a report. Their order does not matter; no person may be in two of them.</summary>
    /// <exception cref="AuditInputException">A file cannot be used, or was made by another question.</exception>
    public static AuditReport Merge(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        AuditSums? sum = null;
        AsksPart? asks = null;
        foreach (var some in paths.Chunk(ReadAhead))
        {
            var parts = new (PartialDocument Document, AuditSums Sums)[some.Length];
            InParallel.Do(some.Length, i =>
            {
                cancellation.ThrowIfCancellationRequested();
                parts[i] = Read(some[i]);
            });
            foreach (var (path, (document, _)) in some.Zip(parts))
            {
                if (asks?.Difference(document.Asks) is { } difference)
                {
                    throw new AuditInputException(
                        $"`{path}` was made with another `{difference}` than `{paths[0]}`", "merge files that the same options made");
                }

                asks ??= document.Asks;
            }

            var runs = some.Zip(parts, (path, part) => (Path: path, part.Sums)).Chunk(AddedAtOnce).ToArray();
            var added = new (string Path, AuditSums Sums)[runs.Length];
            InParallel.Do(runs.Length, i => added[i] = (runs[i][^1].Path, Added(null, runs[i])));
            sum = Added(sum, added);
        }

        return Countable(() => Auditor.Judge(
            asks!.Judged(), sum!, lots: null, [.. sum!.Embedding is { } embedding ? [MomentMeasure.Of(sum, embedding)] : Array.Empty<IdentifyMeasure>()]), paths[^1]);
    }

    private static AuditSums Added(AuditSums? sum, IEnumerable<(string Path, AuditSums Sums)> parts)
    {
        foreach (var (path, sums) in parts)
        {
            sum = sum is null ? sums : Countable(() => SumsMerge.Add(sum, sums), path);
            if (sum.Rows > RowsMax)
                throw Wrong(path, "its counts are larger than any table's");
        }

        return sum!;
    }

    // The arithmetic is checked: counts that no table has end in words, not in a wrong number.
    private static T Countable<T>(Func<T> count, string path)
    {
        try
        {
            return count();
        }
        catch (OverflowException)
        {
            throw Wrong(path, "its counts are larger than any table's");
        }
    }

    private static (PartialDocument Document, AuditSums Sums) Read(string path)
    {
        try
        {
            var document = StrictJson.Read(File.ReadAllBytes(path), AuditJson.Readable.PartialDocument);
            if (document?.Schema != PartialDocument.SchemaName)
                throw Wrong(path, $"its schema is not {PartialDocument.SchemaName}");
            var isAsked = document.Outputs.Count == document.Asks.Outputs.Count + document.Asks.Decisions.Count
                && document.Decisions.Count == document.Asks.Decisions.Count
                && document.Asks is { Confidence: > 0.5 and < 1, PeopleMin: >= Disclosure.PeopleMin };
            return isAsked && document.Sums() is { } sums ? (document, sums) : throw Wrong(path, "its counts contradict each other");
        }
        catch (JsonException problem)
        {
            throw Wrong(path, $"it is no partial file, or was cut, at line {(problem.LineNumber ?? 0) + 1}");
        }
        catch (OverflowException)
        {
            throw Wrong(path, "its counts are larger than any table's");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new AuditInputException($"cannot read `{path}`: {FileProblem.InWords(problem)}", "name a file that `--partial` wrote");
        }
    }

    private static AuditInputException Wrong(string path, string why) =>
        new($"`{path}` cannot be merged: {why}", "make it again: untag audit DATA --partial FILE");
}
