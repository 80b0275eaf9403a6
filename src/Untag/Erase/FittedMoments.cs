using Untag.Audit;
using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>The moments of the people that a map is fitted on, and how many people they are of each group.</summary>
internal sealed class FittedMoments
{
    private readonly LabelledRows rows;
    private readonly MomentCells cells;
    private readonly HashSet<ulong>[] seen;
    private readonly long[] people;
    private readonly bool recur;

    /// <summary>Goes over the rows once.</summary>
    /// <exception cref="AuditInputException">The data cannot be used, or are too few.</exception>
    public FittedMoments(EraseRequest request, LabelledRows rows, MomentCells cells, MomentKind kind)
    {
        (this.rows, this.cells, recur) = (rows, cells, request.Person is not null);
        seen = [.. Enumerable.Range(0, cells.Groups).Select(_ => new HashSet<ulong>())];
        people = new long[cells.Groups];
        IsSingle = kind == MomentKind.Fit && rows.AreSingle();
        First = IsSingle ? InBlocks() : RowByRow(kind, Count);
        if (cells.Groups > 1)
        {
            PartMoments.CheckGroups(
                people, "to fit on", request.FittedOn == FittedPeople.Half ? "give more people: half of them are left to certify the map on" : "give more people");
        }
    }

    /// <summary>The moments.</summary>
    public ClassMoments First { get; }

    /// <summary>True when products were added in float32.</summary>
    public bool IsSingle { get; }

    /// <summary>People of all groups.</summary>
    public long Total => people.Sum();

    /// <summary>People of a group.</summary>
    public long People(int group) => people[group];

    /// <summary>The moments with products in float64: goes over the rows once more.</summary>
    public ClassMoments Exact() => RowByRow(MomentKind.Fit, (_, _) => { });

    private ClassMoments InBlocks()
    {
        ClassMoments? moments = null;
        rows.WalkBlocks(cells, Count, block => (moments ??= new ClassMoments(block, cells.Count)).Add(block));
        return moments ?? throw Nobody();
    }

    private ClassMoments RowByRow(MomentKind kind, Action<int, ulong> person)
    {
        ClassMoments? moments = null;
        FeatureMap? features = null;
        rows.Walk((row, group, task, who) =>
        {
            features ??= new FeatureMap(row.Dimensions);
            features.Take(row);
            moments ??= new ClassMoments(kind == MomentKind.Fit ? features : new FeatureMap(row.Dimensions), cells.Count);
            moments.Add(features, cells.Of(group, task));
            person(group, who);
        });
        return moments ?? throw Nobody();
    }

    private static AuditInputException Nobody() => new("nobody is there to fit on", "give more people");

    private void Count(int group, ulong person)
    {
        if (!recur || seen[group].Add(person))
            people[group]++;
    }
}

/// <summary>What moments are for.</summary>
internal enum MomentKind
{
    /// <summary>For a fit: about the first row, which keeps the digits that a far mean would cost.</summary>
    Fit,

    /// <summary>For sums with those of other people: about 0, which all parts share, with products in float64.</summary>
    Part,
}
