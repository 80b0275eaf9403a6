using Untag.Policy;
using Untag.Scan;
var (pol, errs) = (TagPolicy.Default, "");
var rep = Scanner.Scan(new ScanRequest { Policy = pol, Sources = [new ScanSource.OnDisk(args[1], "")] }, null, default);
using var o = Console.OpenStandardOutput();
using var w = new System.Text.Json.Utf8JsonWriter(o);
w.WriteStartObject(); w.WriteStartArray("findings");
foreach (var f in rep.Findings) { w.WriteStartObject(); w.WriteString("rule", f.Rule); w.WriteString("level", WireNames.Level(f.Level)); w.WriteString("kind", WireNames.Kind(f.Kind)); w.WriteString("class", WireNames.Class(f.Class)); w.WriteString("path", f.Path); if (f.Line is { } l) w.WriteNumber("line", l); else w.WriteNull("line"); w.WriteString("inner", f.Inner); w.WriteString("match", f.Match); w.WriteNumber("points", f.Why.Sum(r => r.Weight)); w.WriteString("why", string.Join(" | ", f.Why.Select(r => r.Weight + " " + r.Evidence))); w.WriteEndObject(); }
w.WriteEndArray(); w.WriteStartArray("skipped"); foreach (var s in rep.Skipped) w.WriteStringValue(s.Path + ": " + s.Reason); w.WriteEndArray(); w.WriteEndObject();
return 0;
