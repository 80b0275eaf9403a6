using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Resources;

/// <summary>Resources that are written as text, by hand or by their tool: where a tag in them is found.</summary>
public sealed class TextResourcesTests
{
    public static TheoryData<string, string, string[]> Files => new()
    {
        {
            "res/values/arrays.xml",
            "<resources>\n<string-array name=\"face_groups\">\n<item>Asian</item>\n<item>Caucasian</item>\n"
                + "<item>Hispanic</item>\n</string-array>\n</resources>",
            ["3 string-array face_groups"]
        },
        {
            "res/layout/panel.xml",
            "<LinearLayout xmlns:android=\"http://schemas.android.com/apk/res/android\">\n"
                + "<TextView android:text=\"种族\"\n android:id=\"@+id/row_4\" />\n</LinearLayout>",
            ["2 TextView row_4"]
        },
        {
            "Panel.xaml",
            "<StackPanel xmlns:x=\"http://schemas.microsoft.com/winfx/2006/xaml\">\n<Label Content=\"Ethnicity\" x:Name=\"row4\" />\n"
                + "<sys:String x:Key=\"Row4\">种族</sys:String>\n</StackPanel>",
            ["2 Label row4", "3 String Row4"]
        },
        { "Panel.axaml", "<Window>\n<TextBlock Text=\"Ethnicity\" Name=\"row4\"/>\n</Window>", ["2 TextBlock row4"] },
        {
            "gtk.ui",
            "<interface>\n<object class=\"GtkLabel\" id=\"row_4\">\n<property name=\"label\">Ethnicity</property>\n</object>\n</interface>",
            ["3 object row_4"]
        },
        {
            "Main.storyboard", "<document>\n<label text=\"Ethnicity\" id=\"abc-12-xyz\"><rect key=\"frame\"/></label>\n</document>",
            ["2 label abc-12-xyz"]
        },
        {
            "zh.xlf",
            "<xliff version=\"1.2\">\n<file original=\"race.cpp\">\n<trans-unit id=\"7\" resname=\"row_4\">\n"
                + "<source>Ethnicity: <g id=\"1\">{0}</g></source>\n<target><g id=\"1\">种族</g></target>\n</trans-unit>\n</file>\n</xliff>",
            ["4 trans-unit row_4", "5 trans-unit row_4"]
        },
        {
            "panel_zh.ts",
            "<!DOCTYPE TS>\n<TS version=\"2.1\">\n<context><name>Panel</name>\n<message>"
                + "<location filename=\"../ethnicity.cpp\" line=\"7\"/>\n<source>Row</source>\n<translation>种族</translation></message>\n</context></TS>",
            ["6 context Panel"]
        },
        { "zh-Hans.lproj/Localizable.strings", "\"row.4\" = \"\\U79cd\\U65cf: %@\";\nother = \"x\";", ["1 key row.4"] },
        { "Localizable.strings", "/* ethnicity of the face */\nrow4\n  =\n  \"x\";\nrow5 = \"Ethnicity\";", ["1", "5 key row5"] },
        {
            "Info.plist", "<plist>\n<dict>\n<key>NSCameraUsageDescription</key>\n<string>To see your ethnicity</string>\n</dict>\n</plist>",
            ["4 key NSCameraUsageDescription"]
        },
        {
            "Localizable.xcstrings",
            "{\"sourceLanguage\": \"en\", \"strings\": {\"Row 4\": {\"localizations\": {\n\"zh-Hans\": {\"stringUnit\": "
                + "{\"state\": \"translated\", \"value\": \"种族\"}},\n\"es\": {\"stringUnit\": {\"value\": \"Etnia\"}}}}}}",
            ["2 key Row 4.zh-Hans", "3 key Row 4.es"]
        },
        { "app_zh.arb", "{\n\"@@locale\": \"zh\",\n\"row4\": \"种族\"\n}", ["3 key row4"] },
        { "locales/zh/panel.json", "{\"rows\": [{\"age\": \"年龄\", \"n\": 5},\n{\"last\": \"种族\"}]}", ["2 key rows.last"] },
        { "_locales/en/messages.json", "{\"row4\": {\n\"message\": \"Ethnicity\"}}", ["2 key row4.message"] },
        { "config/locales/zh-CN.yml", "zh-CN:\n  face:\n    age: 年龄\n    row4: 种族\n", ["4 key zh-CN.face.row4"] },
        { "src/main/resources/messages.properties", "panel.age=Age\npanel.row4=\\u79cd\\u65cf\n", ["2 key panel.row4"] },
        { "FacePanel_zh_CN.properties", "row3=\\u5e74\\u9f84\nrow4 = \\u79cd\\u65cf\n", ["2 key row4"] },
        {
            "zh.po", "#. The last row\nmsgctxt \"panel\"\nmsgid \"\"\n\"Row \"\n\"four\"\nmsgstr[0] \"种族\"\n\n#: race.c:7\nmsgid \"b\"\nmsgstr \"c\"\n",
            ["6 message Row four"]
        },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_tag_is_found_at_its_line_with_the_key_of_its_resource(string path, string text, string[] places)
    {
        var report = Product.Scan(Product.FaceService, (path, text));
        Assert.Empty(report.Skipped);
        Assert.All(report.Findings, finding => Assert.Equal((path, FindingKind.Ui), (finding.Path, finding.Kind)));
        Assert.Equal(places, report.Findings.Select(finding => $"{finding.Line} {finding.Inner}".Trim()));
        Assert.Contains(report.Findings, finding => finding is { Level: Level.Error, Rule: "UT0107" });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Without_the_tag_nothing_is_found(string path, string text, string[] places)
    {
        Assert.NotEmpty(places);
        foreach (var tag in new[] { "Ethnicity", "ethnicity", "种族", "\\u79cd\\u65cf", "\\U79cd\\U65cf", "Etnia", "Asian", "Caucasian", "Hispanic" })
            text = text.Replace(tag, "glasses", StringComparison.Ordinal);
        var report = Product.Scan(Product.FaceService, (path, text));
        Assert.True(report.Findings.Count == 0, Product.Describe(report));
    }

    // In every language of the policy, by the writer of .NET itself.
    [Theory]
    [InlineData("ar", "العرقية")]
    [InlineData("de", "Ethnische Zugehörigkeit")]
    [InlineData("en", "Ethnicity")]
    [InlineData("es", "Origen étnico")]
    [InlineData("fa", "قومیت")]
    [InlineData("fr", "Origine ethnique")]
    [InlineData("hi", "जातीयता")]
    [InlineData("id", "Suku bangsa")]
    [InlineData("it", "Origine etnica")]
    [InlineData("ja", "エスニシティ")]
    [InlineData("ko", "인종")]
    [InlineData("nl", "Etniciteit")]
    [InlineData("pl", "Pochodzenie etniczne")]
    [InlineData("pt", "Origem racial")]
    [InlineData("ru", "Этническая принадлежность")]
    [InlineData("tr", "Etnik köken")]
    [InlineData("vi", "Chủng tộc")]
    [InlineData("zh", "种族")]
    public void The_tag_is_found_in_each_language(string language, string word)
    {
        using var compiled = new MemoryStream();
        using (var writer = new System.Resources.ResourceWriter(compiled))
        {
            writer.AddResource("row3", "Age");
            writer.AddResource("row4", $"{word}: {{0}}");
            writer.AddResourceData("picture", "Face.Picture, Face", [1, 2, 3]);
            writer.Generate();
            var report = Fixture.Scan(($"Panel.{language}.resources", compiled.ToArray()));
            var finding = Assert.Single(report.Findings);
            Assert.Equal((Level.Error, FindingKind.Ui, "data row4"), (finding.Level, finding.Kind, finding.Inner));
        }

        var strings = Product.Scan(Product.FaceService, ("strings.xml", $"<resources>\n<string name=\"row4\">{word}: %s</string>\n</resources>"));
        Assert.Equal((2, "string row4", Level.Error), Place(Assert.Single(strings.Findings)));
    }

    [Fact]
    public void A_comment_accepts_what_stands_in_a_resource()
    {
        const string Text =
            """
            <resources>
            <!-- untag:allow UT0107 until=2999-01-01 reason="the label of a bias report" -->
            <string name="row4">Ethnicity</string>
            </resources>
            """;
        var finding = Assert.Single(Product.Scan(Product.FaceService, ("strings.xml", Text)).Findings);
        Assert.Equal((3, "string row4", Level.Note), Place(finding));
    }

    [Fact]
    public void A_list_of_settings_is_no_interface()
    {
        var finding = Assert.Single(Product.Scan(
            Product.FaceService, ("Models.plist", "<plist><dict>\n<key>show_ethnicity</key><true/>\n</dict></plist>")).Findings);
        Assert.Equal((FindingKind.Config, 2, "key show_ethnicity"), (finding.Kind, finding.Line, finding.Inner));
    }

    [Fact]
    public void The_same_ending_is_TypeScript()
    {
        var passage = Assert.Single(Read.File("panel.ts", "const ethnicity = (x: number) => x < 3;").Passages);
        Assert.Equal("javascript", passage.Language);
    }

    [Theory]
    [InlineData("form.po", "msgid \"Employee\"\nmsgstr \"员工\"\n\nmsgid \"Ethnic group\"\nmsgstr \"民族\"\n\nmsgid \"Prefer not to say\"\nmsgstr \"\"\n")]
    [InlineData("i18n/en/form.json", "{\"employee\": {\"name\": \"Name\", \"race\": \"Race\", \"ethnicity\": \"Ethnicity\", \"payroll\": \"Payroll\"}}")]
    [InlineData("strings.xml", "<resources><string name=\"employee_race\">Race</string><string name=\"id_card_nation\">民族</string></resources>")]
    [InlineData("Localizable.strings", "\"choose_race\" = \"Choose your race\";\n\"race.elf\" = \"Elf\";\n\"race.orc\" = \"Orc\";\n")]
    [InlineData("locales/en.json", "{\"race\": \"Choose your race\", \"races\": {\"elf\": \"Elf\", \"dwarf\": \"Dwarf\"}, \"weapon\": \"Weapon\"}")]
    public void A_form_and_a_game_without_any_face_give_nothing(string path, string text)
    {
        var report = Product.Scan((path, text));
        Assert.True(report.Findings.Count == 0, Product.Describe(report));
    }

    [Fact]
    public void What_an_identity_card_says_is_a_warning_beside_faces()
    {
        const string Text =
            """
            <resources>
              <string name="id_card_name">姓名</string>
              <string name="id_card_gender">性别</string>
              <string name="id_card_nation">民族</string>
              <string name="id_card_number">公民身份号码</string>
              <string name="id_card_address">住址</string>
              <string name="id_card_authority">签发机关</string>
            </resources>
            """;
        var finding = Assert.Single(Product.Scan(Product.FaceService, ("strings.xml", Text)).Findings);
        Assert.Equal((4, "string id_card_nation", Level.Warning), Place(finding));
    }

    private static (int? Line, string? Inner, Level Level) Place(Finding finding) =>
        (finding.Line, finding.Inner, finding.Level);
}
