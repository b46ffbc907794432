"""What a run answers must add up: parts to wholes, differences to what they are differences of."""

import re
import unittest

from program import MINIMAL, W2, ProgramTest, hedgerow, parse, results


class AddUp(unittest.TestCase):
    """All sums hold path by path: to rounding, whatever the number of paths."""

    @classmethod
    def setUpClass(cls):
        cls.worlds = [results(MINIMAL, "--paths", "3k"),
                      results(W2, "--paths", "3k", "--strategies", "concentrated,diversified")]

    def strategies(self):
        for world in self.worlds:
            yield from world["strategies"].values()

    def comparisons(self):
        for world in self.worlds:
            for comparison in world["comparisons"]:
                one, other = (world["strategies"][comparison[side]]["measures"][comparison["measure"]]
                              for side in ("strategy", "reference"))
                yield comparison, one, other

    def same(self, found, expected, scale=None):
        self.assertLessEqual(abs(found - expected), 1e-12 * abs(expected if scale is None else scale), (found, expected))

    def tail_adds_up(self, strategy, parts):
        """At every level: the parts together are the expected shortfall of the loss."""
        wholes = strategy["measures"]["loss"]["expected_shortfall"]
        self.assertEqual([whole["level"] for whole in wholes], [0.95, 0.99])
        for n, whole in enumerate(wholes):
            tails = [part["tail"][n] for part in parts]
            self.assertEqual({tail["level"] for tail in tails}, {whole["level"]})
            self.same(sum(tail["value"] for tail in tails), whole["value"])

    def test_contributions(self):
        for strategy in self.strategies():
            self.assertGreater(sum(part["tail"][0]["value"] != 0 for part in strategy["contributions"]), 2)
            self.tail_adds_up(strategy, strategy["contributions"])

    def test_causes(self):
        for strategy in self.strategies():
            attribution = strategy["attribution"]
            self.tail_adds_up(strategy, attribution["by_cause"])
            self.tail_adds_up(strategy, attribution["causes"])
            # 3k paths are fewer than are played again for a mean: these means are of all the paths.
            self.assertEqual(attribution["mean_paths"], "3000")
            mean = strategy["measures"]["loss"]["mean"]["value"]
            self.same(sum(cause["mean"]["value"] for cause in attribution["by_cause"]), mean)
            self.same(sum(cause["mean"]["value"] for cause in attribution["causes"]), mean)

    def test_providers(self):
        for strategy in self.strategies():
            providers = strategy["attribution"]["providers"].values()
            self.tail_adds_up(strategy, list(providers))
            self.same(sum(provider["mean_loss"]["value"] for provider in providers),
                      strategy["measures"]["loss"]["mean"]["value"])
            self.same(sum(provider["spend"]["value"] for provider in providers),
                      strategy["measures"]["spend"]["mean"]["value"])

    def test_entities_are_the_outages_of_the_providers(self):
        for strategy in self.strategies():
            outages = [part for part in strategy["contributions"]
                       if part["component"] in ("outage", "reputation", "sla_credit")]
            entities = strategy["attribution"]["entities"]
            for n in range(2):
                self.same(sum(entity["tail"][n]["value"] for entity in entities),
                          sum(part["tail"][n]["value"] for part in outages))

    def test_differences(self):
        for comparison, one, other in self.comparisons():
            self.same(comparison["mean"]["value"], one["mean"]["value"] - other["mean"]["value"], other["mean"]["value"])
            for kind in ("expected_shortfall", "percentiles"):
                self.assertEqual(len(comparison[kind]), len(one[kind]))
                for difference, a, b in zip(comparison[kind], one[kind], other[kind]):
                    self.assertEqual(difference["level"], a["level"])
                    self.same(difference["value"], a["value"] - b["value"], b["value"])

    def test_differences_of_the_same_futures_are_known_better(self):
        for comparison, one, other in self.comparisons():
            self.assertLess(comparison["mean"]["se"], 0.8 * (one["mean"]["se"]**2 + other["mean"]["se"]**2)**0.5)

    def test_waterfalls(self):
        for comparison, _, other in self.comparisons():
            waterfall = comparison["waterfall"]
            difference, scale = waterfall["difference"]["value"], other["mean"]["value"]
            for way in ("increment", "shapley"):
                steps = sum(step[way]["value"] for step in waterfall["steps"])
                self.assertNotEqual(steps, 0.0)
                self.same(steps + waterfall["rest"]["value"], difference, scale)


class Screen(ProgramTest):
    """The screen begins with the verdict; the tables are there for the asking."""

    VERDICT = ("Cost", "Tail", "Why", "Held by")

    def answers(self, text):
        return [word for word in self.VERDICT if any(line.startswith(f"  {word}  ") for line in text.splitlines())]

    def test_two_strategies_get_a_verdict(self):
        short = hedgerow("run", MINIMAL, "--paths", "2k")
        full = hedgerow("run", MINIMAL, "--paths", "2k", "--tables")
        for done in (short, full):
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.answers(done.stdout), list(self.VERDICT))
        for row in ("5 % of paths below", "99.9 % of paths below", "Made of, in the mean", "Severed by the horizon"):
            self.assertNotRegex(short.stdout, rf"(?m)^ *{row}")
            self.assertRegex(full.stdout, rf"(?m)^ *{row}")
        self.assertGreater(len(full.stdout.splitlines()), len(short.stdout.splitlines()) + 5)

    def test_the_screen_says_what_the_results_hold(self):
        results_file = self.path("r.json")
        done = hedgerow("run", MINIMAL, "--paths", "2k", "-o", results_file)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(results_file, encoding="utf-8") as text:
            told = parse(text.read())
        said = re.sub(r"\s+", " ", done.stdout)
        for label, text in ((one["label"], one["text"]) for one in told["comparisons"][0]["verdict"]):
            self.assertIn(f" {label} {text} ", said)
        self.assertEqual([one["label"] for one in told["comparisons"][0]["verdict"] if one["label"] != "Prices"], list(self.VERDICT))
        self.assertRegex(told["strategies"]["azure-only"]["held_by"], "^azure with 100 % of the bills and 100 % of the worst 1 %; ")

    def test_one_unit_on_the_screen(self):
        """Totals of some paths are above 1 B, but the mean is below: all in M."""
        done = hedgerow("run", MINIMAL, "--paths", "2k")
        self.assertEqual(re.findall(r"^ *\[(\w) USD(?:\], 95 % intervals|, present values\])", done.stdout, re.M), ["M", "M"])
        self.assertRegex(done.stdout, r"(?m)^ +total +1 \d{3}\.\d{3}$")
        self.assertRegex(done.stdout, r"paths of about this cost \([\d ]+\.\d M USD on average\)")

    def test_one_strategy_has_nothing_to_be_compared_with(self):
        alone = hedgerow("run", MINIMAL, "--paths", "2k", "--strategies", "azure-only").stdout
        for word in ("Cost", "Tail", "Why"):
            self.assertNotIn(word, self.answers(alone))
        self.assertIn("Made of, in the mean", alone)


if __name__ == "__main__":
    unittest.main()
