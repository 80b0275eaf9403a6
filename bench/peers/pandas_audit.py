"""pandas for bench/audit.sh: computes what an audit tells, and holds both against each other.

usage: pandas_audit.py version
       pandas_audit.py figures FILE             the point figures of an audit, as JSON
       pandas_audit.py agree REPORT FIGURES     ends with an error when one differs
"""
import json, math, sys

OUTPUTS = [f"o{i}" for i in range(10)]


def pandas_figures(path):
    import numpy, pandas
    columns = ["group", "truth", *OUTPUTS]
    data = pandas.read_parquet(path, columns=columns) if path.endswith(".parquet") else pandas.read_csv(path, usecols=columns)
    figures = {"identify": {}, "target": {}}
    for output in OUTPUTS:
        counts = pandas.crosstab(data["group"], data[output])
        n = counts.to_numpy(dtype=float)
        total, expected = n.sum(), numpy.outer(n.sum(1), n.sum(0)) / n.sum()
        g = 2 * (n * numpy.log(numpy.where(n > 0, n, 1) / expected)).sum()
        chi2 = ((n - expected) ** 2 / expected).sum()
        areas = {}
        for i, group in enumerate(counts.index):
            own, rest = n[i], n.sum(0) - n[i]
            below = numpy.cumsum(rest) - rest
            areas[group] = (own * (below + rest / 2)).sum() / own.sum() / rest.sum()
        figures["identify"][output] = {
            "cramers_v": math.sqrt(chi2 / total / (min(n.shape) - 1)), "mutual_information_nats": g / 2 / total, "g": g, "auc": areas}
    alert = data["o0"] >= 5
    rates = {"selection_rate": (alert, None), "fpr": (alert, data["truth"] == 0), "fnr": (~alert, data["truth"] == 1),
             "ppv": (data["truth"] == 1, alert)}
    for name, (hit, among) in rates.items():
        rows = hit if among is None else hit[among]
        figures["target"][name] = rows.groupby(data["group"] if among is None else data["group"][among]).mean().to_dict()
    json.dump(figures, sys.stdout)


def agree(report, figures):
    report, figures = (json.load(open(path, encoding="utf-8")) for path in (report, figures))
    compared = 0
    for line in report["identify"]:
        known = figures["identify"].get(line["output"], {}).get(line["measure"])
        if known is None or line["estimate"] is None:
            continue
        if isinstance(known, dict):  # the area of the group that is told best, on whichever side
            known = max(known[line["group"]], 1 - known[line["group"]])
        compare(line["output"], line["measure"], line["estimate"], known)
        compared += 1
    for line in report["target"]:
        if line["measure"] in figures["target"] and line["reference"] is None and line["estimate"] is not None:
            compare(line["group"], line["measure"], line["estimate"], figures["target"][line["measure"]][line["group"]])
            compared += 1
    print(f"{compared} figures are those of pandas")
    if compared < 40:
        sys.exit("error: too few figures were compared")


def compare(what, measure, ours, theirs):
    if abs(ours - theirs) > 2e-6 * max(1, abs(theirs)):
        sys.exit(f"error: {measure} of {what} is {ours}, and {theirs} by pandas")


def version():
    import pandas
    print(f"pandas {pandas.__version__}")


{"version": version, "figures": pandas_figures, "agree": agree}[sys.argv[1]](*sys.argv[2:])
