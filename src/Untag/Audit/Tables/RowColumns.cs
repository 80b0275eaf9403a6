namespace Untag.Audit.Tables;

/// <summary>The columns that an audit asks for; null for one that it does not.</summary>
internal sealed class RowColumns(TableHeader header, AuditRequest request)
{
    public CodedColumn Group { get; } = header.Find(request.Group);

    public CodedColumn? SecondGroup { get; } = Found(header, request.SecondGroup);

    public CodedColumn? Person { get; } = Found(header, request.Person);

    public CodedColumn? SecondPerson { get; } = Found(header, request.SecondPerson);

    public CodedColumn? Truth { get; } = Found(header, request.Truth);

    public CodedColumn[] Strata { get; } = [.. request.Strata.Select(header.Find)];

    public CodedColumn[] Outputs { get; } = [.. request.Outputs.Select(header.Find)];

    public CodedColumn[] Decisions { get; } = [.. request.Decisions.Select(decision => header.Find(decision.Column))];

    private static CodedColumn? Found(TableHeader header, string? column) => column is null ? null : header.Find(column);
}
