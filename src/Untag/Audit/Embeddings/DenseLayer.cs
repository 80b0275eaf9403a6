using Untag.Audit.Statistics;

namespace Untag.Audit.Embeddings;

/// <summary>A layer of a network while it is trained: every number that comes out is a weighted sum of all that go in, and of 1.</summary>
/// <remarks>Weights follow Adam (Kingma and Ba, ICLR 2015, algorithm 1, with the constants that it recommends).</remarks>
internal sealed class DenseLayer
{
    private const double FirstDecay = 0.9, SecondDecay = 0.999, Least = 1e-8;

    private readonly double[][] weights;
    private readonly double[][] gradients;
    private readonly double[][] firstMoments;
    private readonly double[][] secondMoments;

    /// <summary>Draws the weights by lot, with a variance of 2 for all inputs together (He and others, ICCV 2015).</summary>
    public DenseLayer(int inputs, int outputs, SeededRandom random)
    {
        Input = new double[inputs + 1];
        Input[inputs] = 1;
        InputErrors = new double[inputs + 1];
        Output = new double[outputs];
        OutputErrors = new double[outputs];
        weights = Zeros();
        (gradients, firstMoments, secondMoments) = (Zeros(), Zeros(), Zeros());
        foreach (var row in weights)
        {
            for (var i = 0; i < inputs; i++)
                row[i] = random.NextNormal() * Math.Sqrt(2.0 / inputs);
        }

        double[][] Zeros() => [.. Enumerable.Range(0, outputs).Select(_ => new double[inputs + 1])];
    }

    /// <summary>What goes in, and 1 at the end.</summary>
    public double[] Input { get; }

    /// <summary>How the loss changes with what goes in.</summary>
    public double[] InputErrors { get; }

    /// <summary>What comes out.</summary>
    public double[] Output { get; }

    /// <summary>How the loss changes with what comes out.</summary>
    public double[] OutputErrors { get; }

    /// <summary>Works out what comes out.</summary>
    public void Forward()
    {
        for (var o = 0; o < Output.Length; o++)
            Output[o] = SymmetricMatrix.Dot(weights[o], Input);
    }

    /// <summary>Adds to the gradient what <see cref="OutputErrors"/> say of it, and works out <see cref="InputErrors"/>.</summary>
    public void Backward()
    {
        InputErrors.AsSpan().Clear();
        for (var o = 0; o < Output.Length; o++)
        {
            if (OutputErrors[o] == 0)
                continue;
            SymmetricMatrix.AddScaled(gradients[o], Input, OutputErrors[o]);
            SymmetricMatrix.AddScaled(InputErrors, weights[o], OutputErrors[o]);
        }
    }

    /// <summary>Goes a step down the gradient, and forgets it.</summary>
    /// <param name="step">From 1 on.</param>
    /// <param name="rate">How far.</param>
    public void Step(int step, double rate)
    {
        var first = 1 / (1 - Math.Pow(FirstDecay, step));
        var second = 1 / (1 - Math.Pow(SecondDecay, step));
        for (var o = 0; o < weights.Length; o++)
        {
            var (row, gradient, m, v) = (weights[o], gradients[o], firstMoments[o], secondMoments[o]);
            for (var i = 0; i < row.Length; i++)
            {
                m[i] = (FirstDecay * m[i]) + ((1 - FirstDecay) * gradient[i]);
                v[i] = (SecondDecay * v[i]) + ((1 - SecondDecay) * gradient[i] * gradient[i]);
                row[i] -= rate * m[i] * first / (Math.Sqrt(v[i] * second) + Least);
            }

            gradient.AsSpan().Clear();
        }
    }
}
