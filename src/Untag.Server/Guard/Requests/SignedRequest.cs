namespace Untag.Server.Guard.Requests;

/// <summary>Requests whose body or host is under a signature: they are refused or passed, never rewritten.</summary>
internal static class SignedRequest
{
    private static readonly string[] Schemes = ["AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256", "TC3-HMAC-SHA256", "ACS3-HMAC-SHA256", "SDK-HMAC-SHA256", "acs "];

    private static readonly string[] Parameters = ["X-Amz-Signature", "Signature", "sign"];

    /// <summary>True when a signature is there, by the schemes of AWS, Tencent, Alibaba and Huawei.</summary>
    public static bool Is(HttpRequest request)
    {
        foreach (var value in request.Headers.Authorization)
        {
            if (value is not null && Array.Exists(Schemes, scheme => value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return Array.Exists(Parameters, request.Query.ContainsKey);
    }
}
