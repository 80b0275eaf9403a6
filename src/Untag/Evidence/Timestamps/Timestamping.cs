using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Http;

namespace Untag.Evidence.Timestamps;

/// <summary>Asks an authority to say when the signature of a statement was there (RFC 3161), and puts its word into the bundle.</summary>
public static class Timestamping
{
    /// <summary>The media type of a request over HTTP (RFC 3161, section 3.4).</summary>
    public const string RequestType = "application/timestamp-query";

    private const int NonceLength = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The request for a bundle, in DER. The same bundle gives the same request.</summary>
    /// <exception cref="VerifyException">It is not what was signed.</exception>
    public static byte[] RequestFor(ReadOnlyMemory<byte> bundle)
    {
        var signature = SignatureOf(OpenedBundle.Open(bundle, given: null).Files);
        return Rfc3161TimestampRequest.CreateFromHash(
            SHA256.HashData(signature), HashAlgorithmName.SHA256, nonce: NonceFor(signature), requestSignerCertificates: true).Encode();
    }

    /// <summary>Sends a request to an authority (RFC 3161, section 3.4).</summary>
    /// <param name="authority">Its address.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it answered: nothing of it is believed before <see cref="Add"/> has looked.</returns>
    /// <exception cref="IOException">There is no answer; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<byte[]> AskAsync(Uri authority, byte[] request, CancellationToken cancellation)
    {
        var reply = await HttpPost.Send(authority, RequestType, request, Patience, cancellation);
        return reply.Status switch
        {
            200 => reply.Body,
            >= 300 and < 400 => throw new IOException("it sends elsewhere, where nobody goes: name its own address"),
            404 => throw new IOException("it knows no such address"),
            429 or 503 => throw new IOException("it is busy: ask later"),
            var status => throw new IOException($"it answers with the status {status}"),
        };
    }

    /// <summary>Puts what an authority answered into a bundle.</summary>
    /// <param name="bundle">The bundle that the request was for.</param>
    /// <param name="answer">The answer, in DER.</param>
    /// <exception cref="VerifyException">It is not what was signed, has a time stamp already, or the answer is not for it.</exception>
    /// <exception cref="FormatException">The authority refuses, or what answered is none.</exception>
    public static byte[] Add(ReadOnlyMemory<byte> bundle, ReadOnlyMemory<byte> answer)
    {
        var (manifest, files) = Manifest.Unpack(bundle);
        if (files.ContainsKey(BundlePaths.Timestamp))
            throw new VerifyException(VerifyFailure.FileAdded, "it has a time stamp already");
        var token = TokenIn(answer);
        TimestampCheck.Read(token, SignatureOf(files), roots: null);
        return manifest.PackWith(files, [new BundleEntry(BundlePaths.Timestamp, token)]);
    }

    /// <summary>What is stamped: the signature of the statement, in DER.</summary>
    internal static byte[] SignatureOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) =>
        SigstoreBundle.SignatureIn(files[BundlePaths.Statement].Span);

    /// <summary>The number that a request for a signature carries. It follows from the signature, of which there is one: so whoever
    /// verifies can tell that a time stamp answers this request.</summary>
    internal static byte[] NonceFor(byte[] signature)
    {
        var nonce = SHA256.HashData([.. "untag time stamp\n"u8, .. signature])[..NonceLength];
        nonce[0] = (byte)((nonce[0] & 0x7F) | 0x40); // a positive number of full length has one spelling in DER
        return nonce;
    }

    // TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken ContentInfo OPTIONAL }
    private static ReadOnlyMemory<byte> TokenIn(ReadOnlyMemory<byte> answer)
    {
        try
        {
            var response = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence();
            var status = response.ReadSequence().ReadInteger();
            if (status > BigInteger.One) // granted, or granted with modifications
                throw new FormatException($"the authority refuses, with the status {status}");
            var token = response.ReadEncodedValue();
            response.ThrowIfNotEmpty();
            return token;
        }
        catch (AsnContentException)
        {
            throw new FormatException("what answered is no authority of time stamps");
        }
    }
}
