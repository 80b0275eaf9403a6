"""The product must not know the groups that fairness/ measures."""

import ast
from pathlib import Path

PRODUCT = Path(__file__).parents[1] / "src"


def imported_names(source: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_the_product_does_not_import_the_measurement():
    files = list(PRODUCT.rglob("*.py"))
    assert files
    for file in files:
        assert not imported_names(file.read_text(encoding="utf-8")) & {"fairness", "fairlearn", "measure"}
