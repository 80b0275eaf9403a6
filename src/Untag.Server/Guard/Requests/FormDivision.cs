using System.Text;
using Microsoft.Net.Http.Headers;

namespace Untag.Server.Guard.Requests;

/// <summary>What divides the parts of a form. Services take other things for it than the standard does, and then see other parts: a form in
/// which anything could be taken so is not passed on.</summary>
internal static class FormDivision
{
    private const string Boundary = "boundary";

    /// <summary>The boundary; null when there is none, or when services could choose among several.</summary>
    public static string? BoundaryOf(MediaTypeHeaderValue type)
    {
        var named = type.Parameters.Where(parameter => parameter.Name.StartsWith(Boundary, StringComparison.OrdinalIgnoreCase)).ToList();
        return named is [{ Name.Length: var length } one] && length == Boundary.Length && HeaderUtilities.RemoveQuotes(one.Value) is { Length: > 0 } boundary
            ? boundary.ToString()
            : null;
    }

    /// <summary>True when a body has the same parts for all that read it.</summary>
    public static bool IsClear(string boundary, ReadOnlySpan<byte> body)
    {
        var divider = Encoding.UTF8.GetBytes("--" + boundary);
        var hasBegun = false;
        for (var at = 0; body[at..].IndexOf(divider) is >= 0 and var found;)
        {
            var start = at + found;
            at = start + 1;
            var before = body[..start];
            var behind = body[(start + divider.Length)..];
            var isStrict = before.IsEmpty || before.EndsWith("\r\n"u8);
            if (!isStrict && before[^1] is not ((byte)'\r' or (byte)'\n'))
            {
                if (!hasBegun)
                    return false; // ASP.NET takes it for the first
                continue;
            }

            if (behind.StartsWith("--"u8))
                return isStrict && behind[2..].Trim(" \t\r\n"u8).IsEmpty;
            var isDivider = behind.TrimStart(" \t"u8) is [] or [(byte)'\r' or (byte)'\n', ..];
            if (isDivider ? !isStrict || !behind.TrimStart(" \t"u8).StartsWith("\r\n"u8) : isStrict)
                return false; // one for some, and none for others
            hasBegun = true;
        }

        return true;
    }
}
