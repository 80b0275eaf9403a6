namespace Untag.Scan.Reading;

/// <summary>What a section of a document describes.</summary>
public enum SectionRole
{
    /// <summary>Nothing that a finding depends on.</summary>
    None,

    /// <summary>What somebody may ask for.</summary>
    Request,

    /// <summary>What is given back, sent or stored for others to read.</summary>
    Response,

    /// <summary>What a database holds.</summary>
    Stored,

    /// <summary>How a program is set up.</summary>
    Setting,
}

/// <summary>A part of a passage with a name of its own, such as an operation of an API. It reaches from its first token
/// to the next section.</summary>
/// <param name="Line">Line of its first token.</param>
/// <param name="Column">Column of its first token.</param>
/// <param name="Inner">Its name, such as <c>GET /v1/detect, response 200</c>; null for a part without a name.</param>
/// <param name="Role">What it describes.</param>
public sealed record Section(int Line, int Column, string? Inner, SectionRole Role);
