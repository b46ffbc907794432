#!/usr/bin/python3
"""Every number of a result stands in a table, once; the columns are those of docs/tables.md."""

import collections
import json
import os
import re
import sqlite3
import unittest

from rendered import DOC, MINIMAL, ProgramTest, RenderedTest, csv_tables, documented, hedgerow, run

# Numbers of the JSON that no cell holds, and why.
NOT_IN_TABLES = {
    "strategies.*.distribution.histogram.width": "upper less lower of any bin",
}
# Numbers that a table may repeat beside several others.
KEYS = {"level", "year", "month"}


def numbers(value, place=""):
    """(place, number) of everything a pipeline might want; strategies by *, places in lists by []."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, f"{place}.{'*' if place == 'strategies' else key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner, place + "[]")
    elif isinstance(value, bool):
        pass
    elif isinstance(value, (int, float)):
        yield place, float(value)


def cells(tables):
    """How often each number stands in a numeric column."""
    found = collections.Counter()
    for name, (header, rows) in tables.items():
        types = documented()[name]
        for column, kind in enumerate(types[c] for c in header):
            if kind != "text":
                found.update(float(row[column]) for row in rows if row[column] != "")
    return found


class Tables(RenderedTest):
    def test_every_number_of_the_json_stands_in_a_table(self):
        found = cells(self.csv)
        missing, looked_at = set(), 0
        for place, number in numbers(self.result):
            looked_at += 1
            if found[number] == 0 and place not in NOT_IN_TABLES:
                missing.add(place)
        self.assertEqual(missing, set())
        self.assertGreater(looked_at, 6000)

    def test_no_number_stands_in_two_tables(self):
        """Long decimals are as good as names: more cells than places in the JSON means a copy."""
        wanted = collections.Counter(
            number for place, number in numbers(self.result)
            if place.split(".")[-1].rstrip("[]") not in KEYS)
        found = cells(self.csv)
        copied = {number for number in wanted if len(repr(number)) > 12 and found[number] > wanted[number]}
        self.assertLessEqual(copied, self.allowed_copies())

    def allowed_copies(self):
        """What stands on several rows because it belongs to each: bins share their edges, markets a share."""
        edges = set()
        for strategy in self.result["strategies"].values():
            bins = strategy["distribution"]["histogram"]
            edges |= {bins["first"] + i * bins["width"] for i in range(len(bins["counts"]) + 1)}
            edges |= {point["share"] for point in strategy["single_points"]["severed_today"]}
        wanted = {number for _, number in numbers(self.result)}
        return {e for e in edges if e in wanted and len(repr(e)) > 12}

    def test_intervals_hold_their_value(self):
        looked_at = 0
        for name, (header, rows) in self.csv.items():
            places = {column.lower(): at for at, column in enumerate(header)}
            value = places.get("value", places.get("loss", places.get("measured")))
            if value is None or "lower" not in places:
                continue
            for row in rows:
                ends = [row[places["lower"]], row[value], row[places["upper"]]]
                known = [float(end) for end in ends if end != ""]
                self.assertEqual(known, sorted(known), (name, row))
                looked_at += len(known) == 3
        self.assertGreater(looked_at, 500)

    def test_columns_are_those_of_the_page(self):
        self.assertEqual({name: header for name, (header, _) in self.csv.items()},
                         {name: list(columns) for name, columns in documented().items()})
        database = sqlite3.connect(self.database)
        for name, columns in documented().items():
            stored = [(row[1], row[2]) for row in database.execute(f'PRAGMA table_info("{name}")')]
            own = ["run_id", "added"] if name == "runs" else ["run_id"]
            self.assertEqual(stored[len(own):], [(c, kind.upper()) for c, kind in columns.items()], name)
            self.assertEqual([column for column, _ in stored[:len(own)]], own)
        database.close()

    def test_the_queries_of_the_page_run(self):
        with open(DOC, encoding="utf-8") as file:
            queries = re.findall(r"```sql\n(.*?)```", file.read(), re.S)
        self.assertGreaterEqual(len(queries), 4)
        database = sqlite3.connect(self.database)
        for query in queries:
            rows = database.execute(query).fetchall()
            self.assertTrue(rows, query)
        database.close()

    def test_known_places(self):
        """Each kind of cell once, by hand."""
        azure = self.result["strategies"]["azure-only"]
        header, rows = self.csv["measures"]
        row = next(r for r in rows if r[:3] == ["azure-only", "outage", "expected_shortfall"] and r[3] == "0.99")
        tail = next(t for t in azure["measures"]["outage"]["expected_shortfall"] if t["level"] == 0.99)
        self.assertEqual([None if c == "" else float(c) for c in row[4:]], [tail["value"], tail["se"], *tail["ci"]])
        ids = {(r[1], r[2]): r[0] for r in self.csv["curve_summaries"][1]}
        self.assertEqual(ids["azure-only", ""], "1")
        point = azure["curves"]["by_year"][2]["oep"][1]
        row = next(r for r in self.csv["curves"][1] if r[0] == ids["azure-only", "3"] and r[2] == "OEP"
                   and float(r[3]) == point["return_period"])
        self.assertEqual([float(cell) for cell in row[4:]], [point["value"], *point["ci"]])
        self.assertEqual(row[1], "FULL_UNCERTAINTY")
        limits = self.csv["limits"][1]
        self.assertEqual([(r[0], r[8], r[9]) for r in limits],
                         [("-appetite|<b>", "breached", "1"), ("kept", "kept", "0")])

    def test_csv_is_rfc_4180(self):
        for name in self.csv:
            with open(os.path.join(self.folder, "csv", name + ".csv"), "rb") as file:
                data = file.read()
            self.assertTrue(data.endswith(b"\r\n"), name)
            outside = re.sub(rb'"(?:[^"]|"")*"', b"", data)
            self.assertEqual(outside.count(b"\n"), outside.count(b"\r\n"), name)
            header, rows = self.csv[name]
            self.assertTrue(all(len(row) == len(header) for row in rows), name)

    def test_formulas_of_a_config_are_disarmed_and_can_be_undone(self):
        with open(os.path.join(self.folder, "csv", "runs.csv"), encoding="utf-8", newline="") as file:
            self.assertIn('\r\n"\'=HYPERLINK(""http', file.read())
        self.assertEqual(self.csv["runs"][1][0][0], self.result["title"])
        for name, (header, rows) in self.csv.items():
            with open(os.path.join(self.folder, "csv", name + ".csv"), encoding="utf-8", newline="") as file:
                for line in re.split(r"\r\n", file.read())[1:]:
                    self.assertFalse(re.match(r'"?[=@]', line), line)

    def test_csv_to_standard_output_is_the_table_of_measures(self):
        done = hedgerow("report", os.path.join(self.folder, "r.json"), "--format", "csv")
        self.assertEqual(done.returncode, 0)
        with open(os.path.join(self.folder, "csv", "measures.csv"), encoding="utf-8") as file:
            self.assertEqual(done.stdout, file.read())

    def test_markdown_is_no_markup(self):
        done = hedgerow("report", os.path.join(self.folder, "r.json"), "--format", "markdown")
        text = done.stdout
        self.assertEqual(done.returncode, 0)
        for forbidden in ("<img", "@team", "http://", "`", "<b>", "](", " #1"):
            self.assertNotIn(forbidden, text)
        self.assertTrue(text.splitlines()[2].startswith("| verdict"))
        self.assertIn("❌ **breached** | -appetite&#124;&#60;b&#62; | azure-only", text)
        for name in self.result["strategies"]:
            self.assertIn(f"| {name} | ", text)
        self.assertLess(text.index("breached"), text.index("✅ kept"))
        self.assertEqual({line.count("|") for line in text.splitlines() if line.startswith("|")}, {7})


class Files(ProgramTest):
    def test_a_saved_result_gives_the_same_tables(self):
        run(self.folder, MINIMAL)
        done = hedgerow("report", self.path("r.json"), "--csv", self.path("again"))
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        for name in os.listdir(self.path("csv")):
            with open(self.path("csv/" + name), "rb") as file, open(self.path("again/" + name), "rb") as again:
                self.assertEqual(file.read(), again.read(), name)
        for form in ("csv", "markdown"):
            told = hedgerow("run", MINIMAL, "--paths", "300", "--format", form).stdout.splitlines()
            again = hedgerow("report", self.path("r.json"), "--format", form).stdout.splitlines()
            self.assertEqual(told, again)

    def test_damaged_results_are_refused_with_their_place(self):
        run(self.folder, MINIMAL)
        with open(self.path("r.json"), encoding="utf-8") as file:
            text = file.read()
        cases = [('"increment": {', '"increment": 7, "x": {', "comparisons[0].waterfall.steps[0].increment: is a number"),
                 ('"shapley"', '"other"', "comparisons[0].waterfall.steps[0].shapley: is missing"),
                 ('"threads": ', '"threads": "many", "x": ', "provenance.threads: is a text"),
                 ('"ci": [', '"ci": [1, ', "is no interval")]
        for old, new, words in cases:
            self.assertIn(old, text)
            damaged = self.file("damaged.json", text.replace(old, new, 1))
            done = hedgerow("report", damaged, "--csv", self.path("damaged"), "--db", self.path("damaged.sqlite"))
            self.assertEqual((done.returncode, words in done.stderr), (3, True), (words, done.stderr))
            self.assertFalse(os.path.exists(self.path("damaged")) or os.path.exists(self.path("damaged.sqlite")))

    def test_a_story_beyond_every_horizon_is_refused(self):
        """Found by fuzzing: the month of a time that no number of months holds."""
        run(self.folder, MINIMAL)
        with open(self.path("r.json"), encoding="utf-8") as file:
            result = json.load(file)
        for strategy in result["strategies"].values():
            for event in strategy["story"]["story"]["events"]:
                event["from"] = 1e300
        done = hedgerow("report", self.file("late.json", json.dumps(result)), "--format", "markdown")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn(".from: is no time within the horizon", done.stderr)

    def test_foreign_files_stay_and_ours_are_replaced(self):
        run(self.folder, MINIMAL)
        with open(self.path("csv/notes.txt"), "w", encoding="utf-8") as file:
            file.write("mine")
        run(self.folder, MINIMAL, "--seed", "77")
        with open(self.path("csv/notes.txt"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")
        os.remove(self.path("csv/notes.txt"))
        tables = csv_tables(self.folder)
        self.assertEqual(tables["runs"][1][0][7], "77")
        self.assertEqual(set(tables), set(documented()))

    def test_what_cannot_be_written_is_refused_before_the_run(self):
        with open(MINIMAL, encoding="utf-8") as file:
            config = self.file("minimal.yaml", file.read())
        a_file = self.path("a-file")
        with open(a_file, "w", encoding="utf-8") as file:
            file.write("text that is no database, but long enough to look at. " * 20)
        cases = [(("--csv", a_file), 4, "is no directory"),
                 (("--csv", "/proc/nothing/here"), 4, "cannot write"),
                 (("--db", a_file), 3, "no SQLite file"),
                 (("--db", self.folder), 4, "no regular file"),
                 (("--db", "/dev/full"), 4, "no regular file"),
                 (("--db", "/proc/x.sqlite"), 4, "cannot write"),
                 (("--csv", self.path("no/parent")), 4, "cannot write"),
                 (("--db", "-"), 2, "needs the name of a file"),
                 (("--csv", ""), 2, "needs the name of a folder"),
                 (("--db", config), 2, "is the file to read")]
        for options, code, words in cases:
            done = hedgerow("run", config, "--paths", "5M", *options, timeout=5)
            self.assertEqual((done.returncode, words in done.stderr), (code, True), (options, done.stderr))
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
