namespace Untag.Scan.Reading.Interfaces;

/// <summary>The ways of mapping objects to tables that are known. To add one, add it here.</summary>
internal static class TableMappings
{
    private static readonly string[] PythonFields =
        ["CharField", "TextField", "StringField", "IntegerField", "IntField", "SmallIntegerField", "PositiveSmallIntegerField",
         "BooleanField", "FloatField", "DateTimeField", "ImageField", "FileField", "JSONField", "BinaryField", "UUIDField",
         "ForeignKey", "ForeignKeyField", "ManyToManyField", "OneToOneField", "ListField", "AutoField"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TableMapping> All { get; } =
    [
        new()
        {
            Name = "Django", Language = "python", Bases = ["Model", "TimeStampedModel", "Document"], BodyHolds = PythonFields,
            TableNames = ["db_table", "table_name"], CallNames = "model", TableArguments = ["model_name", "name"],
            Calls = ["CreateModel", "AddField", "AlterField", "RenameField", "RemoveField"],
        },
        new()
        {
            Name = "SQLAlchemy", Language = "python", Bases = ["Base", "DeclarativeBase", "Model", "MappedAsDataclass"],
            BodyHolds = ["Column", "mapped_column", "Mapped"], TableNames = ["__tablename__"],
            Calls = ["Table"], CallHolds = ["Column"],
        },
        new() { Name = "SQLModel", Language = "python", Bases = ["table"], TableNames = ["__tablename__"] },
        new()
        {
            Name = "Alembic", Language = "python", CalledOn = ["op"], TableArguments = ["table_name"],
            Calls = ["create_table", "add_column", "alter_column", "drop_column", "batch_alter_table", "drop_table"],
        },
        new()
        {
            Name = "Rails", Language = "ruby", Bases = ["ApplicationRecord", "ActiveRecord"], OtherBases = ["Migration"],
            TableNames = ["table_name"],
            Calls = ["create_table", "change_table", "add_column", "change_column", "rename_column", "remove_column"],
        },
        new()
        {
            Name = "Entity Framework", Language = "csharp", Annotations = ["Table", "Keyless"], TableNames = ["Table"],
            TableArguments = ["table", "name"],
            Calls = ["CreateTable", "AddColumn", "AlterColumn", "DropColumn", "RenameColumn"],
        },
        new()
        {
            Name = "Entity Framework", Language = "csharp", Bases = ["IEntityTypeConfiguration"], IsDefinedByFunctions = true,
            TableNames = ["ToTable"], Calls = ["Entity"], CalledOn = ["modelBuilder", "builder"], CallNames = "model",
        },
        new()
        {
            Name = "JPA and Hibernate", Language = "java", TableNames = ["Table"],
            Annotations = ["Entity", "Embeddable", "MappedSuperclass", "Table"],
        },
        new()
        {
            Name = "JPA, Room and Exposed", Language = "kotlin", TableNames = ["Table", "tableName"],
            Annotations = ["Entity", "Embeddable", "MappedSuperclass", "Table"],
            Bases = ["Table", "IntIdTable", "LongIdTable", "UUIDTable"],
        },
        new() { Name = "TypeORM", Language = "javascript", Annotations = ["Entity", "ChildEntity"], TableNames = ["Entity"] },
        new()
        {
            Name = "Sequelize", Language = "javascript", Bases = ["Model"], BodyHolds = ["Column"], TableNames = ["tableName"],
            Calls = ["define"], CallHolds = ["DataTypes", "Sequelize"], CallNames = "model",
        },
        new()
        {
            Name = "Sequelize", Language = "javascript", TableNames = ["tableName"],
            Calls = ["init"], CallHolds = ["DataTypes", "Sequelize"], CallNames = "model", IsCalledOnModel = true,
        },
        new()
        {
            Name = "Sequelize, Knex, TypeORM, Drizzle", Language = "javascript", TableArguments = ["name"],
            Calls = ["createTable", "alterTable", "addColumn", "changeColumn", "removeColumn", "renameColumn",
                "pgTable", "mysqlTable", "sqliteTable"],
        },
        new()
        {
            Name = "Laravel", Language = "php", Bases = ["Model", "Authenticatable", "Pivot"], TableNames = ["$table"],
            BodyHolds = ["$fillable", "$table", "$casts", "$guarded", "$hidden", "hasMany", "hasOne", "belongsTo"],
            Calls = ["create", "table"], CalledOn = ["Schema"],
        },
        new() { Name = "GORM", Language = "go", BodyHolds = ["gorm"] },
    ];

    /// <summary>Those of each language.</summary>
    public static IReadOnlyDictionary<string, TableMapping[]> ByLanguage { get; } =
        All.GroupBy(mapping => mapping.Language).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
}
