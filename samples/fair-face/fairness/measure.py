"""Measures the matcher's errors for each self-described group of the consented trial.

Input: a CSV with one comparison a row: subject_id, self_described_group, is_same_person, score.
Output: cohorts.csv beside this file, totals only.
"""

import sys
from pathlib import Path

import pandas as pd
import yaml
from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate

HERE = Path(__file__).parent
PLAN = yaml.safe_load((HERE / "plan.yaml").read_text(encoding="utf-8"))


def genuine(y_true, y_pred) -> int:
    return int((y_true == 1).sum())


def impostors(y_true, y_pred) -> int:
    return int((y_true == 0).sum())


def measure(trials: pd.DataFrame) -> MetricFrame:
    """Compares truth and decision at the planned threshold, by group."""
    return MetricFrame(
        metrics={
            "genuine": genuine,
            "impostors": impostors,
            "false_match_rate": false_positive_rate,
            "false_non_match_rate": false_negative_rate,
        },
        y_true=trials["is_same_person"].astype(int),
        y_pred=(trials["score"] >= PLAN["threshold"]).astype(int),
        sensitive_features=trials["self_described_group"],
    )


def large_enough(trials: pd.DataFrame) -> pd.DataFrame:
    """Drops the groups with so few people that a rate would speak of single persons."""
    people = trials.groupby("self_described_group")["subject_id"].transform("nunique")
    return trials[people >= PLAN["people_min"]]


def main(path: str) -> int:
    trials = large_enough(pd.read_csv(path))
    frame = measure(trials)
    cohorts = frame.by_group.round(5)
    cohorts.insert(0, "people", trials.groupby("self_described_group")["subject_id"].nunique())
    cohorts.to_csv(HERE / "cohorts.csv")

    gaps = frame.difference()
    failed = [m for m in PLAN["measures"] if gaps[m] > PLAN["tolerance"][f"{m}_gap"]]
    for measure_name in PLAN["measures"]:
        print(f"{measure_name}: gap {gaps[measure_name]:.5f}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
