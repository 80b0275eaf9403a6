using System.Globalization;
using Untag.Erase;

namespace Untag.Cli.Text;

/// <summary>A certificate as text: what was found, what the number of people promises, what is not said.</summary>
internal sealed class CertificateText(Terminal terminal, TextWriter text)
{
    /// <summary>Writes everything.</summary>
    public void Write(ErasureCertificate certificate)
    {
        var by = certificate.ErasedBy == ErasureCertificate.ByModel ? " by the model that gave the array" : "";
        var steps = certificate.Consumed.Count > 0 ? "then " + string.Join(", ", certificate.Consumed) : "and nothing behind it";
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{certificate.Map.Method}: {certificate.Map.Directions} of {certificate.Map.Dimensions} directions taken out{by}, {steps}"));
        Heading("what probes find in people whom neither they nor the map have seen");
        foreach (var probe in certificate.Probes)
        {
            var whose = probe.Group is null ? "" : $" of {Terminal.Printable(probe.Group)}";
            text.WriteLine($"  {(probe.Probe + whose).PadRight(28)} {Value(probe)}{Before(certificate, probe.AucBefore)}  {Word(probe.Verdict)}");
        }

        if (certificate.Task is { } task)
        {
            Heading("how often a linear probe of the task is right in such people");
            var right = task.Right is null ? "withheld" : $"{Number(task.Right)} [{Number(task.Low)}, {Number(task.High)}]";
            text.WriteLine($"  {Terminal.Printable(task.Column).PadRight(28)} {right}{Before(certificate, task.RightBefore)}");
        }

        if (certificate.Verification is { } pairs)
        {
            Heading($"how often two rows of a person are taken for two people, of {pairs.People} people");
            foreach (var point in pairs.Misses)
            {
                var rate = string.Create(CultureInfo.InvariantCulture, $"with {100 * point.FalseMatch:0.#} % false matches");
                text.WriteLine($"  {rate.PadRight(28)} {Number(point.Miss)}{Before(certificate, point.MissBefore)}");
            }
        }

        Heading("what the number of people in the fit promises for all others");
        foreach (var group in certificate.Groups)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {Terminal.Printable(group.Group).PadRight(28)} about {group.PeopleFitted} people: an area of {Number(group.AreaMost)} at most; {Number(certificate.Tolerance.LeakAuc)} with {group.PeopleNeeded}"));
        }

        Heading("not said by this certificate");
        foreach (var sentence in certificate.NotPromised)
            text.WriteLine($"  {sentence}");
        Heading("claims");
        text.WriteLine($"  {certificate.Verdict.PadRight(12)} tag-erased");
        if (certificate.PeopleNeeded is { } people)
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  about {people} people in the table would settle it"));
    }

    private void Heading(string words)
    {
        text.WriteLine();
        text.WriteLine(terminal.Bold(words));
    }

    private string Word(string verdict) => verdict switch
    {
        "holds" => terminal.Green(verdict),
        "fails" => terminal.Red(verdict),
        _ => terminal.Yellow(verdict),
    };

    private static string Value(CertifiedProbe probe) =>
        probe is { Auc: { } area, Low: { } low, High: { } high } ? $"area {Number(area)} [{Number(low)}, {Number(high)}]" : "withheld";

    private static string Before(ErasureCertificate certificate, double? value) =>
        certificate.ErasedBy == ErasureCertificate.ByModel ? "" : $", {Number(value)} without the map";

    private static string Number(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "withheld";
}
