namespace Untag.Audit.Judging;

/// <summary>How many people would settle what is insufficient: the width of an interval falls with the root of their number.</summary>
public static class PeopleNeeded
{
    /// <summary>More than this is no answer to anybody.</summary>
    public const long Most = 10_000_000;

    /// <summary>People that make the interval so narrow that it lies on one side of the tolerance, if the value stays.</summary>
    /// <param name="people">People that there are.</param>
    /// <param name="reach">How far the interval reaches from the value towards the tolerance.</param>
    /// <param name="distance">How far the value lies from the tolerance.</param>
    /// <param name="least">The smallest answer.</param>
    /// <returns>Rounded up to two digits; null when it would be more than <see cref="Most"/>.</returns>
    public static long? For(long people, double reach, double distance, long least)
    {
        var ratio = distance > 0 ? reach / distance : double.PositiveInfinity;
        var needed = Math.Max(least, Math.Max(1, people) * ratio * ratio);
        return needed <= Most ? RoundedUp((long)Math.Ceiling(needed)) : null;
    }

    private static long RoundedUp(long number)
    {
        long unit = 1;
        while (number / unit >= 100)
            unit *= 10;
        return (number + unit - 1) / unit * unit;
    }
}
