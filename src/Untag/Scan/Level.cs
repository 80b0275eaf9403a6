namespace Untag.Scan;

/// <summary>How sure and how grave a finding is.</summary>
public enum Level
{
    /// <summary>Measures fairness, warns in a document, or counts an aggregate. Never fails a run.</summary>
    Note,

    /// <summary>Likely a tag, or a capability that the product carries but is not seen to use. Fails with <c>--strict</c>.</summary>
    Warning,

    /// <summary>The product offers, requests, stores, trains or returns a protected trait of a person.</summary>
    Error,
}
