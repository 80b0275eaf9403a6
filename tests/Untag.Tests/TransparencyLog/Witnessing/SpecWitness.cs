using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Untag.Tests.Http;

namespace Untag.Tests.TransparencyLog.Witnessing;

/// <summary>A witness written from the text of C2SP tlog-witness, tlog-cosignature and signed-note and of RFC 9162 alone. It shares no
/// code with the library: what it signs, any witness may.</summary>
internal sealed class SpecWitness : IDisposable
{
    private const string Name = "witness.example/w1";
    private const ulong Time = 1_795_000_000;

    private readonly Ed25519PrivateKeyParameters ed25519 = new(SHA256.HashData("w1"u8), 0);
    private readonly MLDsaPrivateKeyParameters mlDsa = MLDsaPrivateKeyParameters.FromSeed(MLDsaParameters.ml_dsa_44, SHA256.HashData("w2"u8));
    private readonly string logName;
    private readonly byte[] logKey;
    private readonly LocalServer server;

    /// <param name="logKey">The verifier key of the one log that it knows.</param>
    /// <param name="certificate">With one it speaks TLS.</param>
    public SpecWitness(string logKey, X509Certificate2? certificate = null)
    {
        var parts = logKey.Split('+', 3);
        logName = parts[0];
        this.logKey = Convert.FromBase64String(parts[2])[1..];
        server = new LocalServer(Answer, certificate);
    }

    /// <summary>The verifier key for its Ed25519 cosignatures.</summary>
    public string Key => Vkey(4, ed25519.GeneratePublicKey().GetEncoded());

    /// <summary>The verifier key for its ML-DSA-44 cosignatures.</summary>
    public string PostQuantumKey => Vkey(6, mlDsa.GetPublicKeyEncoded());

    public Uri Address => server.Address;

    public int Asked => server.Asked;

    /// <summary>Size and root that it signed last.</summary>
    public (long Size, byte[] Root) Last { get; private set; } = (0, SHA256.HashData([]));

    public void Dispose() => server.Dispose();

    private byte[] Answer(string line, byte[] body)
    {
        if (line != "POST /add-checkpoint HTTP/1.1")
            return LocalServer.Http("405 Method Not Allowed", "");
        var request = Encoding.UTF8.GetString(body);
        var end = request.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = request[..end].Split('\n');
        var note = request[(end + 2)..];
        var textEnd = note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1;
        var (text, signatures) = (note[..textEnd], note[(textEnd + 1)..]);
        var checkpoint = text.Split('\n');
        if (checkpoint[0] != logName)
            return LocalServer.Http("404 Not Found", "");
        if (!IsSigned(text, signatures))
            return LocalServer.Http("403 Forbidden", "");
        var old = long.Parse(lines[0]["old ".Length..], CultureInfo.InvariantCulture);
        var size = long.Parse(checkpoint[1], CultureInfo.InvariantCulture);
        var root = Convert.FromBase64String(checkpoint[2]);
        if (old > size)
            return LocalServer.Http("400 Bad Request", "");
        if (old != Last.Size)
            return LocalServer.Http("409 Conflict", string.Create(CultureInfo.InvariantCulture, $"{Last.Size}\n"), "Content-Type: text/x.tlog.size");
        var proof = lines[1..].Select(Convert.FromBase64String).ToList();
        if (old == 0 ? proof.Count > 0 : !IsConsistent(old, size, Last.Root, root, proof))
            return LocalServer.Http("422 Unprocessable Entity", "");
        Last = (size, root);
        return LocalServer.Http("200 OK", $"{Cosign(text)}{CosignPostQuantum(size, root)}");
    }

    private bool IsSigned(string text, string signatures)
    {
        foreach (var line in signatures.TrimEnd('\n').Split('\n'))
        {
            var words = line.Split(' ');
            var signature = Convert.FromBase64String(words[2]);
            if (words[1] != logName || !signature.AsSpan(0, 4).SequenceEqual(Id(logName, 1, logKey)))
                continue;
            var verifier = new Ed25519Signer();
            verifier.Init(false, new Ed25519PublicKeyParameters(logKey));
            verifier.BlockUpdate(Encoding.UTF8.GetBytes(text));
            return verifier.VerifySignature(signature[4..]);
        }

        return false;
    }

    private string Cosign(string text)
    {
        var signer = new Ed25519Signer();
        signer.Init(true, ed25519);
        signer.BlockUpdate(Encoding.UTF8.GetBytes($"cosignature/v1\ntime {Time}\n{text}"));
        return Line(4, ed25519.GeneratePublicKey().GetEncoded(), signer.GenerateSignature());
    }

    private string CosignPostQuantum(long size, byte[] root)
    {
        byte[] message =
        [
            .. "subtree/v1\n\0"u8, (byte)Name.Length, .. Encoding.UTF8.GetBytes(Name), .. Number(Time),
            (byte)logName.Length, .. Encoding.UTF8.GetBytes(logName), .. Number(0), .. Number((ulong)size), .. root,
        ];
        var signer = new MLDsaSigner(MLDsaParameters.ml_dsa_44, deterministic: true);
        signer.Init(true, mlDsa);
        signer.BlockUpdate(message, 0, message.Length);
        return Line(6, mlDsa.GetPublicKeyEncoded(), signer.GenerateSignature());
    }

    private static string Line(byte algorithm, byte[] key, byte[] signature) =>
        $"— {Name} {Convert.ToBase64String([.. Id(Name, algorithm, key), .. Number(Time), .. signature])}\n";

    private static string Vkey(byte algorithm, byte[] key) =>
        $"{Name}+{Convert.ToHexStringLower(Id(Name, algorithm, key))}+{Convert.ToBase64String([algorithm, .. key])}";

    private static byte[] Id(string name, byte algorithm, byte[] key) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', algorithm, .. key])[..4];

    private static byte[] Number(ulong number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }

    // RFC 9162, section 2.1.4.2, in its words.
    private static bool IsConsistent(long first, long second, byte[] firstHash, byte[] secondHash, List<byte[]> path)
    {
        if (first == second)
            return path.Count == 0 && firstHash.SequenceEqual(secondHash);
        if ((first & (first - 1)) == 0)
            path = [firstHash, .. path];
        if (path.Count == 0)
            return false;
        var (fn, sn) = (first - 1, second - 1);
        while ((fn & 1) == 1)
            (fn, sn) = (fn >> 1, sn >> 1);
        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (Node(c, fr), Node(c, sr));
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                sr = Node(sr, c);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && fr.SequenceEqual(firstHash) && sr.SequenceEqual(secondHash);
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
