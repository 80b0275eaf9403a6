using System.Buffers.Binary;
using System.Security.Cryptography;
using Untag.Audit.Tables;

namespace Untag.Audit.Embeddings;

/// <summary>To which set of people a row belongs. The sets share nobody: a certificate from rows of people that a probe has seen
/// is worth nothing.</summary>
internal enum PeopleSet
{
    /// <summary>A probe is fitted on them: half of the people.</summary>
    Fit,

    /// <summary>It is made less sure of itself on them: a quarter.</summary>
    Calibrate,

    /// <summary>It is measured on them: a quarter.</summary>
    Test,
}

/// <summary>Walks over tables for the group and the person of each row, and nothing else, beside an array of embeddings.</summary>
internal sealed class LabelledPeople(AuditRequest request, IReadOnlyList<TableSource> tables, IReadOnlyList<string> groups)
{
    private readonly Dictionary<string, int> numbers = groups.Select((name, g) => (name, g)).ToDictionary(group => group.name, group => group.g, StringComparer.Ordinal);

    /// <summary>The group and the person of each row, in order; −1 for a group that is not told, and for a row that has failed.</summary>
    public IEnumerable<(int Group, ulong Person)> Rows()
    {
        ulong row = 0;
        foreach (var table in tables)
        {
            using var stream = TableFile.Open(table);
            using var rows = TableFile.Rows(stream, table.Name);
            var header = new TableHeader(rows);
            var group = new KnownGroups(numbers, header.Find(request.Group), request.SecondGroup is null ? null : header.Find(request.SecondGroup));
            var failures = new FailureColumns(rows, request);
            var person = request.Person is null ? null : header.Find(request.Person);
            var hashOf = new PerWord<ulong>(HashOf);
            while (rows.Read())
            {
                var people = person is null ? null : hashOf.Of(person);
                for (var i = 0; i < rows.Count; i++, row++)
                {
                    yield return (
                        failures.HasFailed(i) ? -1 : group.Of(i),
                        people?[person!.Codes[i]] ?? HashOf(BitConverter.GetBytes(row)));
                }
            }
        }
    }

    /// <summary>The set of a person. It hangs on the person alone: not on the order of rows, nor on who else is there.</summary>
    public static PeopleSet SetOf(ulong person) => (person >> 62) switch { 0 or 1 => PeopleSet.Fit, 2 => PeopleSet.Calibrate, _ => PeopleSet.Test };

    private static ulong HashOf(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
