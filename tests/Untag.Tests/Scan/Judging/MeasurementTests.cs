using Untag.Scan;

namespace Untag.Tests.Scan.Judging;

/// <summary>Products that measure bias between groups, and products that only speak of it.</summary>
public sealed class MeasurementTests
{
    // Court records with the group of each defendant, as they are published to show the bias of a risk score.
    private static readonly (string, string) Table = (
        "records.csv",
        "face_id,sex,age,race,decile_score\n1,Male,30,Caucasian,1\n2,Male,31,African-American,2\n3,Female,32,Hispanic,3\n4,Male,33,Asian,4\n");

    private static readonly (string, string) Study = (
        "study.py",
        """
        frame = load("records.csv")
        for group in ["African-American", "Caucasian", "Hispanic"]:
            print("bias", group, false_positive_rate(frame[frame.race == group]), disparity(frame))
        """);

    private static readonly (string, string) Labels = (
        "labels.py", "LABELS = ['White', 'Black', 'East Asian', 'Indian', 'Middle Eastern']  # classes of the face model\n");

    private static readonly (string, string) Readme = (
        "README.md",
        "# Race of a face\nWe thought about fairness, bias and disparity between ethnic groups before we released this.\n");

    private static readonly (string, string) Audit = ("audit.py", "import fairlearn\n");

    private static readonly (string, string) Prediction = ("predict.py", "ethnicity_pred = net.predict(face_image)\n");

    [Fact]
    public void A_table_that_a_study_of_bias_reads_is_a_note()
    {
        var report = Product.Scan(Product.FaceService, Study, Table);
        Assert.Contains(report.Findings, finding => finding.Path == Table.Item1);
        Assert.All(report.Findings, finding => Assert.Equal(FindingClass.FairnessUse, finding.Class));
    }

    [Fact]
    public void The_same_table_without_a_study_is_an_error() =>
        AssertError(Table.Item1, Product.Scan(Product.FaceService, Table));

    [Fact]
    public void A_study_of_bias_beside_labels_does_not_excuse_the_labels() =>
        AssertError(Labels.Item1, Product.Scan(Product.FaceService, Study, Labels));

    [Fact]
    public void A_table_beside_code_that_computes_the_trait_is_an_error_though_a_study_reads_it() =>
        AssertError(Table.Item1, Product.Scan(Product.FaceService, Study, Table, Prediction));

    [Fact]
    public void A_README_about_fairness_excuses_nothing() =>
        AssertError(Labels.Item1, Product.Scan(Product.FaceService, Readme, Labels));

    [Fact]
    public void A_README_about_fairness_excuses_no_prediction_whatever_else_the_code_measures() =>
        AssertError(Prediction.Item1, Product.Scan(Product.FaceService, Readme, Audit, Prediction));

    [Fact]
    public void A_README_about_fairness_confirms_what_the_code_hints_at()
    {
        var report = Product.Scan(Product.FaceService, Readme, Audit, Labels);
        Assert.All(report.Findings, finding => Assert.Equal(Level.Note, finding.Level));
    }

    [Fact]
    public void Comments_about_fairness_in_the_file_of_the_labels_excuse_nothing() =>
        AssertError(Labels.Item1, Product.Scan(
            Product.FaceService, (Labels.Item1, "# fairlearn, aif360: fairness, demographic parity\n" + Labels.Item2)));

    private static void AssertError(string path, ScanReport report) => Assert.True(
        report.Findings.Any(finding => finding.Path == path && finding.Level == Level.Error), Product.Describe(report));
}
