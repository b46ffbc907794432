"""hedgerow explain: the story of a path, which path that is, and where it is taken from."""

import json
import re
import unittest

from program import ARTICLE, MINIMAL, W0, ProgramTest, hedgerow, parse, results

PATHS = "3k"


def amount(line):
    """The amount at the end of a line of a story, as a whole number of its last digit; 0 without any."""
    found = re.search(r"  ([+-]?[0-9][0-9 ]*)\.([0-9]{2,3})$", line)
    return int(found[1].replace(" ", "") + found[2]) if found else 0


def story(text):
    """The lines of the story from `plan` to `total`."""
    lines = text.split("\n\n")[1].splitlines()
    assert lines[1].split()[0] == "plan", lines
    assert lines[-1].split()[0] == "total", lines
    return lines[1:]


class Explain(ProgramTest):
    def explain(self, *arguments, **options):
        done = hedgerow("explain", *arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def rejected(self, *arguments, code=2, says):
        done = hedgerow("explain", *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, done.stderr)

    def test_the_story_adds_up_in_its_printed_digits_to_the_ledger(self):
        for strategy in ("azure-only", "second-cloud", "spread-wider"):
            for extra in ([], ["--all"]):
                text = self.explain(ARTICLE, "--paths", PATHS, "--path", "17", "--strategy", strategy, *extra)
                lines = story(text)
                digit = {"B": 1e6, "M": 1e3, "k": 1.0}[re.search(r"\[(\w) USD, present values\]", text)[1]]
                self.assertNotRegex(text, r"(?m) [+-]?0\.000$")
                self.assertEqual(sum(amount(line) for line in lines[:-1]), amount(lines[-1]))
                self.assertGreater(amount(lines[-1]), 1000)
            events = parse(self.explain(ARTICLE, "--path", "17", "--events"))
            total = events["strategies"][strategy]["total_cost"]["present"]
            self.assertAlmostEqual(amount(lines[-1]) * digit, total, delta=0.51 * digit)
            self.assertAlmostEqual(amount(lines[0]) * digit, events["plans"][strategy]["total_cost"]["present"], delta=0.51 * digit)

    def test_at_a_percentile_it_is_the_path_of_that_percentile_of_the_run(self):
        run = results(ARTICLE, "--paths", PATHS)
        for strategy, option, level, neighbours in (  # no more than the tail has, and at least ten
                ("second-cloud", "p99", 0.99, 30), ("azure-only", "99.9%", 0.999, 10), ("spread-wider", "median", 0.5, 200)):
            text = self.explain(ARTICLE, "--paths", PATHS, "--strategy", strategy, "--at", option)
            percentiles = run["strategies"][strategy]["measures"]["total_cost"]["percentiles"]
            value = next(p["value"] for p in percentiles if p["level"] == level)
            path = re.match(rf"{strategy} on path (\d+) of seed 20251103: of 3 000 paths, ", text)[1]
            events = parse(self.explain(ARTICLE, "--path", path, "--events"))
            self.assertEqual(events["strategies"][strategy]["total_cost"]["present"], value)
            self.assertIn(f"Of the {neighbours} paths of about this cost", text)

    def test_default_is_p99_of_the_first_strategy_that_is_not_the_reference(self):
        self.assertEqual(self.explain(MINIMAL, "--paths", PATHS),
                         self.explain(MINIMAL, "--paths", PATHS, "--strategy", "second-cloud", "--at", "p99"))
        self.assertTrue(self.explain(MINIMAL, "--paths", PATHS, "--strategies", "azure-only").startswith("azure-only on path"))

    def test_threads_change_no_character(self):
        one, four = (self.explain(ARTICLE, "--paths", PATHS, "--threads", n) for n in ("1", "4"))
        self.assertEqual(one, four)

    def test_other_strategies_change_no_character(self):
        alone = self.explain(ARTICLE, "--paths", PATHS, "--strategies", "second-cloud", "--strategy", "second-cloud")
        self.assertEqual(alone, self.explain(ARTICLE, "--paths", PATHS, "--strategy", "second-cloud"))

    def test_ledger_on_request(self):
        plain = self.explain(MINIMAL, "--path", "3")
        self.assertNotIn("capacity_shortage", plain)
        self.assertIn("capacity_shortage", self.explain(MINIMAL, "--path", "3", "--ledger"))
        self.assertNotIn("Of the", plain)  # a path that was named has no rank

    def test_from_results(self):
        out = self.path("r.json")
        run = hedgerow("run", MINIMAL, "--paths", "2k", "--seed", "9", "--set", "horizon.discount_rate=5%",
                       "--set", "workloads.training.demand=900 units", "-o", out)
        self.assertEqual(run.returncode, 0, run.stderr)
        direct = self.explain(MINIMAL, "--paths", "2k", "--seed", "9", "--set", "horizon.discount_rate=5%",
                              "--set", "workloads.training.demand=900 units")
        self.assertEqual(self.explain(out), direct)
        with open(out, encoding="utf-8") as text:
            self.assertEqual(self.explain("-", stdin=text.read()), direct)
        self.assertNotEqual(self.explain(out, "--seed", "10"), direct)
        with open(out, encoding="utf-8") as text:
            provenance = parse(text.read())["provenance"]
        with open(MINIMAL, encoding="utf-8") as config:
            self.assertEqual(provenance["config"]["source"], config.read())
        self.assertEqual(provenance["config"]["overrides"][1],
                         {"key": "workloads.training.demand", "value": "900 units"})

    def test_results_of_some_strategies_only(self):
        out = self.path("r.json")
        hedgerow("run", ARTICLE, "--paths", "1k", "--strategies", "spread-wider", "-o", out)
        self.assertTrue(self.explain(out).startswith("spread-wider on path"))

    def test_damaged_results(self):
        result = results(W0, "--paths", "1k")

        def damaged(change, says):
            broken = json.loads(json.dumps(result))
            change(broken)
            self.rejected(self.file("r.json", json.dumps(broken, indent=2)), code=3, says=says)

        config = "provenance.config."
        damaged(lambda r: r["provenance"]["config"].pop("source"), ["r.json: " + config + "source is missing"])
        damaged(lambda r: r["provenance"].pop("config"), "is missing")
        damaged(lambda r: r["provenance"]["config"].update(source=7), config + "source is not a text")
        damaged(lambda r: r["provenance"]["config"].update(source="horizon: {}"), config + "source is")
        damaged(lambda r: r["provenance"]["config"].update(source=result["provenance"]["config"]["source"] + "# more\n"),
                "SHA-256 differs")
        damaged(lambda r: r["provenance"]["config"].update(overrides={}), config + "overrides is not a list")
        damaged(lambda r: r["provenance"]["config"].update(overrides=[{"key": "a"}]), config + "overrides has an entry")
        damaged(lambda r: r["provenance"].update(seed="x"), "provenance.seed is not a whole number")
        damaged(lambda r: r.update(format="hedgerow-results/9"), "format is hedgerow-results/9")
        damaged(lambda r: r.pop("strategies"), "strategies is missing")
        cut = json.dumps(result, indent=2)
        self.rejected(self.file("r.json", cut[:len(cut) // 2]), code=3, says=["r.json:", "damaged", "cut short"])
        self.assertRegex(hedgerow("explain", self.file("r.json", cut[:100])).stderr, r"r\.json:\d+:\d+: damaged")

    def test_mistakes(self):
        self.rejected(MINIMAL, "--strategy", "second-clud", says="--strategy: unknown strategy second-clud (did you mean second-cloud?)")
        self.rejected(MINIMAL, "--at", "p99", "--path", "3", says="--at and --path both name a path")
        for wrong in ("p100", "99", "0%", "p", "worst", "pp99", "p99x", "nan%", ""):
            self.rejected(MINIMAL, "--at", wrong, says="must be a percentile")
        self.rejected(MINIMAL, "--path", "three", says="--path is three (must be a whole number from 0)")
        self.rejected(MINIMAL, "--path", "", says="must be a whole number from 0")
        self.rejected(MINIMAL, "--threads", "x", says="--threads is x")
        self.rejected(self.path("absent.json"), code=4, says="absent.json")


if __name__ == "__main__":
    unittest.main()
