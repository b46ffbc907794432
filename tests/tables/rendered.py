"""A result and its tables, made once for a module of tests."""

import csv
import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from program import ARTICLE, MINIMAL, SOURCE, ProgramTest, hedgerow, parse  # noqa: E402,F401

DOC = os.path.join(SOURCE, "docs", "tables.md")

# As hostile as the config allows: a formula, markup, quotes, a line break, commas.
TITLE = '=HYPERLINK("http://x.example","a,b") <img src=x onerror=alert(1)> | `@team` [l](http://y) #1'


def run(folder, config, *options, paths="300"):
    """Writes r.json, csv/ and runs.sqlite into `folder`; gives the results."""
    done = hedgerow("run", config, "--paths", paths, "-o", os.path.join(folder, "r.json"), "--csv",
                    os.path.join(folder, "csv"), "--db", os.path.join(folder, "runs.sqlite"), *options)
    assert done.returncode in (0, 1, 5), done.stderr
    with open(os.path.join(folder, "r.json"), encoding="utf-8") as file:
        return parse(file.read())


def unguard(text):
    return text[1:] if text.startswith("'") else text


def read_csv(path):
    """Header and rows, with texts as they were before the apostrophe."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    return rows[0], [[unguard(cell) for cell in row] for row in rows[1:]]


def csv_tables(folder):
    directory = os.path.join(folder, "csv")
    return {name[:-4]: read_csv(os.path.join(directory, name)) for name in sorted(os.listdir(directory))}


def documented():
    """The column lists of docs/tables.md: {table: {column: type}}."""
    tables, name = {}, None
    with open(DOC, encoding="utf-8") as file:
        for line in file:
            if line.startswith("### `"):
                name = line.split("`")[1]
                tables[name] = {}
            elif line.startswith("#"):
                name = None
            elif name and line.startswith("| `"):
                cells = [cell.strip() for cell in line.split("|")]
                for column in cells[1].replace("`", "").split(", "):
                    tables[name][column] = cells[2]
    return tables


class RenderedTest(unittest.TestCase):
    """`result`, `folder` and `csv` of the main example with a limit and a hostile title."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        with open(ARTICLE, encoding="utf-8") as file:
            text = file.read()
        lines = [line for line in text.splitlines() if not line.startswith("title:")]
        lines.append("title: " + json.dumps(TITLE))
        lines.append("limits:")
        lines.append("  - {name: '-appetite|<b>', strategy: azure-only, measure: total_cost.mean, at_most: 1B USD}")
        lines.append("  - {name: kept, strategy: azure-only, measure: total_cost.mean, at_most: 900B USD}")
        config = os.path.join(cls.folder, "article.yaml")
        with open(config, "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
        cls.result = run(cls.folder, config, "--set", "outputs.parameter_uncertainty=yes")
        cls.csv = csv_tables(cls.folder)
        cls.database = os.path.join(cls.folder, "runs.sqlite")
