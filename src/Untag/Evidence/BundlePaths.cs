namespace Untag.Evidence;

/// <summary>Where things lie in a bundle.</summary>
public static class BundlePaths
{
    /// <summary>The statement about the claims, signed.</summary>
    public const string Statement = "statement.sigstore.json";

    /// <summary>The Simple Verification Result, signed.</summary>
    public const string Result = "svr.sigstore.json";

    /// <summary>The SLSA verification summary, signed.</summary>
    public const string Summary = "vsa.sigstore.json";

    /// <summary>The public key of all three.</summary>
    public const string Key = "key.pem";

    /// <summary>When the signature of the statement was there: a time stamp of RFC 3161, in DER.</summary>
    public const string Timestamp = "statement.tst";

    /// <summary>Folder of what others say of the statement: <c>NAME.sigstore.json</c>, each with the key <c>NAME.pem</c>.</summary>
    public const string Countersignatures = "countersignatures/";

    /// <summary>Ending of a signed statement.</summary>
    public const string SignedEnding = ".sigstore.json";

    /// <summary>Ending of a public key.</summary>
    public const string KeyEnding = ".pem";
}
