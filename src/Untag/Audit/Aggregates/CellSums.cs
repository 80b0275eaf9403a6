namespace Untag.Audit.Aggregates;

/// <summary>What is kept of trials and hits when people recur: whole numbers only, so that sums of any parts in any order
/// are the same to the last bit, and nobody can be found in them.</summary>
/// <remarks>For each person i with t trials and h hits: Σt, Σh, Σt², Σth, Σh², and how many people have a trial, a hit, a
/// miss. That is all the clustered variance needs (<see cref="Measures.Rate"/>).</remarks>
public readonly record struct CellSums
{
    /// <summary>Σt: rows in which the thing could happen.</summary>
    public long Trials { get; init; }

    /// <summary>Σh: rows in which it did.</summary>
    public long Hits { get; init; }

    /// <summary>Σt².</summary>
    public long TrialsSquared { get; init; }

    /// <summary>Σth.</summary>
    public long TrialsTimesHits { get; init; }

    /// <summary>Σh².</summary>
    public long HitsSquared { get; init; }

    /// <summary>People with a trial.</summary>
    public long People { get; init; }

    /// <summary>People with a hit.</summary>
    public long PeopleHit { get; init; }

    /// <summary>People with a trial that is no hit.</summary>
    public long PeopleMissed { get; init; }

    /// <summary>Rows in which it did not happen.</summary>
    public long Misses => Trials - Hits;

    /// <summary>The same rows with hits and misses exchanged.</summary>
    public CellSums Exchanged => this with
    {
        Hits = Misses,
        TrialsTimesHits = TrialsSquared - TrialsTimesHits,
        HitsSquared = TrialsSquared - (2 * TrialsTimesHits) + HitsSquared,
        PeopleHit = PeopleMissed,
        PeopleMissed = PeopleHit,
    };

    /// <summary>The same trials of a thing that happened to nobody.</summary>
    public CellSums OfNobody => this with { Hits = 0, TrialsTimesHits = 0, HitsSquared = 0, PeopleHit = 0, PeopleMissed = People };

    /// <summary>The sums of one person.</summary>
    /// <param name="trials">The person's trials.</param>
    /// <param name="hits">The person's hits, at most <paramref name="trials"/>.</param>
    public static CellSums OfPerson(long trials, long hits) => trials == 0 ? default : new CellSums
    {
        Trials = trials,
        Hits = hits,
        TrialsSquared = trials * trials,
        TrialsTimesHits = trials * hits,
        HitsSquared = hits * hits,
        People = 1,
        PeopleHit = hits > 0 ? 1 : 0,
        PeopleMissed = hits < trials ? 1 : 0,
    };

    /// <summary>The sums of people of whom each has one trial.</summary>
    public static CellSums OfSingles(long trials, long hits) => new()
    {
        Trials = trials,
        Hits = hits,
        TrialsSquared = trials,
        TrialsTimesHits = hits,
        HitsSquared = hits,
        People = trials,
        PeopleHit = hits,
        PeopleMissed = trials - hits,
    };

    /// <summary>The sums without the second count of rows that two people share. A row that compares two people is a trial of
    /// both, and must weigh as one: with e its deviation, Σ_i (Σ e)² − Σ e² is what its variance needs (Aronow, Samii and
    /// Assenova, Political Analysis 23, 2015; Fogliato, Patil and Perona 2023, arXiv 2306.01198).</summary>
    /// <param name="trials">Rows that two people share.</param>
    /// <param name="hits">Those that are hits.</param>
    public CellSums Shared(long trials, long hits) => this with
    {
        Trials = Trials - trials,
        Hits = Hits - hits,
        TrialsSquared = TrialsSquared - trials,
        TrialsTimesHits = TrialsTimesHits - hits,
        HitsSquared = HitsSquared - hits,
    };

    /// <summary>The sums of two sets of people that share nobody.</summary>
    public static CellSums operator +(CellSums a, CellSums b) => new()
    {
        Trials = a.Trials + b.Trials,
        Hits = a.Hits + b.Hits,
        TrialsSquared = a.TrialsSquared + b.TrialsSquared,
        TrialsTimesHits = a.TrialsTimesHits + b.TrialsTimesHits,
        HitsSquared = a.HitsSquared + b.HitsSquared,
        People = a.People + b.People,
        PeopleHit = a.PeopleHit + b.PeopleHit,
        PeopleMissed = a.PeopleMissed + b.PeopleMissed,
    };
}
