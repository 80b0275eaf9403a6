namespace Untag.Server.Guard.Requests;

/// <summary>What the name of a field says, whatever its value.</summary>
/// <param name="Text">The name; empty for none.</param>
/// <param name="NamesTrait">True when it names a trait.</param>
/// <param name="Says">What else it says.</param>
internal sealed record FieldName(string Text, bool NamesTrait, RequestSense Says)
{
    /// <summary>The name of what has none.</summary>
    public static readonly FieldName None = new("", NamesTrait: false, RequestSense.None);

    /// <summary>True when its value lists what is asked for.</summary>
    public bool Asks => Says.HasFlag(RequestSense.Asks);

    /// <summary>True when people write in it, and nothing is asked there.</summary>
    public bool IsFree => Says.HasFlag(RequestSense.Free) && !Asks;

    /// <summary>True when it is something that people are put into.</summary>
    public bool IsList => Says.HasFlag(RequestSense.List);

    /// <summary>True when it says what such a thing is called.</summary>
    public bool IsNaming => Says.HasFlag(RequestSense.Naming);

    /// <summary>True when it says in an element of a list which of the things listed is meant.</summary>
    public bool IsElement => Says.HasFlag(RequestSense.Element);
}
