using System.Diagnostics;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Interfaces;

public sealed class MappedTablesTests
{
    /// <summary>What each mapping is known by: the file, its text, and the section in which the trait stands.</summary>
    public static TheoryData<string, string, string> Tables => new()
    {
        { "models.py", "class Face(models.Model):\n    race = models.CharField(max_length=9)\n", "model Face" },
        { "models.py", "class Face(models.Model):\n    race = models.CharField()\n    class Meta:\n        db_table = 'faces'\n", "table faces" },
        { "0001.py", "operations = [migrations.AddField(model_name='face', name='race', field=models.CharField())]", "model face" },
        { "0001.py", "migrations.CreateModel(name='Face', fields=[('race', models.CharField())])", "model Face" },
        { "models.py", "class Face(Base):\n    __tablename__ = 'faces'\n    race: Mapped[str] = mapped_column()\n", "table faces" },
        { "models.py", "class Face(db.Model):\n    race = db.Column(db.String)\n", "model Face" },
        { "models.py", "faces = Table('faces', metadata, Column('race', String))", "table faces" },
        { "models.py", "class Face(SQLModel, table=True):\n    race: str\n", "model Face" },
        { "0001.py", "def upgrade():\n    op.add_column('faces', sa.Column('race', sa.String()))\n", "table faces" },
        { "0001.py", "with op.batch_alter_table('faces') as batch_op:\n    batch_op.add_column(sa.Column('race'))\n", "table faces" },
        { "0001_faces.rb", "create_table :faces do |t|\n  t.string :race\nend", "table faces" },
        { "schema.rb", "create_table \"faces\", force: :cascade do |t|\n  t.string \"race\"\nend", "table faces" },
        { "0002_race.rb", "add_column :faces,\n  :race, :string", "table faces" },
        { "face.rb", "class Face < ApplicationRecord\n  self.table_name = 'seen'\n  validates :race\nend", "table seen" },
        { "Face.cs", "[Table(\"faces\")]\npublic class Face { public string race { get; set; } }", "table faces" },
        { "Migration.cs", "migrationBuilder.AddColumn<string>(name: \"race\", table: \"faces\", nullable: true);", "table faces" },
        { "Migration.cs", "b.CreateTable(name: \"faces\", columns: table => new { race = table.Column<string>() });", "table faces" },
        { "Context.cs", "modelBuilder.Entity<Face>(e => { e.Property(f => f.race); });", "model Face" },
        { "FaceMap.cs", "class FaceMap : IEntityTypeConfiguration<Face> { void Configure(B b) { b.ToTable(\"faces\"); b.Property(f => f.race); } }", "table faces" },
        { "Face.java", "@Entity\n@Table(schema = \"s\", name = \"faces\")\npublic class Face extends Seen { @Column private String race; }", "table faces" },
        { "Face.kt", "import androidx.room.Entity\n@Entity(tableName = \"faces\")\ndata class Face(@PrimaryKey val id: Int, val race: String)", "table faces" },
        { "Faces.kt", "object Faces : Table(\"faces\") { val race = varchar(9) }", "table faces" },
        { "face.ts", "import { Entity } from 'typeorm'\n@Entity({ name: 'faces' })\nexport class Face { @Column() race: string }", "table faces" },
        { "face.js", "const Face = sequelize.define('Face', { race: DataTypes.STRING })", "model Face" },
        { "face.js", "Face.init({ race: DataTypes.STRING }, { sequelize })", "model Face" },
        { "0001.js", "await queryInterface.addColumn('faces', 'race', { type: Sequelize.STRING })", "table faces" },
        { "0001.ts", "await queryRunner.createTable(new Table({ name: 'faces', columns: [{ name: 'race' }] }))", "table faces" },
        { "0001.php", "<?php Schema::create('faces', function (Blueprint $table) { $table->string('race'); });", "table faces" },
        { "Face.php", "<?php class Face extends Model { protected $table = 'faces'; protected $fillable = ['race']; }", "table faces" },
        { "face.go", "type Face struct {\n  ID uint\n  race string `json:\"r\" gorm:\"column:r\"`\n}", "model Face" },
        { "schema.prisma", "model Face {\n  id Int @id\n  race String? @map(\"r\")\n}", "model Face" },
        { "schema.prisma", "enum Kind { race }", "enum Kind" },
        { "schema.prisma", "model Face {\n  race String\n  @@map(\"faces\")\n}", "table faces" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_name_stands_in_the_table_that_the_code_defines(string path, string text, string inner) =>
        Assert.Equal((inner, SectionRole.Stored), Sections.Of(path, text, "race"));

    [Theory]
    [InlineData("net.py", "class Race(keras.models.Model):\n    def call(self, race): return self.head(x)\n")]
    [InlineData("models.py", "copy = Table(name, metadata, Column(text), schema='race')")]
    [InlineData("models.py", "from models import (CreateModel, kept)\nrace = 1\n")]
    [InlineData("view.py", "table = Table('faces')\nrace = 1\n")]
    [InlineData("api.py", "class Face(Base):\n    race: str\n")]
    [InlineData("tool.py", "def add_column(op, name='a'):\n    race = 1\n")]
    [InlineData("panel.js", "define('panel', ['race'])")]
    [InlineData("Face.java", "import javax.persistence.Entity;\npublic class Face { private String race; }")]
    [InlineData("Face.ts", "@Entity('faces') class Camera { place: string }\nclass Face { race: string }")]
    [InlineData("Face.cs", "[Table(\"cameras\")] class Camera { string Place { get; set; } }\nclass Face { string race; }")]
    [InlineData("face.go", "type Face struct { race string `json:\"r\"` }")]
    [InlineData("face.rb", "class Face < Struct\n  def race; end\nend")]
    [InlineData("0001.rb", "class AddRace < ActiveRecord::Migration[8.0]\n  def change\n    execute 'race'\n  end\nend")]
    [InlineData("a.php", "<?php $this->create('race');")]
    public void Other_code_defines_no_table(string path, string text) =>
        Assert.Equal((null, SectionRole.None), Sections.Of(path, text, "race"));

    [Theory]
    [InlineData("models.py", "class Face(models.Model):\n    a = models.CharField()\n    def tell(self):\n        race = 1\n    b = models.CharField()\n")]
    [InlineData("face.rb", "class Face < ApplicationRecord\n  def tell\n    race = 1\n  end\nend")]
    [InlineData("Face.java", "@Entity class Face { String a; String tell() { int race = 1; } }")]
    public void What_a_function_of_a_model_does_is_not_what_its_table_holds(string path, string text) =>
        Assert.Equal(("model Face", SectionRole.None), Sections.Of(path, text, "race"));

    [Theory]
    [InlineData("schema.rb", "create_table :faces do |t|\n  t.integer :a do\n  end\nend\nrace = 1", null)]
    [InlineData("schema.rb", "class A < ApplicationRecord\n  def a; end\n  scope :race\nend", "model A")]
    [InlineData("schema.rb", "class A < ApplicationRecord; end\nclass B < ApplicationRecord\n  scope :race\nend", "model B")]
    public void A_block_in_Ruby_ends_as_far_left_as_it_begins(string path, string text, string? inner) =>
        Assert.Equal(inner, Sections.Of(path, text, "race").Inner);

    [Theory]
    [InlineData("a.rb", "create_table :a do ")]
    [InlineData("a.rb", "create_table :a do\n")]
    [InlineData("a.rb", "class A < ApplicationRecord\n")]
    [InlineData("a.java", "@Entity class A { ")]
    [InlineData("a.ts", "createTable('a', ")]
    [InlineData("a.go", "type A struct { ")]
    [InlineData("a.py", "op.create_table('a', ")]
    [InlineData("a.sql", "CREATE TABLE a (")]
    [InlineData("a.sql", "CREATE TABLE a (b [int], ")]
    [InlineData("a.graphql", "type A { a(b: ")]
    [InlineData("a.proto", "service A { rpc B (")]
    [InlineData("a.prisma", "model A { map ")]
    public void Definitions_without_end_take_no_time(string path, string text)
    {
        var watch = Stopwatch.StartNew();
        Read.File(path, string.Concat(Enumerable.Repeat(text, 20_000)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void Code_behind_a_model_is_outside_of_it() => Assert.Equal(
        (null, SectionRole.None),
        Sections.Of("models.py", "class Face(models.Model):\n    a = models.CharField()\n\nrace = 1\n", "race"));
}
