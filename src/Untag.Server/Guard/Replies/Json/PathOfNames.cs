using System.Text;
using System.Text.Json;
using Untag.Server.Guard.Replies.Contracts;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Where in a reply the judge is: names of fields, and <c>[]</c> for a list.</summary>
/// <param name="outer">The path of the text that holds this JSON; empty for the reply itself.</param>
/// <param name="schema">What the whole may be; null without a contract.</param>
internal sealed class PathOfNames(string outer, Schema? schema)
{
    private readonly List<ReplyWord?> steps = [];
    private readonly List<Schema?> schemas = [];

    /// <summary>What is declared here; null without a contract.</summary>
    public Schema? Schema => schemas.Count > 0 ? schemas[^1] : schema;

    public int Depth => steps.Count;

    public ReplyWord? Last => steps.Count > 0 ? steps[^1] : null;

    /// <summary>Goes into a field, or with null into a list.</summary>
    public void Push(ReplyWord? name)
    {
        schemas.Add(name is null ? Schema?.Element : Schema?.Field(name.Text));
        steps.Add(name);
    }

    public void Pop()
    {
        steps.RemoveAt(steps.Count - 1);
        schemas.RemoveAt(schemas.Count - 1);
    }

    /// <summary>True when a contract does not declare a field of this name and type.</summary>
    public bool IsUndeclared(ReplyWord name, JsonTokenType type) => Schema is { } here && here.Field(name.Text)?.Allows(type) != true;

    /// <summary>True when a contract does not declare an element of this type in the list that the path has gone into.</summary>
    public bool IsUndeclaredElement(JsonTokenType type) => schema is not null && Schema?.Allows(type) != true;

    /// <summary>True when a name on the way has one of these roles.</summary>
    public bool Passes(WordRoles any)
    {
        foreach (var step in steps)
        {
            if (step?.Is(any) == true)
                return true;
        }

        return false;
    }

    /// <summary>The path, and a last name.</summary>
    public string To(ReplyWord? name)
    {
        var path = new StringBuilder(outer);
        foreach (var step in steps)
            Append(path, step);
        if (name is not null)
            Append(path, name);
        return path.Length == 0 ? "$" : path.ToString();
    }

    private static void Append(StringBuilder path, ReplyWord? step)
    {
        if (step is null)
            path.Append("[]");
        else
            path.Append(path.Length > 0 ? "." : "").Append(step.Shown);
    }
}
