using Untag.Server.Guard.Replies;

namespace Untag.Server.Guard;

/// <summary>How the reasons of a refused reply are spelt in the log, and answered.</summary>
internal static class Reasons
{
    /// <summary>The code of a reason.</summary>
    public static string Word(RefusalReason reason) => reason switch
    {
        RefusalReason.Tag => "tag",
        RefusalReason.TagInLargeValue => "tag-in-large-value",
        RefusalReason.MediaType => "content-type",
        RefusalReason.Charset => "charset",
        RefusalReason.Encoding => "encoding",
        RefusalReason.Malformed => "malformed",
        RefusalReason.DuplicateName => "duplicate-name",
        RefusalReason.Limit => "limit",
        RefusalReason.NoDescriptor => "no-descriptor",
        _ => "other",
    };

    /// <summary>The status of the answer: 415 for what is in no form that can be inspected, else 502, since the service is to blame.</summary>
    public static int StatusOf(RefusalReason reason) =>
        reason is RefusalReason.MediaType or RefusalReason.Charset or RefusalReason.Encoding or RefusalReason.NoDescriptor
            ? StatusCodes.Status415UnsupportedMediaType
            : StatusCodes.Status502BadGateway;
}
