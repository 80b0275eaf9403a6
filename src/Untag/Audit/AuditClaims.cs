namespace Untag.Audit;

/// <summary>The claims that an audit judges.</summary>
public static class AuditClaims
{
    /// <summary>No output identifies a group.</summary>
    public const string NoTagLeaked = "no-tag-leaked";

    /// <summary>Decisions and their errors do not single a group out.</summary>
    public const string NoGroupTargeted = "no-group-targeted";
}
