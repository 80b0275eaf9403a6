using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>An object or a list that has begun and not ended.</summary>
/// <param name="depth">Number of those around it.</param>
internal sealed class Frame(int depth)
{
    public int Depth => depth;

    /// <summary>Where it lies.</summary>
    public HeldValue Value { get; private set; }

    /// <summary>Its name; null in a list and for the whole reply.</summary>
    public ReplyWord? Name => Value.Name;

    public bool IsObject { get; private set; }

    /// <summary>That in which it stands; null for the whole reply.</summary>
    public Frame? Around { get; private set; }

    /// <summary>Members that are complete.</summary>
    public int Members { get; set; }

    /// <summary>Where its last complete member ends; 0 before the first.</summary>
    public int MemberEnd { get; set; }

    /// <summary>True when the label or the name of one of its members bears on the others: a colour may turn out to be a group.</summary>
    public bool HasCompany { get; set; }

    /// <summary>True when it is left out as a whole.</summary>
    public bool IsDropped { get; set; }

    /// <summary>The members that were written since it was opened.</summary>
    public Seam Seam;

    /// <summary>The labels, or names of fields, that were judged since it was opened.</summary>
    public ListLabels Labels;

    /// <summary>True when a word for a group was released that could only be told to be one together with others.</summary>
    public bool HasReleasedGroup { get; set; }

    /// <summary>True when a word for all other groups was released: it goes with two of them.</summary>
    public bool HasReleasedRest { get; set; }

    /// <summary>What the fields of its elements lost since it was opened, and did not.</summary>
    public OpenedAnswers Answers { get; } = new();

    /// <summary>Answers of a language model that were emptied before it was opened.</summary>
    public int SaidBefore { get; set; }

    /// <summary>True when the pieces of an answer were released that stands in it.</summary>
    public bool HasReleasedLogprobs { get; set; }

    /// <summary>Makes it that of another object or list.</summary>
    public void Reset(bool isObject, in HeldValue value, Frame? around)
    {
        (IsObject, Value, Around) = (isObject, value, around);
        (Members, MemberEnd, HasCompany, IsDropped) = (0, 0, false, false);
        (HasReleasedGroup, HasReleasedRest, HasReleasedLogprobs) = (false, false, false);
        (Seam, Labels) = (default, default);
        Answers.Clear();
    }

    /// <summary>The bytes that are held lost their first ones.</summary>
    public void Shift(int bytes)
    {
        Value = Value.Shifted(bytes);
        MemberEnd = Math.Max(0, MemberEnd - bytes);
    }
}
