using Untag.Audit.Aggregates;

namespace Untag.Audit.Embeddings;

/// <summary>A probe that lives in memory for as long as an audit measures with it, and tells nothing but sums over people whom it
/// has not seen.</summary>
/// <remarks>It is the linear discriminant of the people it was fitted on (Fisher 1936), with the covariance shrunk towards its
/// diagonal by d / (n + d). How sure it is of itself is brought down on other people: log p(j | x) ∝ log p_j + τ (w_j (x − μ) − ½ w_j
/// (μ_j − μ)), with the τ of the least cross-entropy.</remarks>
internal sealed class HeldOutProbe
{
    private const int Temperatures = 9;

    private readonly ClassMoments fitted;
    private readonly double[][] weights;
    private readonly double[] offsets;
    private readonly double[] raw;
    private readonly double[] logs;
    private readonly double[] crossEntropies = new double[Temperatures];
    private readonly Dictionary<ulong, PersonGain> people = [];
    private readonly (ScoreHistogram Group, ScoreHistogram Others)[] odds;
    private double temperature = 1;

    /// <summary>Fits the probe.</summary>
    public HeldOutProbe(ClassMoments fitted)
    {
        this.fitted = fitted;
        var groups = fitted.Rows.Length;
        raw = new double[groups];
        logs = new double[groups];
        odds = [.. Enumerable.Range(0, groups).Select(_ => (new ScoreHistogram(), new ScoreHistogram()))];
        var lower = Shrunk(fitted).Cholesky() ?? throw new AuditInputException(
            "the embedding has coordinates without any variance", "leave out constant coordinates");
        weights = [.. Enumerable.Range(0, groups).Select(j =>
        {
            var weight = new double[fitted.Size];
            for (var i = 0; i < weight.Length; i++)
                weight[i] = fitted.Offset(j, i);
            lower.SolveLower(weight);
            lower.SolveUpper(weight);
            return weight;
        })];
        offsets = new double[groups];
        for (var j = 0; j < groups; j++)
        {
            for (var i = 0; i < fitted.Size; i++)
                offsets[j] -= weights[j][i] * (fitted.Mean(i) + (fitted.Offset(j, i) / 2));
        }
    }

    /// <summary>What one person's rows gave.</summary>
    private readonly record struct PersonGain(int Group, long Rows, long Right, double Gain);

    /// <summary>Counts a row of somebody on whom the probe is calibrated.</summary>
    public void Calibrate(FeatureMap features, int group)
    {
        Weigh(features);
        for (var t = 0; t < Temperatures; t++)
        {
            Normalise(Math.Pow(2, -t));
            crossEntropies[t] -= logs[group];
        }

        temperature = Math.Pow(2, -Array.IndexOf(crossEntropies, crossEntropies.Min()));
    }

    /// <summary>Counts a row of somebody on whom the probe is measured.</summary>
    public void Test(FeatureMap features, int group, ulong person)
    {
        Weigh(features);
        Normalise(temperature);
        var most = Array.IndexOf(logs, logs.Max());
        var known = people.GetValueOrDefault(person, new PersonGain(group, 0, 0, 0));
        people[person] = known with
        {
            Rows = known.Rows + 1,
            Right = known.Right + (most == group ? 1 : 0),
            Gain = known.Gain + logs[group] - Math.Log(fitted.Share(group)),
        };
        for (var j = 0; j < odds.Length; j++)
        {
            if (fitted.Rows[j] > 0)
                (j == group ? odds[j].Group : odds[j].Others).Add((raw[j] * temperature) + Math.Log(fitted.Share(j)) - Others(j));
        }
    }

    /// <summary>The sums over the people on whom it was measured.</summary>
    public ProbeSums Close()
    {
        var tested = Enumerable.Range(0, odds.Length).Select(j =>
        {
            var rows = people.Values.Where(person => person.Group == j).ToList();
            return new GroupSums("", rows.Sum(person => person.Rows), rows.Count, rows.Sum(person => person.Rows * person.Rows));
        }).ToList();
        var right = people.Values.Aggregate(default(CellSums), (sum, person) => sum + CellSums.OfPerson(person.Rows, person.Right));
        double total = right.Trials, gain = people.Values.Sum(person => person.Gain);
        var mean = total == 0 ? 0 : gain / total;
        var spread = people.Values.Sum(person => Math.Pow(person.Gain - (mean * person.Rows), 2));
        return new ProbeSums(tested, right, mean, total == 0 ? 0 : Math.Sqrt(spread) / total, odds);
    }

    private static SymmetricMatrix Shrunk(ClassMoments fitted)
    {
        var within = fitted.CovarianceWithin();
        var kept = fitted.Total / (double)(fitted.Total + fitted.Size);
        var least = 1e-9 * Enumerable.Range(0, within.Size).Average(i => within[i, i]);
        for (var a = 0; a < within.Size; a++)
        {
            for (var b = 0; b < a; b++)
                within[a, b] *= kept;
            within[a, a] += least;
        }

        return within;
    }

    private void Weigh(FeatureMap features)
    {
        for (var j = 0; j < raw.Length; j++)
            raw[j] = SymmetricMatrix.Dot(weights[j], features.Present) + offsets[j];
    }

    private void Normalise(double tau)
    {
        for (var j = 0; j < logs.Length; j++)
            logs[j] = (tau * raw[j]) + Math.Log(Math.Max(fitted.Share(j), 1e-300));
        var most = logs.Max();
        var sum = most + Math.Log(logs.Sum(log => Math.Exp(log - most)));
        for (var j = 0; j < logs.Length; j++)
            logs[j] -= sum;
    }

    // The logarithm of the sum of all others, on the scale of raw.
    private double Others(int group)
    {
        var most = double.NegativeInfinity;
        for (var j = 0; j < raw.Length; j++)
        {
            if (j != group)
                most = Math.Max(most, (raw[j] * temperature) + Math.Log(Math.Max(fitted.Share(j), 1e-300)));
        }

        var sum = 0.0;
        for (var j = 0; j < raw.Length; j++)
        {
            if (j != group)
                sum += Math.Exp((raw[j] * temperature) + Math.Log(Math.Max(fitted.Share(j), 1e-300)) - most);
        }

        return most + Math.Log(sum);
    }
}

/// <summary>What a probe saw in people whom it had not seen.</summary>
/// <param name="Groups">How many there were of each group.</param>
/// <param name="Right">Rows whose group was the one that it held most likely.</param>
/// <param name="Information">Mean of log p(z | x) − log p(z), in nats: the information of Xu and others (ICLR 2020).</param>
/// <param name="InformationError">Its standard error, by people.</param>
/// <param name="Odds">For each group the log odds that it gave, to those of the group and to the others.</param>
internal sealed record ProbeSums(
    IReadOnlyList<GroupSums> Groups, CellSums Right, double Information, double InformationError,
    IReadOnlyList<(ScoreHistogram Group, ScoreHistogram Others)> Odds);
