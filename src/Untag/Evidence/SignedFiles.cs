using System.Text;
using System.Text.Json;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Evidence;

/// <summary>Reads the keys of a bundle and what they signed.</summary>
internal static class SignedFiles
{
    /// <summary>The public key that lies at a path of a bundle.</summary>
    public static EvidenceKey KeyOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path)
    {
        if (!files.TryGetValue(path, out var pem))
            throw new VerifyException(VerifyFailure.FileMissing, $"`{path}`");
        try
        {
            var key = EvidenceKey.Parse(Encoding.UTF8.GetString(pem.Span));
            if (Encoding.UTF8.GetBytes(key.PublicPem).AsSpan().SequenceEqual(pem.Span))
                return key;
            key.Dispose();
        }
        catch (FormatException)
        {
        }

        throw new VerifyException(VerifyFailure.BadSignature, $"`{path}` is no public key");
    }

    /// <summary>A statement that a key signed.</summary>
    public static Statement<T> Statement<T>(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path, EvidenceKey key, string predicateType,
        Func<byte[], Statement<T>?> read)
    {
        if (!files.TryGetValue(path, out var bundle))
            throw new VerifyException(VerifyFailure.FileMissing, $"`{path}`");
        var payload = SigstoreBundle.Open(bundle.Span, key, path);
        try
        {
            if (read(payload) is { } statement
                && statement.Type == StatementType.Statement && statement.PredicateType == predicateType)
                return statement;
        }
        catch (JsonException)
        {
        }

        throw new VerifyException(VerifyFailure.UnknownStatement, $"`{path}`");
    }

    /// <summary>Reads what is stated about a product.</summary>
    public static Statement<ClaimsPredicate>? ClaimsOf(byte[] payload) =>
        StrictJson.Read(payload, EvidenceJson.Readable.StatementClaimsPredicate);
}
