namespace Untag.Scan.Containers.SevenZip;

/// <summary>The bytes of one file in a folder.</summary>
/// <param name="Bytes">How many.</param>
/// <param name="Checksum">Their CRC-32; null when none is stated.</param>
internal readonly record struct SevenZipPart(long Bytes, uint? Checksum);
