using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Untag.TransparencyLog.Notes;

/// <summary>The bytes that go under a signature of each kind.</summary>
internal static class SignedMessage
{
    /// <summary>The text itself.</summary>
    public static byte[] OfNote(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Two lines with the time, then the text (tlog-cosignature, “Ed25519 signed message”).</summary>
    public static byte[] OfCosignature(string text, ulong time) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    /// <summary>The structure <c>cosigned_message</c> of a whole tree (tlog-cosignature, “ML-DSA-44 signed message”).</summary>
    /// <exception cref="FormatException">The name or the origin has more than 255 bytes.</exception>
    public static byte[] OfPostQuantumCosignature(string name, Checkpoint checkpoint, ulong time)
    {
        var message = new MemoryStream();
        message.Write("subtree/v1\n\0"u8);
        Opaque(name);
        Number(time);
        Opaque(checkpoint.Origin);
        Number(0);
        Number(checkpoint.Size);
        Span<byte> root = stackalloc byte[Trees.TreeHash.Length];
        checkpoint.Root.Write(root);
        message.Write(root);
        return message.ToArray();

        void Opaque(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length is 0 or > byte.MaxValue)
                throw new FormatException("a name of more than 255 bytes cannot be cosigned");
            message.WriteByte((byte)bytes.Length);
            message.Write(bytes);
        }

        void Number(ulong number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
            message.Write(bytes);
        }
    }
}
