using Untag.Audit.Tables;
using Untag.Check;
using Untag.Policy;
using Untag.Scan;

namespace Untag.Tests.Check;

public sealed class ProductFileReaderTests
{
    [Fact]
    public void Every_key_of_the_format_is_read()
    {
        using var folder = new ProductFolder(("src/a.py", ""), ("untag.yaml", """
            product: acme-face
            version: 2.3.0
            policy: default
            jurisdictions: [eu, uk, cn]
            role: provider
            ships: [dist/*.whl, models/*.onnx]
            scan:
              paths: [src]
              exclude: [third_party/**]
              limits:
                file-size: 64MiB
                file-time: 5m
                archive-depth: 3
                archive-entries: 1000
                expanded-size: 40GiB
                expansion-ratio: 500
              allow:
                - rule: UT0101
                  path: fairness/**
                  reason: bias measurement on consented test data
                  basis: eu-ai-act-4a
                  no_other_data: synthetic faces miss the error
                  acquisition: panel with consent
                  access: two engineers
                  deletion: after the release
                  approver: compliance@example.com
                  until: 2027-06-30
            audit:
              plan: eval/plan.yaml
              data: eval/decisions.parquet
              group: self_described_group
              person: subject_id
              outputs: [class_17, score]
              embedding: template
              decisions: {alert: score >= 0.62, truth: is_match}
              tolerance: {leak_auc: 0.70}
            erase:
              map: models/erase.npz
            guard:
              listen: 127.0.0.1:8080
              upstream: http://127.0.0.1:9000
              mode: strip
              contract: openapi.yaml
              log: .untag/guard-log
              log_database: env:UNTAG_LOG_DATABASE
              since: kept/checkpoint
              routes:
                - {path: /v2/models/**, mode: block, tensors: [boxes, scores], descriptors: vision.pb}
                - {path: /push, push: true}
                - {path: /camera/**, opaque: [image/JPEG, video/mp4]}
              limits: {reply-body: 8MiB, idle-time: 2m, concurrency: 50}
              tls: {certificate: /etc/guard.pem, key: /etc/guard.key}
              admin: {listen: 127.0.0.1:9901, token: env:GUARD_TOKEN}
            prove:
              key: env:UNTAG_SIGNING_KEY
              valid_days: 180
              attach: [ethics-review.pdf]
            """));
        var read = folder.Read();
        Assert.Empty(read.Errors);
        var product = read.Product!;
        Assert.Equal(("acme-face", "2.3.0", ProductRole.Provider), (product.Product, product.Version, product.Role!.Value));
        Assert.Equal(["eu", "uk", "cn"], product.Jurisdictions);
        Assert.Equal(["dist/*.whl", "models/*.onnx"], product.Ships);
        Assert.Equal(["src"], product.ScanPaths);
        Assert.Equal(["third_party/**"], product.Exclude);
        Assert.Equal(
            new ScanLimits
            {
                FileBytesMax = 64 << 20,
                FileTimeMax = TimeSpan.FromMinutes(5),
                ArchiveDepthMax = 3,
                ArchiveEntriesMax = 1000,
                ExpandedBytesMax = 40L << 30,
                ExpansionRatioMax = 500,
            },
            product.Limits);
        Assert.Equal(product.Limits, ProductScan.Request(product, TagPolicy.Default).Limits);
        var allowance = Assert.Single(product.Allow);
        Assert.Equal(("UT0101", new DateOnly(2027, 6, 30)), (allowance.Finding.Rule, allowance.Finding.Until));
        Assert.Equal("eu-ai-act-4a", allowance.Basis);
        Assert.Equal(["access", "acquisition", "deletion", "no_other_data"], allowance.Stated.Keys);
        var audit = product.Audit!;
        Assert.Equal(((double?)0.70, (double?)null), (audit.LeakAuc, audit.RateGap));
        var decision = Assert.Single(audit.Decisions);
        Assert.Equal(("alert", "score", Comparison.AtLeast, "0.62"), (decision.Name, decision.Column, decision.Comparison, decision.Value));
        Assert.Equal(["eval/decisions.parquet"], audit.Tables);
        Assert.Equal("models/erase.npz", product.Erase!.Map);
        var guard = product.Guard!;
        Assert.Equal(["127.0.0.1:8080"], guard.Listen);
        Assert.Equal(("http://127.0.0.1:9000", "strip", "openapi.yaml"), (guard.Upstream, guard.Mode, guard.Contract));
        Assert.Equal((".untag/guard-log", "env:UNTAG_LOG_DATABASE", "kept/checkpoint"), (guard.Log, guard.LogDatabase, guard.Since));
        Assert.Equal(["/v2/models/**", "/push", "/camera/**"], guard.Routes.Select(route => route.Path));
        Assert.Equal(("block", "vision.pb", false, true), (guard.Routes[0].Mode, guard.Routes[0].Descriptors, guard.Routes[0].Push, guard.Routes[1].Push));
        Assert.Equal(["boxes", "scores"], guard.Routes[0].Tensors);
        Assert.Equal(["image/jpeg", "video/mp4"], guard.Routes[2].Opaque);
        Assert.Equal(new GuardLimits { ReplyBytesMax = 8 << 20, IdleMax = TimeSpan.FromMinutes(2), ConcurrencyMax = 50 }, guard.Limits);
        Assert.Equal((new GuardCertificate("/etc/guard.pem", "/etc/guard.key"), new GuardAdmin("127.0.0.1:9901", "env:GUARD_TOKEN", null)), (guard.Tls!, guard.Admin!));
        Assert.Equal(180, product.Prove!.ValidDays);
    }

