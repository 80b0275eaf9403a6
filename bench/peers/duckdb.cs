#:package DuckDB.NET.Data.Full@1.5.6.1

// DuckDB for bench/audit.sh: makes the tables, and counts what an audit counts.
//   version
//   table ROWS FILE       .parquet or .csv, the same in every run
//   parts COUNT FOLDER    tables of 200 people who are in no other
//   each FILE             a grouped count for each output
//   sets FILE             all of them in one query
//   scores ROWS FILE      a table whose outputs are numbers of which no two are alike
//   bins FILE             counts of each of them in 16,384 classes
using DuckDB.NET.Data;

string[] outputs = [.. Enumerable.Range(0, 10).Select(i => $"o{i}")];
using var connection = new DuckDBConnection("Data Source=:memory:");
connection.Open();
switch (args[0])
{
    case "version":
        Count("SELECT version()", row => Console.WriteLine($"DuckDB {row.GetString(0)}"));
        break;
    case "table":
        Count($"COPY ({Rows(0, long.Parse(args[1]))}) TO '{args[2]}' ({(args[2].EndsWith(".parquet") ? "FORMAT parquet" : "FORMAT csv, HEADER")})");
        break;
    case "parts":
        Directory.CreateDirectory(args[2]);
        for (var part = 0; part < int.Parse(args[1]); part++)
            Count($"COPY ({Rows(200 * part, 200)}) TO '{args[2]}/{part:0000}.csv' (FORMAT csv, HEADER)");
        break;
    case "each":
        foreach (var output in outputs)
            Count($"SELECT \"group\", {output}, count(*) FROM '{args[1]}' GROUP BY ALL");
        Count($"SELECT \"group\", o0 >= 5 AS alert, truth, count(*) FROM '{args[1]}' GROUP BY ALL");
        break;
    case "sets":
        Count($"SELECT \"group\", alert, truth, {string.Join(", ", outputs)}, count(*) FROM (SELECT *, o0 >= 5 AS alert FROM '{args[1]}') "
            + $"GROUP BY GROUPING SETS ({string.Join(", ", outputs.Select(output => $"(\"group\", {output})"))}, (\"group\", alert, truth))");
        break;
    case "scores":
        Count($"COPY ({Scores(long.Parse(args[1]))}) TO '{args[2]}' ({(args[2].EndsWith(".parquet") ? "FORMAT parquet" : "FORMAT csv, HEADER")})");
        break;
    case "bins":
        foreach (var output in outputs)
            Count($"SELECT \"group\", floor({output} * 16384) AS bin, count(*) FROM '{args[1]}' GROUP BY ALL");
        break;
    default:
        throw new ArgumentException(args[0]);
}

// The lot is a hash of the row: the same on every machine. The last output says a little of the group.
static string Rows(long first, long count)
{
    string Lot(int number, int below) => $"(hash(i * 16 + {number}) % {below})::INTEGER";
    var columns = Enumerable.Range(0, 9).Select(c => $"{Lot(c, 10)} AS o{c}")
        .Append($"CASE WHEN {Lot(10, 8)} = 0 THEN {Lot(12, 8)} ELSE {Lot(9, 10)} END AS o9");
    return $"SELECT i AS person, 'group-' || {Lot(12, 8)} AS \"group\", {Lot(13, 2)} AS truth, {string.Join(", ", columns)} "
        + $"FROM range({first}, {first + count}) AS lot(i)";
}

// Numbers between 0 and 1 with all their bits.
static string Scores(long count) => "SELECT 'group-' || hash(i * 16 + 12) % 8 AS \"group\", "
    + string.Join(", ", Enumerable.Range(0, 10).Select(c => $"hash(i * 16 + {c}) / 18446744073709551616.0::DOUBLE AS o{c}"))
    + $" FROM range({count}) AS lot(i)";

void Count(string query, Action<System.Data.Common.DbDataReader>? tell = null)
{
    using var command = connection.CreateCommand();
    command.CommandText = query;
    using var reader = command.ExecuteReader();
    while (reader.Read())
        tell?.Invoke(reader);
}
