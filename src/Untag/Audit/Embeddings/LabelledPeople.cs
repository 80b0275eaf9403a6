using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
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
/// <param name="request">Which columns tell them.</param>
/// <param name="tables">The tables.</param>
/// <param name="groups">The groups that are told.</param>
/// <param name="strata">The strata; null when they are not looked at.</param>
internal sealed class LabelledPeople(
    AuditRequest request, IReadOnlyList<TableSource> tables, IReadOnlyList<string> groups, IReadOnlyList<string>? strata = null)
{
    private readonly Dictionary<string, int> numbers = groups.Select((name, g) => (name, g)).ToDictionary(group => group.name, group => group.g, StringComparer.Ordinal);

    private readonly Dictionary<string, int> places = (strata ?? []).Select((name, s) => (name, s)).ToDictionary(stratum => stratum.name, stratum => stratum.s, StringComparer.Ordinal);

    /// <summary>The stratum of the present row; 0 when they are not looked at.</summary>
    public int Stratum { get; private set; }

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
            var stratum = strata is null ? null : new StratumColumn([.. request.Strata.Select(header.Find)]);
            var stratumOf = new PerWord<int>(StratumOf);
            var hashOf = new PerWord<ulong>(HashOf);
            while (rows.Read())
            {
                var people = person is null ? null : hashOf.Of(person);
                stratum?.Join(rows.Count);
                for (var i = 0; i < rows.Count; i++, row++)
                {
                    if (stratum is not null)
                        Stratum = stratumOf.Of(stratum.Cells)[stratum.Cells.Codes[i]];
                    yield return (
                        failures.HasFailed(i) ? -1 : group.Of(i),
                        people?[person!.Codes[i]] ?? HashOf(BitConverter.GetBytes(row)));
                }
            }
        }
    }

    /// <summary>The set of a person. It hangs on the person alone: not on the order of rows, nor on who else is there.</summary>
    public static PeopleSet SetOf(ulong person) => (person >> 62) switch { 0 or 1 => PeopleSet.Fit, 2 => PeopleSet.Calibrate, _ => PeopleSet.Test };

    private int StratumOf(ReadOnlySpan<byte> name) => places[Encoding.UTF8.GetString(name)];

    private static ulong HashOf(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
