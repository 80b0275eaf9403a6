namespace Untag.Scan.Reading.Documents;

/// <summary>The relations of a part of an Office Open XML document: which id leads to which part.</summary>
internal static class Relations
{
    /// <summary>The parts that a part refers to, by id.</summary>
    public static Dictionary<string, string> Of(OfficeParts parts, string part)
    {
        var cut = part.LastIndexOf('/');
        var folder = part[..(cut + 1)];
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        var scan = new XmlScan(parts.Read($"{folder}_rels/{part[(cut + 1)..]}.rels"));
        while (scan.Read())
        {
            if (scan.Part == XmlPart.Start && scan.Name is "Relationship"
                && scan.Attribute("Id") is { } id && scan.Attribute("Target") is { } target)
                targets[id] = target.StartsWith('/') ? target[1..] : folder + target;
        }

        return targets;
    }
}
