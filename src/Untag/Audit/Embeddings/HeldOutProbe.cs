using Untag.Audit.Aggregates;

namespace Untag.Audit.Embeddings;

/// <summary>Brings a probe down to how sure it may be, and measures it, on people whom it has not seen. It lives in memory for as long
/// as an audit measures with it, and tells nothing but sums over people.</summary>
/// <remarks>log p(j | x) ∝ log p_j + τ s_j(x) with what the probe gives for the group, s_j, and the τ of the least cross-entropy.</remarks>
internal sealed class HeldOutProbe
{
    private const int Temperatures = 9;

    private readonly TrainedProbe probe;
    private readonly double[] logs;
    private readonly double[] crossEntropies = new double[Temperatures];
    private readonly Dictionary<(ulong Person, int Stratum), PersonGain> people = [];
    private readonly double[][] priors; // by stratum
    private readonly (ScoreHistogram Group, ScoreHistogram Others)[][] odds; // by stratum
    private double temperature = 1;

    /// <summary>Nobody is counted yet.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="fitted">Moments of the people that it was fitted on.</param>
    public HeldOutProbe(TrainedProbe probe, ClassMoments fitted)
    {
        this.probe = probe;
        logs = new double[fitted.Groups];
        odds = [.. Enumerable.Range(0, fitted.Strata).Select(_ => logs.Select(_ => (new ScoreHistogram(), new ScoreHistogram())).ToArray())];
        priors = [.. Enumerable.Range(0, fitted.Strata).Select(stratum => logs.Select((_, j) => PriorOf(fitted, j, stratum)).ToArray())];
    }

    /// <summary>What one person's rows gave.</summary>
    private readonly record struct PersonGain(int Group, long Rows, long Right, double Gain);

    /// <summary>Counts a row of somebody on whom the probe is calibrated.</summary>
    public void Calibrate(FeatureMap features, int group)
    {
        probe.Weigh(features);
        for (var t = 0; t < Temperatures; t++)
        {
            Normalise(Math.Pow(2, -t), features.Stratum);
            crossEntropies[t] -= logs[group];
        }

        temperature = Math.Pow(2, -Array.IndexOf(crossEntropies, crossEntropies.Min()));
    }

    /// <summary>Counts a row of somebody on whom the probe is measured.</summary>
    public void Test(FeatureMap features, int group, ulong person)
    {
        probe.Weigh(features);
        Normalise(temperature, features.Stratum);
        var most = Array.IndexOf(logs, logs.Max());
        var (stratum, place) = (features.Stratum, (person, features.Stratum));
        var known = people.GetValueOrDefault(place, new PersonGain(group, 0, 0, 0));
        people[place] = known with
        {
            Rows = known.Rows + 1,
            Right = known.Right + (most == group ? 1 : 0),
            Gain = known.Gain + logs[group] - Math.Log(priors[stratum][group]),
        };
        for (var j = 0; j < logs.Length; j++)
        {
            if (priors[stratum][j] > 0)
            {
                (j == group ? odds[stratum][j].Group : odds[stratum][j].Others)
                    .Add((probe.Scores[j] * temperature) + Math.Log(priors[stratum][j]) - Others(j, stratum));
            }
        }
    }

    /// <summary>The sums over the people on whom it was measured.</summary>
    public ProbeSums Close()
    {
        var gains = people.ToLookup(person => (person.Key.Stratum, person.Value.Group), person => person.Value);
        var strata = odds.Select((own, stratum) => new ProbeStratum(
            [.. own.Select((_, j) =>
            {
                var rows = gains[(stratum, j)].ToList();
                return new GroupSums("", rows.Sum(person => person.Rows), rows.Count, rows.Sum(person => person.Rows * person.Rows));
            })],
            own)).ToList();
        var whole = people.GroupBy(person => person.Key.Person).Select(own => own.Select(person => person.Value).Aggregate((a, b) => a with
        {
            Rows = a.Rows + b.Rows,
            Right = a.Right + b.Right,
            Gain = a.Gain + b.Gain,
        })).ToList();
        var right = whole.Aggregate(default(CellSums), (sum, person) => sum + CellSums.OfPerson(person.Rows, person.Right));
        double total = right.Trials, gain = whole.Sum(person => person.Gain);
        var mean = total == 0 ? 0 : gain / total;
        var spread = whole.Sum(person => Math.Pow(person.Gain - (mean * person.Rows), 2));
        return new ProbeSums(strata, right, mean, total == 0 ? 0 : Math.Sqrt(spread) / total);
    }

    // The share of a group; within one of several strata never 0, since a group that was not there may come.
    private static double PriorOf(ClassMoments fitted, int group, int stratum)
    {
        if (fitted.Strata == 1)
            return fitted.Share(group);
        var share = (double)fitted.RowsOfGroup(group) / fitted.Total;
        return (fitted.Rows[(stratum * fitted.Groups) + group] + share) / (fitted.RowsOf(stratum) + 1);
    }

    private void Normalise(double tau, int stratum)
    {
        for (var j = 0; j < logs.Length; j++)
            logs[j] = (tau * probe.Scores[j]) + Math.Log(Math.Max(priors[stratum][j], 1e-300));
        var most = logs.Max();
        var sum = most + Math.Log(logs.Sum(log => Math.Exp(log - most)));
        for (var j = 0; j < logs.Length; j++)
            logs[j] -= sum;
    }

    // The logarithm of the sum of all others, on the scale of raw.
    private double Others(int group, int stratum)
    {
        var most = double.NegativeInfinity;
        for (var j = 0; j < logs.Length; j++)
        {
            if (j != group)
                most = Math.Max(most, (probe.Scores[j] * temperature) + Math.Log(Math.Max(priors[stratum][j], 1e-300)));
        }

        var sum = 0.0;
        for (var j = 0; j < logs.Length; j++)
        {
            if (j != group)
                sum += Math.Exp((probe.Scores[j] * temperature) + Math.Log(Math.Max(priors[stratum][j], 1e-300)) - most);
        }

        return most + Math.Log(sum);
    }
}

/// <summary>What a probe saw in people whom it had not seen.</summary>
/// <param name="Strata">What it saw in each stratum; the whole when there are none.</param>
/// <param name="Right">Rows whose group was the one that it held most likely.</param>
/// <param name="Information">Mean of log p(z | x) − log p(z), in nats: the information of Xu and others (ICLR 2020); p(z) is that of the stratum.</param>
/// <param name="InformationError">Its standard error, by people.</param>
internal sealed record ProbeSums(IReadOnlyList<ProbeStratum> Strata, CellSums Right, double Information, double InformationError);

/// <summary>What a probe saw in the rows of a stratum.</summary>
/// <param name="Groups">How many there were of each group.</param>
/// <param name="Odds">For each group the log odds that it gave, to those of the group and to the others.</param>
internal sealed record ProbeStratum(IReadOnlyList<GroupSums> Groups, IReadOnlyList<(ScoreHistogram Group, ScoreHistogram Others)> Odds);
