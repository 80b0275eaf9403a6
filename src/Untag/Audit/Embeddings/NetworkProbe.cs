using Untag.Audit.Statistics;

namespace Untag.Audit.Embeddings;

/// <summary>A small network: one hidden layer, trained with a fixed seed on cross-entropy, on coordinates brought to mean 0 and
/// variance 1.</summary>
/// <remarks>It sees what neither lines nor squares and waves do. Trained twice on the same rows it is the same; a wider one, or one that is trained
/// longer, may see more.</remarks>
internal sealed class NetworkProbe : TrainedProbe
{
    private const int Hidden = 32;
    private const int Epochs = 12;
    private const int BatchRows = 32;
    private const int StepsMin = 1_500; // few rows are gone through more often
    private const double Rate = 3e-3;
    private const ulong Seed = 0x6E6574;

    private readonly TrainingRows rows;
    private readonly double[] means;
    private readonly double[] precisions;
    private readonly DenseLayer hidden;
    private readonly DenseLayer last;

    /// <summary>Trains the network.</summary>
    /// <param name="rows">What it is trained on.</param>
    /// <param name="scale">Moments of the same people.</param>
    /// <param name="cancellation">Ends it.</param>
    public NetworkProbe(TrainingRows rows, ClassMoments scale, CancellationToken cancellation)
        : base(rows.Groups)
    {
        this.rows = rows;
        means = [.. Enumerable.Range(0, scale.Size).Select(i => scale.Mean(i))];
        precisions = [.. Enumerable.Range(0, scale.Size).Select(scale.Precision)];
        var random = new SeededRandom(Seed);
        hidden = new DenseLayer(scale.Size, Hidden, random);
        last = new DenseLayer(Hidden, rows.Groups, random);
        Train(random, cancellation);
    }

    /// <inheritdoc/>
    public override void Weigh(FeatureMap features)
    {
        for (var i = 0; i < precisions.Length; i++)
            hidden.Input[i] = (features.Present[i] - means[i]) * precisions[i];
        Forward();
        for (var j = 0; j < Scores.Length; j++)
            Scores[j] = last.Output[j] - Math.Log(rows.Share(j));
    }

    private void Train(SeededRandom random, CancellationToken cancellation)
    {
        var all = rows.All.ToArray();
        var stepsAnEpoch = (all.Length + BatchRows - 1) / BatchRows;
        var steps = Math.Max(StepsMin, Epochs * stepsAnEpoch);
        for (var (step, at) = (1, all.Length); step <= steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BatchRows, all.Length);
            for (var i = 0; i < count; i++, at++)
            {
                if (at >= all.Length)
                {
                    Shuffle(all, random);
                    at = 0;
                }

                Learn(all[at], count);
            }

            var rate = Rate * (1 - ((step - 1.0) / steps));
            hidden.Step(step, rate);
            last.Step(step, rate);
        }
    }

    private void Learn((float[] Row, int Group) person, int batch)
    {
        for (var i = 0; i < precisions.Length; i++)
            hidden.Input[i] = (person.Row[i] - means[i]) * precisions[i];
        Forward();
        var most = last.Output.Max();
        var sum = last.Output.Sum(output => Math.Exp(output - most));
        for (var j = 0; j < last.Output.Length; j++)
            last.OutputErrors[j] = ((Math.Exp(last.Output[j] - most) / sum) - (j == person.Group ? 1 : 0)) / batch;
        last.Backward();
        for (var h = 0; h < Hidden; h++)
            hidden.OutputErrors[h] = hidden.Output[h] > 0 ? last.InputErrors[h] : 0;
        hidden.Backward();
    }

    private void Forward()
    {
        hidden.Forward();
        for (var h = 0; h < Hidden; h++)
            last.Input[h] = Math.Max(0, hidden.Output[h]);
        last.Forward();
    }

    // Fisher and Yates.
    private static void Shuffle((float[] Row, int Group)[] all, SeededRandom random)
    {
        for (var i = all.Length - 1; i > 0; i--)
        {
            var other = random.NextBelow(i + 1);
            (all[i], all[other]) = (all[other], all[i]);
        }
    }
}
