using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Tables;

/// <summary>What describes a data set and is no table: the files of YOLO and Pascal VOC.</summary>
public sealed class DataSetDescriptionTests
{
    [Theory]
    [InlineData("data.yaml", "path: faces\ntrain: images/train\nnc: 3\nnames: ['asian', 'black', 'white']\n")]
    [InlineData("data.yaml", "path: faces\ntrain: images/train\nnames:\n  0: asian\n  1: black\n  2: white\n")]
    [InlineData("classes.txt", "asian\nblack\nwhite\n")]
    [InlineData("faces.names", "asian\nblack\nwhite\n")]
    [InlineData("label_map.pbtxt", "item {\n  id: 1\n  name: 'asian'\n}\nitem {\n  id: 2\n  name: 'black'\n}\nitem {\n  id: 3\n  name: 'white'\n}\n")]
    public void The_classes_of_a_data_set_are_found(string path, string text) =>
        Assert.Contains(
            Product.Scan(Product.FaceService, (path, text)).Findings,
            finding => finding.Level == Level.Error && finding.Match.StartsWith("asian, black", StringComparison.Ordinal));

    [Theory]
    [InlineData("data.yaml", "path: faces\nnames: ['face', 'glasses', 'mask']\n")]
    [InlineData("classes.txt", "face\nglasses\nmask\n")]
    public void The_classes_of_a_data_set_without_a_tag_are_clean(string path, string text) =>
        Assert.Empty(Product.Scan(Product.FaceService, (path, text)).Findings);
}
