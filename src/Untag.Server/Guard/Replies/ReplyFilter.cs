using System.Buffers;
using Untag.Server.Guard.Replies.Unpacking;

namespace Untag.Server.Guard.Replies;

/// <summary>Takes the tags out of replies while they stream through. Safe for concurrent use.</summary>
/// <remarks>
/// The way of a reply:
/// <list type="number">
/// <item><see cref="UnpackedReply"/> unpacks it, within limits;</item>
/// <item>the <see cref="BodyFilter"/> of its media type reads it and writes what may pass into the
/// <see cref="ReplyPass"/>;</item>
/// <item>what was taken out is logged, and only then the bytes from there on go to the client.</item>
/// </list>
/// </remarks>
/// <param name="rules">The policy.</param>
/// <param name="limits">Bounds on the work for one reply.</param>
public sealed class ReplyFilter(ReplyRules rules, ReplyLimits limits)
{
    private const int PieceBytes = 64 << 10;

    /// <summary>Takes the tags out of a whole reply.</summary>
    /// <param name="head">What is known of it.</param>
    /// <param name="reply">Its body.</param>
    /// <param name="onStrip">Awaited for each tag.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>What may go to the client; the very body when nothing was in it.</returns>
    /// <exception cref="ReplyRefusedException">The reply must not pass.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> FilterAsync(
        ReplyHead head, ReadOnlyMemory<byte> reply, Func<Strip, CancellationToken, ValueTask> onStrip, CancellationToken cancellation)
    {
        if (head.ContentEncodings.Count > 0 || reply.Length > limits.TotalBytes)
        {
            var unpacked = new MemoryStream();
            await CopyAsync(head, new MemoryStream(reply.ToArray()), unpacked, onStrip, cancellation);
            return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
        }

        var pass = new ReplyPass(rules, limits, head.Mode);
        using var filter = BodyFilters.For(head, pass);
        switch (filter.Settle(reply.Span))
        {
            case WholeBody.Passes:
                return reply;
            case WholeBody.IsTaken:
                filter.Take(reply.Span);
                filter.End();
                break;
        }

        foreach (var strip in pass.TakeStrips())
            await onStrip(strip, cancellation);
        return pass.Output.Memory; // which keeps its room: nobody says when the reply has gone
    }

    /// <summary>Copies a reply from the upstream to the client without its tags.</summary>
    /// <param name="head">What is known of it.</param>
    /// <param name="reply">Its body; it is left open.</param>
    /// <param name="client">Where it goes. What is written is never packed, whatever the body was.</param>
    /// <param name="onStrip">Awaited for each tag before any byte of the place, or behind it, is written.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ReplyRefusedException">The reply, or its rest, must not pass. What was written until then holds no tag.
    /// </exception>
    public async Task<ReplyOutcome> CopyAsync(
        ReplyHead head, Stream reply, Stream client, Func<Strip, CancellationToken, ValueTask> onStrip, CancellationToken cancellation)
    {
        using var pass = new ReplyPass(rules, limits, head.Mode);
        using var filter = BodyFilters.For(head, pass);
        await using var unpacked = await UnpackedReply.OpenAsync(
            reply, head.ContentEncodings, filter.IsEndless ? limits with { TotalBytes = long.MaxValue } : limits, cancellation);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        long written = 0;
        try
        {
            while (await unpacked.ReadAsync(piece, cancellation) is var count and > 0)
            {
                filter.Take(piece.AsSpan(0, count));
                written += await ReleaseAsync();
            }

            filter.End();
            written += await ReleaseAsync();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return new ReplyOutcome(pass.Totals.Count == 0 ? ReplyVerdict.Clean : ReplyVerdict.Stripped, written, pass.Totals);

        async ValueTask<int> ReleaseAsync()
        {
            foreach (var strip in pass.TakeStrips())
                await onStrip(strip, cancellation);
            var released = pass.Output.Length;
            if (released == 0)
                return 0;
            await client.WriteAsync(pass.Output.Memory, cancellation);
            if (filter.IsLive)
                await client.FlushAsync(cancellation);
            pass.Output.RemoveFirst(released);
            return released;
        }
    }
}