    [Fact]
    public void An_empty_file_is_a_product_named_after_its_folder()
    {
        using var folder = new ProductFolder(("untag.yaml", "# nothing yet\n"));
        var read = folder.Read();
        Assert.Empty(read.Errors);
        Assert.Equal(Path.GetFileName(folder.Root), read.Product!.Product);
        Assert.Equal(["."], read.Product.ScanPaths);
    }

    [Theory]
    [InlineData("scan:\n  exlude: [a]\n", 2, "unknown key `exlude` under `scan`", "did you mean `exclude`?")]
    [InlineData("prodcut: x\n", 1, "unknown key `prodcut`", "did you mean `product`?")]
    [InlineData("guard:\n  lisen: x\n", 2, "unknown key `lisen` under `guard`", "did you mean `listen`?")]
    [InlineData("guard:\n  mode: blok\n", 2, "unknown mode `blok`", "did you mean `block`?")]
    [InlineData("guard:\n  log: ../log\n", 2, "`../log` leads out of the product", "write a path below the folder of untag.yaml")]
    [InlineData("guard:\n  log_database: Host=db;Password=x\n", 2, "`log_database` holds the connection itself", "name a file that holds it, or a variable: `log_database: env:UNTAG_LOG_DATABASE`")]
    [InlineData("guard:\n  log_database: postgres://db/untag\n", 2, "`log_database` holds the connection itself", "name a file that holds it, or a variable: `log_database: env:UNTAG_LOG_DATABASE`")]
    [InlineData("guard:\n  limits: {depth: 2000}\n", 2, "`depth: 2000` is no value of this limit", "write a whole number; at most 1000")]
    [InlineData("guard:\n  admin: {token: x}\n", 2, "`guard.admin` has no `listen`", "say where: `listen: 127.0.0.1:9901`")]
    [InlineData("guard:\n  routes: [{path: /x, opaque: [text/html]}]\n", 2, "`opaque` names `text/html`, which can be inspected or is no media type", "name pictures, films or sounds: `opaque: [image/jpeg]`")]
    [InlineData("guard:\n  routes: [{path: /x, opaque: [image/svg+xml]}]\n", 2, "`opaque` names `image/svg+xml`, which can be inspected or is no media type", "name pictures, films or sounds: `opaque: [image/jpeg]`")]
    [InlineData("erase:\n  zzzzzz: 1\n", 2, "unknown key `zzzzzz` under `erase`", "it can be certificate, map")]
    [InlineData("audit:\n  tolerance: {leak_acu: 0.6}\n", 2, "unknown key `leak_acu` under `audit.tolerance`", "did you mean `leak_auc`?")]
    [InlineData("product: a\nproduct: b\n", 2, "the key `product` stands here for the second time", "keep one of the two")]
    [InlineData("product: [a]\n", 1, "`product` is a list, but must be a text", "write a text")]
    [InlineData("scan: [a]\n", 1, "`scan` is a list, but must be a mapping", "write a mapping")]
    [InlineData("ships: {a: b}\n", 1, "`ships` is a mapping, but must be a list of texts", "write a list of texts")]
    [InlineData("- a\n", 1, "the file is a list, but must be a mapping", "start with `product: <name>`")]
    [InlineData("jurisdictions: [eu, uj]\n", 1, "unknown jurisdiction `uj`", "did you mean `uk`?")]
    [InlineData("role: vendor\n", 1, "unknown role `vendor`", "write provider or deployer")]
    [InlineData("ships: [\"sha256:12\"]\n", 1, "`sha256:12` is not a digest", "write `sha256:` and 64 digits of 0-9 and a-f")]
    [InlineData("scan:\n  paths: [sorce]\n", 2, "there is no file or folder `sorce`", "paths are relative to untag.yaml")]
    [InlineData("ships: [../secret]\n", 1, "`../secret` leads out of the product", "write a path below the folder of untag.yaml")]
    [InlineData("prove:\n  valid_days: soon\n", 2, "`valid_days: soon` is not a whole number above 0", "write digits only")]
    [InlineData("audit:\n  tolerance: {rate_gap: wide}\n", 2, "`rate_gap: wide` is not a number", "write it with a decimal point, such as `0.05`")]
    [InlineData("audit:\n  tolerance: {leak_auc: 0.5}\n", 2, "`leak_auc: 0.5` is no tolerance", "write a number above 0.5 and below 1")]
    [InlineData("audit:\n  decisions: {alert: score >= high}\n", 2, "the decision `score >= high` compares with `high`, which is no number", "write it as `alert = score >= 0.62`, `score == 1` or `alert`")]
    [InlineData("audit:\n  decisions: {allert: x}\n", 2, "unknown key `allert` under `audit.decisions`", "did you mean `alert`?")]
    [InlineData("audit:\n  data: ../all.csv\n", 2, "`../all.csv` leads out of the product", "write a path below the folder of untag.yaml")]
    [InlineData("audit:\n  group: [a, b, c]\n", 2, "`group` names 3 columns", "name one or two")]
    [InlineData("product:\n", 1, "`product` is empty", "give it a value, or leave the key out")]
    public void A_mistake_is_reported_with_its_line_and_its_fix(string text, int line, string message, string fix)
    {
        using var folder = new ProductFolder(("untag.yaml", text));
        var read = folder.Read();
        Assert.Equal([new ProductFileError(line, message, fix)], read.Errors);
        Assert.Null(read.Product);
    }

