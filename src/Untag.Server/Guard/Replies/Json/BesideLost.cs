using System.Text.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Finds what must go with labels that went, because it tells them again.</summary>
/// <param name="tape">The value.</param>
/// <param name="wordOf">What a text says.</param>
/// <param name="remove">Removes what it is given.</param>
internal sealed class BesideLost(Tape tape, Func<int, ReplyWord?> wordOf, Action<int> remove)
{
    /// <summary>Removes the numbers beside labels: without these they are still in their order.</summary>
    public void RemoveNumbers(int at)
    {
        var counts = new HashSet<int>();
        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
        {
            if (tape[i].LostLabels)
                counts.Add(LostIn(i));
        }

        if (counts.Count == 0)
            return;
        RemoveNumbers(at, counts, intoObjects: tape[at].Type == JsonTokenType.StartObject);
        RemoveFound(at);
    }

    /// <summary>Removes the answers beside an answer: of two faces <c>{"guess": "asian"}</c> and <c>{"guess": "white"}</c> the second word alone
    /// could mean a colour.</summary>
    public void RemoveAnswers(int at)
    {
        var names = new HashSet<ReplyWord>(ReplyWord.SameBytes);
        foreach (var i in TextsOfElements(at))
        {
            if (tape[i].IsMet && wordOf(i)?.Is(WordRoles.SureGroup) == true)
                names.Add(tape[i].Name!);
        }

        foreach (var i in TextsOfElements(at))
        {
            if (!tape[i].IsMet && names.Contains(tape[i].Name!) && wordOf(i)?.Is(WordRoles.Group) == true)
                remove(i);
        }

        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
            tape[i].IsChanged |= tape[i].Type == JsonTokenType.StartObject && tape.HasChanged(i);
    }

    /// <summary>The fields of an object that are texts; none of anything else.</summary>
    public IEnumerable<int> TextsIn(int at)
    {
        if (tape[at].Type != JsonTokenType.StartObject)
            yield break;
        for (var field = at + 1; field < tape[at].Next; field = tape[field].Next)
        {
            if (tape[field].Type == JsonTokenType.String)
                yield return field;
        }
    }

    private IEnumerable<int> TextsOfElements(int list)
    {
        for (var i = list + 1; i < tape[list].Next; i = tape[i].Next)
        {
            foreach (var field in TextsIn(i))
                yield return field;
        }
    }

    // How many labels there were in a list, or in the first of its lists that lost some.
    private int LostIn(int at)
    {
        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
        {
            if (tape[i].LostLabels)
                return LostIn(i);
        }

        return tape[at].Count;
    }

    // Lists of numbers that are as long as one of labels was; within such a list, those that are as long as another one.
    private void RemoveNumbers(int at, HashSet<int> counts, bool intoObjects)
    {
        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
        {
            var isList = tape[i].Type == JsonTokenType.StartArray && !IsMeasure(tape[i].Name);
            if (isList && counts.Contains(tape[i].Count) && tape[i + 1].Type == JsonTokenType.Number)
            {
                remove(i);
                counts.Remove(tape[i].Count);
                RemoveNumbers(i, counts, intoObjects: false);
                counts.Add(tape[i].Count);
            }
            else if (isList || (intoObjects && tape[i].Type == JsonTokenType.StartObject))
            {
                RemoveNumbers(i, counts, intoObjects: false);
            }
        }

        tape[at].IsChanged |= tape.HasChanged(at);
    }

    // A box beside two labels has four numbers, and a point two.
    private static bool IsMeasure(ReplyWord? name) => name?.Is(WordRoles.Measure) == true && !name.Is(WordRoles.Found);

    // Which of the labels it was.
    private void RemoveFound(int at)
    {
        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
        {
            if (tape[i].Type == JsonTokenType.Number && tape[i].Name?.Is(WordRoles.Found) == true)
                remove(i);
        }
    }
}
