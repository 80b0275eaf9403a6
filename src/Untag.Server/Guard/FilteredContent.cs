using System.Net;

namespace Untag.Server.Guard;

/// <summary>The body of a reply behind the filter. It is read as a stream, which is how YARP reads bodies.</summary>
/// <param name="released">What may pass.</param>
/// <param name="original">The body before the filter, which is let go together with this one.</param>
internal sealed class FilteredContent(Stream released, HttpContent original) : HttpContent
{
    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(released);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => released.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            released.Dispose();
            original.Dispose();
        }

        base.Dispose(disposing);
    }
}