    [Theory]
    [InlineData("until: 2027-02-30", "`until: 2027-02-30` is not a day of the calendar")]
    [InlineData("approver: x", "`scan.allow` has no `until`")]
    [InlineData("until: 2027-01-01\n      basis: eu-ai-act-4b", "unknown basis `eu-ai-act-4b`")]
    [InlineData("until: 2027-01-01\n      basis: eu-gdpr-9-2", "`scan.allow` has no `ground`")]
    [InlineData("until: 2027-01-01\n      ground: x", "unknown key `ground` under `scan.allow`")]
    public void An_allowance_needs_an_end_and_what_its_basis_asks_for(string lines, string message)
    {
        using var folder = new ProductFolder(("untag.yaml", $"""
            scan:
              allow:
                - rule: UT0101
                  path: a/**
                  reason: because
                  {lines}
            """));
        Assert.Equal(message, Assert.Single(folder.Read().Errors).Message);
    }

    [Fact]
    public void An_allowance_knows_where_it_is_written_and_an_expired_one_is_left_to_the_scan()
    {
        using var folder = new ProductFolder(("untag.yaml", """
            scan:
              baseline: known.json
              allow:
                - {rule: UT0101, path: a, reason: b, until: 2020-11-23}
            """));
        var product = folder.Read().Product!;
        Assert.Equal(("untag.yaml", 4), (product.Allow[0].Finding.WrittenIn, product.Allow[0].Finding.WrittenOn));
        Assert.Equal("known.json", product.Baseline);
    }

    [Fact]
    public void A_rule_about_allowances_cannot_be_accepted()
    {
        using var folder = new ProductFolder(("untag.yaml", "scan:\n  allow: [{rule: UT0901, path: a, reason: b, until: 2027-01-01}]\n"));
        Assert.Equal("UT0901 is about allowances and cannot be accepted", Assert.Single(folder.Read().Errors).Message);
    }

    [Fact]
    public void An_allowance_without_rule_path_and_reason_gets_three_errors()
    {
        using var folder = new ProductFolder(("untag.yaml", "scan:\n  allow: [{until: 2027-01-01}]\n"));
        Assert.Equal(
            ["`scan.allow` has no `rule`", "`scan.allow` has no `path`", "`scan.allow` has no `reason`"],
            folder.Read().Errors.Select(error => error.Message));
    }

    [Fact]
    public void All_mistakes_are_reported_in_the_order_of_their_lines()
    {
        using var folder = new ProductFolder(("untag.yaml", """
            prodcut: x
            role: vendor
            scan:
              exlude: [a]
            guard:
              port: 1
            role: provider
            """));
        Assert.Equal([1, 2, 4, 6, 7], folder.Read().Errors.Select(error => error.Line));
    }

    [Theory]
    [InlineData("product: [a\n")]
    [InlineData("a: 1\n---\nb: 2\n")]
    [InlineData("product: &x a\nversion: *x\n")]
    [InlineData("? [a]\n: b\n")]
    public void What_is_not_plain_yaml_is_one_error_and_no_exception(string text)
    {
        using var folder = new ProductFolder(("untag.yaml", text));
        var error = Assert.Single(folder.Read().Errors);
        Assert.True(error.Line > 0 && error.Fix.Length > 0);
    }

    [Fact]
    public void Yaml_that_is_nested_without_end_is_an_error()
    {
        using var folder = new ProductFolder(("untag.yaml", new string('[', 10_000)));
        Assert.Contains("nested too deeply", Assert.Single(folder.Read().Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_is_not_there_is_an_error_on_its_line()
    {
        using var folder = new ProductFolder(("untag.yaml", "product: a\npolicy: ours.yaml\n"));
        Assert.Equal(2, Assert.Single(folder.Read().Errors).Line);
    }

    [Fact]
    public void The_nearest_file_upwards_is_found()
    {
        using var folder = new ProductFolder(("untag.yaml", ""), ("a/b/c.txt", ""), ("x/untag.yaml", ""), ("x/y/z.txt", ""));
        Assert.Equal(folder.At("untag.yaml"), ProductFile.Find(folder.At("a/b")));
        Assert.Equal(folder.At("x/untag.yaml"), ProductFile.Find(folder.At("x/y")));
    }
}
