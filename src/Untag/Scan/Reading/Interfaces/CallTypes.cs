namespace Untag.Scan.Reading.Interfaces;

/// <summary>The types that the calls of a file take and give. What only calls take is a request; everything else is what
/// the interface offers.</summary>
internal sealed class CallTypes
{
    /// <summary>What they take.</summary>
    public WrittenTypes Requests { get; } = new();

    /// <summary>What they give.</summary>
    public WrittenTypes Responses { get; } = new();

    /// <summary>The role of a message: what it is made of goes where the message goes.</summary>
    /// <param name="message">Its name, with the messages around it.</param>
    public SectionRole RoleOf(string message)
    {
        for (var type = message; type.Length > 0; type = type[..Math.Max(0, type.LastIndexOf('.'))])
        {
            if (Responses.Contain(type))
                return SectionRole.Response;
            if (Requests.Contain(type))
                return SectionRole.Request;
        }

        return SectionRole.Response;
    }
}
