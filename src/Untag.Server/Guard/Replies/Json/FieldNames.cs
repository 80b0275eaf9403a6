using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>The names of the fields of an object that were read.</summary>
internal sealed class FieldNames
{
    private const int FewNames = 16;

    private readonly List<ReplyWord> names = [];
    private HashSet<ReplyWord>? manyNames;

    /// <summary>Notes one more.</summary>
    /// <param name="name">The name.</param>
    /// <param name="namesMax">Most names of an object.</param>
    /// <exception cref="ReplyRefusedException">The object has the name already, or too many.</exception>
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

    /// <summary>Forgets them: they are those of another object now.</summary>
    public void Clear()
    {
        names.Clear();
        manyNames = null;
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
