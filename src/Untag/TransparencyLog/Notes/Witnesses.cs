namespace Untag.TransparencyLog.Notes;

/// <summary>Witnesses whom a reader trusts.</summary>
public static class Witnesses
{
    /// <summary>The names of those who signed a checkpoint.</summary>
    /// <param name="note">The checkpoint.</param>
    /// <param name="trusted">Their keys.</param>
    /// <exception cref="LogDamageException">A signature claims to be of one of them, and is not.</exception>
    public static IReadOnlyList<string> Of(SignedNote note, IEnumerable<VerifierKey> trusted)
    {
        var names = new List<string>();
        foreach (var witness in trusted)
        {
            var verdict = witness.Check(note);
            if (verdict == NoteVerdict.Forged)
                throw new LogDamageException($"the signature of the witness {witness.Name} is forged");
            if (verdict == NoteVerdict.Valid && !names.Contains(witness.Name)) // one may sign with two keys
                names.Add(witness.Name);
        }

        return names;
    }
}
