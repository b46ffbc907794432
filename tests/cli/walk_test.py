"""The walk of docs/user-guide.md from a bill and an incident log to percentiles, as it stands there."""

import os
import re
import subprocess
import unittest

from program import PROGRAM, SOURCE, ProgramTest, page, parse

HEADING = "## From a bill and an incident log\n"


def section():
    return page("docs", "user-guide.md").split(HEADING)[1].split("\n## ")[0]


class Walk(ProgramTest):
    def shell(self, commands):
        """Runs what a reader would paste, in a folder that has the samples."""
        environment = dict(os.environ, PATH=f"{os.path.dirname(PROGRAM)}:{os.environ['PATH']}")
        return subprocess.run(["sh", "-c", commands], cwd=self.folder, env=environment, capture_output=True, text=True,
                              timeout=60, check=False)

    def test_the_walk_of_the_guide(self):
        os.symlink(os.path.join(SOURCE, "configs"), self.path("configs"))
        begin, end, told = re.findall(r"^```\n(.*?)^```$", section(), re.M | re.S)
        answers = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", section(), re.M))

        done = self.shell(begin)
        self.assertEqual(done.returncode, 2, done.stderr)
        gaps = re.findall(r"error: \S+\.(\w+) is still to be filled in", done.stderr)
        self.assertEqual(len(gaps), done.stderr.count("error:"), done.stderr)
        self.assertEqual(set(gaps), set(answers))

        with open(self.path("mine.yaml"), encoding="utf-8") as skeleton:
            config = skeleton.read()
        config = re.sub(r"(\w+): FILL_IN", lambda gap: f"{gap[1]}: {answers[gap[1]]}", config)
        self.file("mine.yaml", config)

        done = self.shell(f"set -e\n{end.rstrip()} --paths 2k -o mine.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(told, done.stdout)
        self.assertRegex(done.stdout, r"99 % of paths below +[0-9]")
        self.assertTrue(os.path.exists(self.path("mine.html")))

        with open(self.path("mine.json"), encoding="utf-8") as results:
            values = {value["path"]: value for value in parse(results.read())["provenance"]["config"]["values"]}
        for path, origin, source in (
                ("providers.northcloud.regions.east.outages.rate.value", "fitted", r"^hedgerow fit .*incidents\.csv: 10 events"),
                ("providers.southcloud.regions.south.outages.duration.lognormal.posterior.log_sigma", "fitted", "^$"),
                ("workloads.compute.demand", "configured", r"^bill\.csv"),
                ("workloads.compute.revenue_at_risk", "configured", "^$"),
                ("providers.northcloud.divergence.rates.aligned_to_strained", "assumed", ".")):
            with self.subTest(path):
                self.assertEqual(values[path]["origin"], origin)
                self.assertRegex(values[path]["source"], source)


if __name__ == "__main__":
    unittest.main()
