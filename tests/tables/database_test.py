#!/usr/bin/python3
"""The database under what happens to files: two writers, a kill, a full disk, other programs, other versions."""

import os
import signal
import sqlite3
import subprocess
import time
import unittest

from rendered import MINIMAL, ProgramTest, csv_tables, documented, hedgerow, run


def command(*arguments):
    return [os.environ["HEDGEROW"], "run", MINIMAL, "--paths", "300", "--format", "json", *arguments]


class Database(ProgramTest):
    def setUp(self):
        super().setUp()
        self.db = self.path("runs.sqlite")

    def add(self, *options):
        return hedgerow("run", MINIMAL, "--paths", "300", "--db", self.db, *options)

    def query(self, sql):
        database = sqlite3.connect(self.db)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def require_whole(self, runs):
        """As many runs, each with as many rows in every table, and no row without a run."""
        self.assertEqual(self.query("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.query("PRAGMA foreign_key_check"), [])
        self.assertEqual(self.query("SELECT count(*) FROM runs"), [(runs,)])
        database = sqlite3.connect(self.db)
        for table in documented():
            counts = database.execute(f'SELECT run_id, count(*) FROM "{table}" GROUP BY run_id').fetchall()
            if counts:
                self.assertEqual(len(counts), runs, table)
                self.assertEqual(len({count for _, count in counts}), 1, table)
        database.close()

    def test_rows_are_those_of_the_csv_files(self):
        run(self.folder, MINIMAL)
        for name, (header, rows) in csv_tables(self.folder).items():
            columns = ", ".join(f'"{column}"' for column in header)
            types = documented()[name]
            stored = self.query(f'SELECT {columns} FROM "{name}" ORDER BY rowid')
            read = [tuple(cell if types[column] == "text" and stored_row[i] is not None else
                          None if cell == "" else
                          float(cell) if types[column] == "real" else int(cell) if types[column] == "integer" else cell
                          for i, (column, cell) in enumerate(zip(header, row)))
                    for row, stored_row in zip(rows, stored)]
            self.assertEqual(len(stored), len(rows), name)
            self.assertEqual(stored, read, name)

    def test_the_same_result_twice_is_two_runs_and_a_run_can_be_taken_out(self):
        for _ in range(3):
            self.assertEqual(self.add().returncode, 0)
        self.require_whole(3)
        self.assertEqual(self.query("SELECT count(DISTINCT config_sha256), count(DISTINCT added) FROM runs"), [(1, 3)])
        database = sqlite3.connect(self.db)
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM runs WHERE run_id = 3")
        database.commit()
        database.close()
        self.require_whole(2)
        self.add()
        self.assertEqual(self.query("SELECT max(run_id) FROM runs"), [(4,)])

    def test_version_and_application(self):
        self.add()
        self.assertEqual(self.query("PRAGMA user_version"), [(1,)])
        self.assertEqual(self.query("PRAGMA application_id"), [(0x48656467,)])
        plan = self.query("EXPLAIN QUERY PLAN SELECT value FROM measures WHERE measure = 'loss' AND statistic = 'mean'")
        self.assertIn("USING INDEX measures_trend", str(plan))
        for table in documented():
            if table != "runs":
                self.assertIn("USING INDEX", str(self.query(f'EXPLAIN QUERY PLAN SELECT * FROM "{table}" WHERE run_id = 1')))

    def test_a_newer_schema_is_refused(self):
        self.add()
        self.query("PRAGMA user_version = 2")
        with open(self.db, "rb") as file:
            before = file.read()
        done = self.add()
        self.assertEqual(done.returncode, 3)
        self.assertIn("version 2", done.stderr)
        with open(self.db, "rb") as file:
            self.assertEqual(file.read(), before)

    def test_another_programs_file_is_refused(self):
        database = sqlite3.connect(self.db)
        database.execute("CREATE TABLE theirs (x)")
        database.commit()
        database.close()
        done = self.add()
        self.assertEqual((done.returncode, "another program" in done.stderr), (3, True))
        self.assertEqual(self.query("SELECT name FROM sqlite_schema"), [("theirs",)])

    def test_an_empty_file_becomes_a_database(self):
        self.file("runs.sqlite", "")
        self.assertEqual(self.add().returncode, 0)
        self.require_whole(1)

    def test_writers_at_once_lose_nothing(self):
        writers = [subprocess.Popen(command("--db", self.db), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                   for _ in range(6)]
        for writer in writers:
            _, error = writer.communicate(timeout=100)
            self.assertEqual((writer.returncode, error), (0, b""))
        self.require_whole(6)

    def test_a_kill_leaves_no_half_run(self):
        """Killed while it writes: its journal is there then. Repeated until that was seen."""
        self.add()
        seen, whole = 0, 1
        for _ in range(40):
            victim = subprocess.Popen(command("--db", self.db), stdout=subprocess.DEVNULL)
            while victim.poll() is None and not os.path.exists(self.db + "-journal"):
                time.sleep(0.0002)
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            if os.path.exists(self.db + "-journal"):
                seen += 1
            runs = self.query("SELECT count(*) FROM runs")[0][0]
            self.assertIn(runs - whole, (0, 1))
            whole = runs
            self.require_whole(whole)
            if seen >= 3:
                break
        self.assertGreaterEqual(seen, 3)
        self.assertEqual(self.add().returncode, 0)
        self.require_whole(whole + 1)

    def test_a_full_disk(self):
        folder = self.mounted("size=1280k")
        self.db = os.path.join(folder, "runs.sqlite")
        codes = [self.add().returncode for _ in range(8)]
        self.assertEqual(set(codes), {0, 4})
        self.require_whole(codes.count(0))
        try:
            with open(os.path.join(folder, "ballast"), "wb") as file:
                while True:
                    file.write(bytes(4096))
        except OSError:
            pass
        with open(os.path.join(folder, "ballast"), "rb+") as file:
            file.truncate(os.path.getsize(file.name) - 32768)
        before = sorted(os.listdir(folder))
        done = hedgerow("run", MINIMAL, "--paths", "300", "--csv", os.path.join(folder, "csv"))
        self.assertEqual((done.returncode, "No space left" in done.stderr), (4, True), done.stderr)
        self.assertFalse([name for _, _, names in os.walk(folder) for name in names if ".csv." in name])
        self.assertEqual(sorted(set(os.listdir(folder)) - {"csv"}), before)

    def test_a_read_only_disk_is_noticed_before_the_run(self):
        folder = self.mounted("size=4m")
        self.db = os.path.join(folder, "runs.sqlite")
        self.assertEqual(self.add().returncode, 0)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        for options in (["--db", self.db], ["--csv", folder], ["--csv", os.path.join(folder, "new")]):
            done = hedgerow("run", MINIMAL, "--paths", "5M", *options, timeout=5)
            self.assertEqual((done.returncode, "Read-only" in done.stderr), (4, True), done.stderr)


if __name__ == "__main__":
    unittest.main()
