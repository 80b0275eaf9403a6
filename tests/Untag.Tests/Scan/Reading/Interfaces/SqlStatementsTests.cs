using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Interfaces;

public sealed class SqlStatementsTests
{
    [Theory]
    [InlineData("CREATE TABLE face_events (id int, race text);", "column face_events.race")]
    [InlineData("create table if not exists public.face_events (\n  price numeric(10, 2),\n  race text -- as the model says\n)", "column public.face_events.race")]
    [InlineData("CREATE TABLE [dbo].[FaceEvents]([Id] [int] NOT NULL,[race] [nvarchar](20))", "column dbo.FaceEvents.race")]
    [InlineData("CREATE TABLE `faces` (`race` enum('a','b') DEFAULT 'a', KEY `k` (`id`))", "column faces.race")]
    [InlineData("CREATE TABLE faces (id int, CONSTRAINT known CHECK (race IN ('a')))", "table faces")]
    [InlineData("CREATE TABLE faces AS SELECT race FROM seen", "table faces")]
    [InlineData("ALTER TABLE ONLY faces ADD COLUMN IF NOT EXISTS age int, ADD race text;", "column faces.race")]
    [InlineData("ALTER TABLE faces\n  ALTER COLUMN age TYPE int,\n  DROP COLUMN race", "column faces.race")]
    [InlineData("ALTER TABLE faces ADD CONSTRAINT known CHECK (race = 'a')", "table faces")]
    [InlineData("CREATE OR REPLACE VIEW report AS SELECT race FROM faces", "view report")]
    [InlineData("CREATE MATERIALIZED VIEW report AS SELECT race FROM faces", "view report")]
    [InlineData("CREATE TYPE face_group AS ENUM ('race')", "enum face_group")]
    [InlineData("CREATE TYPE face_group AS (race text)", "type face_group")]
    [InlineData("CREATE UNIQUE INDEX by_group ON faces (race)", "index by_group")]
    [InlineData("CREATE FUNCTION report() RETURNS text AS $$ SELECT race FROM faces $$", "function report")]
    [InlineData("DO $$ BEGIN CREATE TYPE g AS ENUM ('race'); END $$;", "enum g")]
    [InlineData("INSERT INTO galleries (name) VALUES ('race')", "INSERT INTO galleries")]
    [InlineData("INSERT IGNORE INTO galleries VALUES ('race')", "INSERT INTO galleries")]
    [InlineData("UPDATE faces SET race = 1", "UPDATE faces")]
    [InlineData("DELETE FROM faces WHERE race = 1", "DELETE FROM faces")]
    [InlineData("SELECT race, (SELECT max(a) FROM ages) FROM faces f WHERE id = 1", "SELECT FROM faces")]
    [InlineData("WITH old AS (SELECT id FROM past) SELECT race FROM faces", "SELECT FROM faces")]
    [InlineData("COMMENT ON COLUMN faces.group IS 'race'", "column faces.group")]
    public void A_name_stands_in_what_its_statement_defines_or_asks(string text, string inner) =>
        Assert.Equal((inner, SectionRole.Stored), Sections.Of("a.sql", text, "race"));

    [Theory]
    [InlineData("INSERT INTO a VALUES (1); UPDATE b SET race = 2", "UPDATE b")]
    [InlineData("INSERT INTO a VALUES (1)\nGO\nUPDATE b SET race = 2", "UPDATE b")]
    [InlineData("INSERT INTO a VALUES (1)\n  ON CONFLICT (id) DO\n  UPDATE SET race = 2", "INSERT INTO a")]
    [InlineData("INSERT INTO a\nSELECT race\nFROM b", "INSERT INTO a")]
    [InlineData("UPDATE a SET b = 1; -- the end\nUPDATE c SET race = 2", "UPDATE c")]
    public void A_statement_ends_where_the_next_begins_with_or_without_a_semicolon(string text, string inner) =>
        Assert.Equal(inner, Sections.Of("a.sql", text, "race").Inner);

    [Theory]
    [InlineData("UPDATE a SET b = 1;\n-- remark\nUPDATE c SET d = 2", "UPDATE c")]
    [InlineData("UPDATE a SET b = 1; -- remark\nUPDATE c SET d = 2", "UPDATE a")]
    [InlineData("CREATE TABLE a (b int, -- remark\n c int)", "column a.b")]
    [InlineData("CREATE TABLE a (b int,\n -- remark\n c int)", "column a.c")]
    [InlineData("CREATE TABLE a (b int -- remark\n, c int)", "column a.b")]
    public void A_comment_speaks_of_its_line_or_of_what_stands_below(string text, string inner) =>
        Assert.Equal(inner, Sections.Of("a.sql", text, "remark").Inner);
}
