using Untag.Audit.Aggregates;

namespace Untag.Audit.Embeddings;

/// <summary>Brings a probe down to how sure it may be, and measures it, on people whom it has not seen. It lives in memory for as long
/// as an audit measures with it, and tells nothing but sums over people.</summary>
/// <remarks>log p(j | x) ∝ log p_j + τ s_j(x) with what the probe gives for the group, s_j, and the τ of the least cross-entropy.</remarks>
internal sealed class HeldOutProbe
{
    private const int Temperatures = 9;

    private readonly TrainedProbe probe;
    private readonly ClassMoments fitted;
    private readonly double[] logs;
    private readonly double[] crossEntropies = new double[Temperatures];
    private readonly Dictionary<ulong, PersonGain> people = [];
    private readonly (ScoreHistogram Group, ScoreHistogram Others)[] odds;
    private double temperature = 1;

    /// <summary>Nobody is counted yet.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="fitted">Moments of the people that it was fitted on.</param>
    public HeldOutProbe(TrainedProbe probe, ClassMoments fitted)
    {
        (this.probe, this.fitted) = (probe, fitted);
        logs = new double[fitted.Rows.Length];
        odds = [.. logs.Select(_ => (new ScoreHistogram(), new ScoreHistogram()))];
    }

    /// <summary>What one person's rows gave.</summary>
    private readonly record struct PersonGain(int Group, long Rows, long Right, double Gain);

    /// <summary>Counts a row of somebody on whom the probe is calibrated.</summary>
    public void Calibrate(FeatureMap features, int group)
    {
        probe.Weigh(features);
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
        probe.Weigh(features);
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
                (j == group ? odds[j].Group : odds[j].Others).Add((probe.Scores[j] * temperature) + Math.Log(fitted.Share(j)) - Others(j));
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

    private void Normalise(double tau)
    {
        for (var j = 0; j < logs.Length; j++)
            logs[j] = (tau * probe.Scores[j]) + Math.Log(Math.Max(fitted.Share(j), 1e-300));
        var most = logs.Max();
        var sum = most + Math.Log(logs.Sum(log => Math.Exp(log - most)));
        for (var j = 0; j < logs.Length; j++)
            logs[j] -= sum;
    }

    // The logarithm of the sum of all others, on the scale of raw.
    private double Others(int group)
    {
        var most = double.NegativeInfinity;
        for (var j = 0; j < logs.Length; j++)
        {
            if (j != group)
                most = Math.Max(most, (probe.Scores[j] * temperature) + Math.Log(Math.Max(fitted.Share(j), 1e-300)));
        }

        var sum = 0.0;
        for (var j = 0; j < logs.Length; j++)
        {
            if (j != group)
                sum += Math.Exp((probe.Scores[j] * temperature) + Math.Log(Math.Max(fitted.Share(j), 1e-300)) - most);
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
