using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>An object or a list that has begun and not ended.</summary>
internal sealed class Frame
{
    private const int FewNames = 16;

    private readonly List<ReplyWord> names = [];
    private HashSet<ReplyWord>? manyNames;

    /// <summary>Its node on the tape; -1 once it was opened.</summary>
    public int Node { get; set; }

    /// <summary>Its name; null in a list and for the whole reply.</summary>
    public ReplyWord? Name { get; private set; }

    public bool IsObject { get; private set; }

    /// <summary>True once it is larger than what is held: its members are judged as they come.</summary>
    public bool IsOpened => Node < 0;

    /// <summary>True when it is left out as a whole.</summary>
    public bool IsDropped { get; set; }

    /// <summary>The members that were written.</summary>
    public Seam Seam;

    /// <summary>The labels, or names of fields, that were written or left out since it was opened.</summary>
    public ListLabels Labels;

    /// <summary>True when a word for a group was released that could only be told to be one together with others.</summary>
    public bool HasReleasedGroup { get; set; }

    /// <summary>Makes it that of another object or list.</summary>
    public void Begin(int node, ReplyWord? name, bool isObject)
    {
        (Node, Name, IsObject, IsDropped, HasReleasedGroup) = (node, name, isObject, false, false);
        (Seam, Labels) = (default, default);
        names.Clear();
        manyNames = null;
    }

    /// <summary>Notes the name of a field.</summary>
    /// <param name="name">The name.</param>
    /// <param name="namesMax">Most names of an object.</param>
    /// <exception cref="ReplyRefusedException">It has the name already, or too many.</exception>
    public void Meet(ReplyWord name, int namesMax)
    {
        if (Has(name))
            throw Refusal.Uninspectable(RefusalReason.DuplicateName, "the reply holds an object that names a field twice");
        if (names.Count >= namesMax)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds an object with more than {namesMax} fields");
        names.Add(name);
        manyNames?.Add(name);
        if (manyNames is null && names.Count > FewNames)
            manyNames = new HashSet<ReplyWord>(names, ReplyWord.SameBytes);
    }

    private bool Has(ReplyWord name)
    {
        if (manyNames is not null)
            return manyNames.Contains(name);
        foreach (var known in names)
        {
            if (known.IsSameAs(name))
                return true;
        }

        return false;
    }
}
