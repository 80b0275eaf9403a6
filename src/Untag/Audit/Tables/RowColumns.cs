namespace Untag.Audit.Tables;

/// <summary>Where the cells of a row are that an audit asks for; −1 for one that it does not.</summary>
internal sealed class RowColumns(TableHeader header, AuditRequest request)
{
    public int Group { get; } = header.Find(request.Group);

    public int SecondGroup { get; } = Place(header, request.SecondGroup);

    public int Person { get; } = Place(header, request.Person);

    public int SecondPerson { get; } = Place(header, request.SecondPerson);

    public int Truth { get; } = Place(header, request.Truth);

    public int[] Strata { get; } = [.. request.Strata.Select(header.Find)];

    public int[] Outputs { get; } = [.. request.Outputs.Select(header.Find)];

    public int[] Decisions { get; } = [.. request.Decisions.Select(decision => header.Find(decision.Column))];

    private static int Place(TableHeader header, string? column) => column is null ? -1 : header.Find(column);
}
