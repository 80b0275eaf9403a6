namespace Untag.Scan.Reading.Interfaces;

/// <summary>Descriptions of interfaces that send messages, in both generations.</summary>
internal sealed class AsyncApi : IDocumentFormat
{
    public string Name => "AsyncAPI 2 and 3";

    public string Reads => "each channel, operation, message and schema";

    public bool Recognises(Node document) =>
        document["asyncapi"].Text is not null
        && (document["channels"].First >= 0 || document["components"].First >= 0);

    public void Mark(Node document, SectionMarks marks)
    {
        marks.Mark(document, null, SectionRole.Response);
        MarkChannels(document["channels"], marks);
        marks.MarkMembers(document["operations"], "operation", SectionRole.Response);
        var components = document["components"];
        MarkChannels(components["channels"], marks);
        marks.MarkMembers(components["operations"], "operation", SectionRole.Response);
        marks.MarkMembers(components["messages"], "message", SectionRole.Response);
        marks.MarkMembers(components["schemas"], "schema", SectionRole.Response);
        marks.MarkMembers(components["parameters"], "parameter", SectionRole.Request);
    }

    private static void MarkChannels(Node channels, SectionMarks marks)
    {
        foreach (var channel in channels.Members)
        {
            marks.Mark(channel, $"channel {channel.Name}", SectionRole.Response);
            marks.MarkMembers(channel["messages"], "message", SectionRole.Response);
            MarkMessage(channel["publish"]["message"], marks);
            MarkMessage(channel["subscribe"]["message"], marks);
        }
    }

    // Before version 3 a message stands in the channel, and has a name only if it likes; so do the several it may be.
    private static void MarkMessage(Node message, SectionMarks marks)
    {
        if ((message["name"].Text ?? message["messageId"].Text) is { } name)
            marks.Mark(message, $"message {name}", SectionRole.Response);
        foreach (var one in message["oneOf"].Members)
            MarkMessage(one, marks);
    }
}
