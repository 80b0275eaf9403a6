using System.Text;
using Untag.Audit.Aggregates;
using Untag.Policy;

namespace Untag.Audit.Tables;

/// <summary>The groups of the rows: numbered as they come.</summary>
internal sealed class GroupColumn(AuditRequest request)
{
    private readonly WordCodes groups = new();
    private readonly PerWord<int> known = new(static _ => -1);
    private readonly Dictionary<(int First, int Second), int> joined = [];
    private (int First, int Second) epochs;

    private static ReadOnlySpan<byte> And => " & "u8;

    /// <summary>How many there are.</summary>
    public int Count => groups.Count;

    /// <summary>The name of a group; null when it is no UTF-8.</summary>
    public string? Name(int group) => groups.Text(group);

    /// <summary>Tells the group of each row.</summary>
    /// <exception cref="AuditInputException">A row states none, or one that is not declared.</exception>
    public void Find(BlockRows block, CodedColumn first, CodedColumn? second)
    {
        if (second is not null)
        {
            FindJoined(block, first, second);
            return;
        }

        var codes = first.Codes;
        var groupOf = known.Of(first);
        for (var i = 0; i < block.Count; i++)
        {
            var group = groupOf[codes[i]];
            if (group < 0)
                group = groupOf[codes[i]] = NumberOf(Stated(block, i, first, request.Group), block, i);
            block.Groups[i] = group;
        }
    }

    private void FindJoined(BlockRows block, CodedColumn first, CodedColumn second)
    {
        if (epochs != (first.Epoch, second.Epoch))
            joined.Clear();
        epochs = (first.Epoch, second.Epoch);
        for (var i = 0; i < block.Count; i++)
        {
            var pair = (first.Codes[i], second.Codes[i]);
            if (!joined.TryGetValue(pair, out var group))
            {
                var name = Both(Stated(block, i, first, request.Group), Stated(block, i, second, request.SecondGroup!), block, i);
                joined.Add(pair, group = NumberOf(name, block, i));
            }

            block.Groups[i] = group;
        }
    }

    private int NumberOf(ReadOnlySpan<byte> name, BlockRows block, int row)
    {
        var count = groups.Count;
        var group = groups.CodeOf(name);
        if (group == count)
            CheckCohort(name, block, row);
        return group < OutputSums.ValuesMax ? group : throw new AuditInputException(
            $"column `{request.Group}` has more than {OutputSums.ValuesMax} groups", "name the column of the group with --group");
    }

    private void CheckCohort(ReadOnlySpan<byte> cell, BlockRows block, int row)
    {
        if (request.Cohorts.Count == 0)
            return;
        var name = Encoding.UTF8.GetString(cell);
        if (!request.Cohorts.Contains(name))
            throw block.Wrong(row, $"`{name}` is none of the declared groups", Spelling.Hint(name, request.Cohorts));
    }

    private static ReadOnlySpan<byte> Stated(BlockRows block, int row, CodedColumn column, string name)
    {
        var cell = column[row];
        return !cell.IsEmpty ? cell : throw block.Wrong(
            row, $"column `{name}` is empty", "say which group the person stated, or take rows without one out of the table");
    }

    private static byte[] Both(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, BlockRows block, int row)
    {
        if (IsJoined(first) || IsJoined(second))
            throw block.Wrong(row, "a group has ` & ` in its name, which joins the names of two columns", "write it in another way");
        return [.. first, .. And, .. second];
    }

    // Behind a group may stand its stratum, which is joined as well.
    private static bool IsJoined(ReadOnlySpan<byte> name) =>
        name[..(name.IndexOf((byte)Stratified.Separator) is var cut and >= 0 ? cut : name.Length)].IndexOf(And) >= 0;
}
