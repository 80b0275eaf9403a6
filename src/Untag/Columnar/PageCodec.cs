namespace Untag.Columnar;

/// <summary>How the pages of a column are compressed, with the numbers of Parquet.</summary>
internal enum PageCodec
{
    Uncompressed = 0,
    Snappy = 1,
    Gzip = 2,
    Lzo = 3,
    Brotli = 4,
    Lz4Hadoop = 5,
    Zstandard = 6,
    Lz4 = 7,
}
