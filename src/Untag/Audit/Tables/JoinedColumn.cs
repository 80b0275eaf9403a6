using System.Text;

namespace Untag.Audit.Tables;

/// <summary>What two columns say together, as a column of its own: two words are joined once.</summary>
/// <param name="first">The first column.</param>
/// <param name="second">The second one.</param>
/// <param name="between">What stands between their words.</param>
internal sealed class JoinedColumn(CodedColumn first, CodedColumn second, string between)
{
    private readonly byte[] middle = Encoding.UTF8.GetBytes(between);
    private readonly Dictionary<(int First, int Second), int> known = [];
    private (int First, int Second, int Own) epochs;

    /// <summary>The cells.</summary>
    public CodedColumn Cells { get; } = new();

    /// <summary>Joins the cells of a block.</summary>
    public void Join(int rows)
    {
        Cells.Renew();
        var now = (first.Epoch, second.Epoch, Cells.Epoch);
        if (now != epochs)
            known.Clear();
        epochs = now;
        for (var row = 0; row < rows; row++)
        {
            var pair = (first.Codes[row], second.Codes[row]);
            if (!known.TryGetValue(pair, out var code))
                known.Add(pair, code = Cells.Words.CodeOf([.. first[row], .. middle, .. second[row]]));
            Cells.Codes[row] = code;
        }
    }
}
