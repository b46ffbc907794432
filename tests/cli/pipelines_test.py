"""The examples of docs/pipelines.md, as they stand."""

import os
import re
import runpy
import shutil
import sqlite3
import stat
import subprocess
import sys
import types
import unittest

import yaml

from program import MINIMAL, PROGRAM, SOURCE, ProgramTest, parse

EXAMPLES = os.path.join(SOURCE, "docs", "pipelines")
BREACHED = "limits: [{name: appetite, strategy: azure-only, measure: total_cost.mean, at_most: 1 USD}]\n"


def example(name):
    return os.path.join(EXAMPLES, name)


class Pipelines(ProgramTest):
    def setUp(self):
        super().setUp()
        # What an example finds on its PATH: hedgerow, playing few paths whatever it is asked.
        self.bin = self.path("bin")
        os.mkdir(self.bin)
        self.command("hedgerow", f'case $1 in run) exec "{PROGRAM}" "$@" --set simulation.paths=3k ;; *) exec "{PROGRAM}" "$@" ;; esac')
        self.environment = {**os.environ, "PATH": self.bin + os.pathsep + os.environ["PATH"]}
        self.environment.pop("HEDGEROW")
        with open(MINIMAL, encoding="utf-8") as text:
            self.config = text.read()

    def command(self, name, script):
        path = os.path.join(self.bin, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"#!/bin/sh\n{script}\n")
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)

    def sh(self, *command, code=0, **environment):
        done = subprocess.run(command, cwd=self.folder, env={**self.environment, **environment}, capture_output=True, text=True,
                              check=False, timeout=300)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as text:
            return text.read()

    def test_make(self):
        make = ("make", "-f", example("Makefile"), "CONFIG=my.yaml")
        self.file("my.yaml", self.config)
        self.sh(*make)
        self.assertEqual(parse(self.read("my.json"))["paths"], "3000")
        self.assertIn("azure-only", self.read("my.md"))
        self.assertIn("<html", self.read("my.html"))
        self.assertIn("Nothing to be done", self.sh(*make))
        self.sh(*make, "limits")

    def test_make_keeps_what_a_breached_limit_left(self):
        self.file("my.yaml", self.config + BREACHED)
        make = ("make", "-f", example("Makefile"), "CONFIG=my.yaml")
        self.sh(*make)
        self.assertIn("<html", self.read("my.html"))
        self.sh(*make, "limits", code=2)

    def test_make_stops_at_a_mistake(self):
        self.file("my.yaml", self.config.replace("providers:", "provider:"))
        self.sh("make", "-f", example("Makefile"), "CONFIG=my.yaml", code=2)
        self.assertEqual([name for name in os.listdir(self.folder) if name.endswith((".json", ".html", ".md"))], [])

    def pull_request(self, was, proposed, code):
        """Runs the steps of the job as its runner would; returns what it commented."""
        self.command("gh", 'test "$1 $2 $3 $4" = "pr comment 7 --body-file" && cp "$5" commented.md')
        git = ("git", "-c", "user.name=t", "-c", "user.email=t@example.org")
        self.sh(*git, "init", "-q")
        os.mkdir(self.path("risk"))
        self.file("risk/vendors.yaml", was)
        self.sh(*git, "add", "risk")
        self.sh(*git, "commit", "-q", "-m", "was")
        base = self.sh("git", "rev-parse", "HEAD").strip()
        self.file("risk/vendors.yaml", proposed)
        with open(example("pull-request.yml"), encoding="utf-8") as text:
            steps = yaml.safe_load(text)["jobs"]["vendor-risk"]["steps"]
        scripts = [step["run"] for step in steps if "run" in step]
        output = self.file("output", "")
        for script in scripts[:-1]:
            self.sh("bash", "-e", "-o", "pipefail", "-c", script, BASE=base, PULL_REQUEST="7", GITHUB_OUTPUT=output)
        self.sh("bash", "-e", "-c", scripts[-1], CODE=re.fullmatch(r"code=(\d+)\n", self.read("output"))[1], code=code)
        return self.read("commented.md")

    def test_pull_request(self):
        comment = self.pull_request(self.config, re.sub(r"discount: \d+%", "discount: 1%", self.config), 0)
        self.assertIn("azure-only", comment)
        self.assertRegex(comment, r"discount.*1%")

    def test_pull_request_that_breaches_a_limit(self):
        comment = self.pull_request(self.config, self.config + BREACHED, 1)
        self.assertIn("appetite", comment)

    def test_airflow(self):
        """With what the example takes from Airflow put in its place: operators that keep their command."""
        tasks = {}

        class Operator:
            def __init__(self, task_id, bash_command, retries=0, trigger_rule="all_success"):
                tasks[task_id] = (bash_command, retries, trigger_rule)

            def __rshift__(self, other):
                return other

        class Dag:
            def __init__(self, name, schedule, start_date, catchup, params):
                self.params = params
                tasks["params"] = params

            def __enter__(self):
                return self

            def __exit__(self, *_):
                return False

        stubs = {"airflow": types.SimpleNamespace(DAG=Dag), "airflow.operators": types.ModuleType("operators"),
                 "airflow.operators.bash": types.SimpleNamespace(BashOperator=Operator),
                 "pendulum": types.SimpleNamespace(datetime=lambda *_, **__: None)}
        before = {name: sys.modules.get(name) for name in stubs}
        sys.modules.update(stubs)
        try:
            runpy.run_path(example("airflow_dag.py"))
        finally:
            for name, module in before.items():
                if module is None:
                    del sys.modules[name]
                else:
                    sys.modules[name] = module
        self.file("vendors.yaml", self.config)
        params = {**tasks.pop("params"), "folder": self.folder}
        for name in ("run", "page"):
            command = re.sub(r"\{\{ params\.(\w+) \}\}", lambda match: params[match[1]], tasks[name][0])
            self.assertNotIn("{{", command)
            self.sh("bash", "-c", command)
        self.assertIn("<html", self.read("vendor-risk.html"))
        with sqlite3.connect(self.path("runs.sqlite")) as runs:
            self.assertEqual(runs.execute("SELECT count(*) FROM runs").fetchall(), [(1,)])

    def test_nightly(self):
        self.file("my.yaml", self.config)
        for night in ("2026-11-22", "2026-11-23"):
            self.command("date", f'exec {shutil.which("date")} -d {night} "$@"')
            table = self.sh(example("nightly.sh"), "my.yaml", "runs.sqlite")
        rows = [line.split() for line in table.splitlines()[2:]]
        strategies = sorted(parse(self.sh("hedgerow", "run", "my.yaml", "--format", "json"))["strategies"])
        self.assertEqual([row[1] for row in rows], [name for name in strategies for _ in range(2)])
        for first, second in zip(rows[::2], rows[1::2]):
            self.assertEqual(len(first), 4)  # no night before
            # The error that a row prints has two digits.
            move = (float(second[2]) - float(first[2])) / ((float(first[3])**2 + float(second[3])**2)**0.5 / 1.96)
            self.assertAlmostEqual(float(second[4]), move, delta=0.1 + 0.1 * abs(move))
            self.assertLess(abs(move), 4)
        with sqlite3.connect(self.path("runs.sqlite")) as runs:
            self.assertEqual(runs.execute("SELECT seed FROM runs ORDER BY run_id").fetchall(), [("20261122",), ("20261123",)])
        self.file("my.yaml", self.config + BREACHED)
        self.sh(example("nightly.sh"), "my.yaml", "runs.sqlite", code=1)


if __name__ == "__main__":
    unittest.main()
