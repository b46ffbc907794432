#!/usr/bin/python3
"""What other programs read in the tables: rows and sums of every numeric column, compared with the files.

pandas reads CSV and SQLite, the sqlite3 shell SQLite, DuckDB (from npm) CSV.
"""

import json
import math
import os
import sqlite3
import subprocess
import unittest

import pandas

from rendered import RenderedTest, documented, unguard


class Readers(RenderedTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.numeric = {table: [c for c, kind in columns.items() if kind != "text"]
                       for table, columns in documented().items()}
        cls.expected = {}
        for table, (header, rows) in cls.csv.items():
            sums = {}
            for column in cls.numeric[table]:
                cells = [float(row[header.index(column)]) for row in rows if row[header.index(column)]]
                sums[column] = math.fsum(cells)
            cls.expected[table] = {"rows": len(rows), "sums": sums}

    def require_same(self, found):
        self.assertEqual(set(found), set(self.expected))
        compared = 0
        for table, expected in self.expected.items():
            self.assertEqual(found[table]["rows"], expected["rows"], table)
            for column, total in expected["sums"].items():
                self.assertTrue(math.isclose(found[table]["sums"][column] or 0.0, total, rel_tol=1e-9, abs_tol=1e-6),
                                (table, column, found[table]["sums"][column], total))
                compared += 1
        self.assertGreater(compared, 100)
        self.assertGreater(sum(entry["rows"] for entry in found.values()), 3000)

    def of_frame(self, frame, table):
        return {"rows": len(frame), "sums": {column: float(pandas.to_numeric(frame[column]).sum())
                                             for column in self.numeric[table]}}

    def test_pandas_reads_the_csv_files(self):
        found = {}
        for table in self.expected:
            frame = pandas.read_csv(os.path.join(self.folder, "csv", table + ".csv"))
            found[table] = self.of_frame(frame, table)
            if table == "runs":
                self.assertEqual(unguard(frame["title"][0]), self.result["title"])
        self.require_same(found)

    def test_pandas_reads_the_database(self):
        database = sqlite3.connect(self.database)
        self.require_same({table: self.of_frame(pandas.read_sql(f'SELECT * FROM "{table}"', database), table)
                           for table in self.expected})
        self.assertEqual(pandas.read_sql("SELECT title FROM runs", database)["title"][0], self.result["title"])
        database.close()

    def test_the_shell_of_sqlite_reads_the_database(self):
        queries = []
        for table, columns in self.numeric.items():
            pairs = ", ".join(f"'{column}', total(\"{column}\")" for column in columns)
            queries.append(f"SELECT json_object('table', '{table}', 'rows', count(*), 'sums', json_object({pairs})) "
                           f'FROM "{table}";')
        done = subprocess.run(["sqlite3", "-readonly", self.database], input="\n".join(queries), capture_output=True,
                              text=True, check=True)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.require_same({entry["table"]: entry for entry in found})

    def test_duckdb_reads_the_csv_files(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "duckdb_tables.mjs")
        done = subprocess.run(["node", script, os.path.join(self.folder, "csv")], input=json.dumps(self.numeric),
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.require_same(json.loads(done.stdout))


if __name__ == "__main__":
    unittest.main()
