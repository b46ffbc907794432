"""What changed between two results: noise is called noise, a change is found, and what is broken is refused."""

import json
import math
import os
import unittest

from program import MINIMAL, TWO_PROVIDERS, W0, ProgramTest, hedgerow, parse

CHEAP = (MINIMAL, "--strategies", "second-cloud"), (TWO_PROVIDERS, "--strategies", "one,both")
DISCOUNT = "strategies.second-cloud.contracts.aws.discount"


class DiffTest(ProgramTest):
    def run_to(self, name, *arguments):
        path = self.path(name)
        done = hedgerow("run", *arguments, "-o", path, "--format", "json")
        self.assertIn(done.returncode, (0, 1, 5), done.stderr)
        return path

    def edited(self, name, source, edit):
        with open(source, encoding="utf-8") as text:
            result = json.load(text)
        edit(result)
        return self.file(name, json.dumps(result))

    def diff(self, *arguments):
        done = hedgerow("diff", *arguments, "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return parse(done.stdout)


def by_name(found, where="headlines"):
    return {(number["group"], number["name"]): number for number in found[where]}


class Noise(DiffTest):
    def test_two_seeds_of_one_config_are_noise(self):
        """Each family is judged at 5 %: of 40 pairs of identical worlds 7 or more alarms have a probability of 0.4 %."""
        pairs, alarms, other_alarms, differing = 40, 0, 0, 0
        for pair in range(pairs):
            old, new = (self.run_to(f"{side}.json", *CHEAP[pair % 2], "--paths", "400", "--seed", str(2 * pair + side)) for side in (1, 2))
            found = self.diff(old, new)
            self.assertEqual(found["sampling"], "independent")
            self.assertEqual(found["inputs"], [])
            alarms += found["counts"]["headlines"]["moved"] > 0
            other_alarms += found["counts"]["others"]["moved"] > 0
            differing += found["counts"]["headlines"]["noise"]
            self.assertEqual([word for word in found["verdicts"] if "paths" in word["name"]], [])  # how it was run, no verdict
        self.assertLessEqual(alarms, 6)
        self.assertLessEqual(other_alarms, 6)
        self.assertGreater(differing, 6 * pairs)  # there was something to raise an alarm about

    def test_errors_of_two_seeds_add_in_squares(self):
        old, new = (self.run_to(f"{seed}.json", MINIMAL, "--paths", "2k", "--seed", seed) for seed in ("1", "2"))
        number = by_name(self.diff(old, new))["azure-only", "total_cost.mean"]
        means = []
        for path in (old, new):
            with open(path, encoding="utf-8") as text:
                means.append(json.load(text)["strategies"]["azure-only"]["measures"]["total_cost"]["mean"])
        self.assertEqual(number["difference"], means[1]["value"] - means[0]["value"])
        self.assertAlmostEqual(number["se"], math.hypot(means[0]["se"], means[1]["se"]), delta=1e-6)
        self.assertAlmostEqual(number["standard_errors"], number["difference"] / number["se"], delta=1e-9)
        self.assertIs(number["paired"], False)

    def test_holm_takes_the_smallest_first(self):
        old, new = (self.run_to(f"{seed}.json", MINIMAL, "--paths", "400", "--seed", seed) for seed in ("1", "2"))
        numbers = sorted((abs(n["standard_errors"]) for n in self.diff(old, new)["headlines"] if n["p_adjusted"] is not None),
                         reverse=True)
        adjusted, so_far = [], 0.0
        for rank, size in enumerate(numbers):
            so_far = max(so_far, min(1.0, (len(numbers) - rank) * math.erfc(size / math.sqrt(2))))
            adjusted.append(so_far)
        found = sorted(n["p_adjusted"] for n in self.diff(old, new)["headlines"] if n["p_adjusted"] is not None)
        self.assertGreater(len(found), 15)
        for one, other in zip(found, adjusted):
            self.assertAlmostEqual(one, other, delta=1e-9)

    def test_small_differences_of_compilers_are_none(self):
        old = self.run_to("a.json", MINIMAL, "--paths", "500")
        mean = lambda result: result["strategies"]["azure-only"]["measures"]["total_cost"]["mean"]
        near = self.edited("near.json", old, lambda r: mean(r).update(value=mean(r)["value"] * (1 + 1e-11)))
        self.assertEqual(self.diff(old, near)["counts"]["headlines"]["moved"], 0)
        far = self.edited("far.json", old, lambda r: mean(r).update(value=mean(r)["value"] * (1 + 1e-7)))
        found = self.diff(old, far)
        self.assertEqual((found["sampling"], found["counts"]["headlines"]["moved"]), ("identical", 1))
        self.assertIn("CHANGED THOUGH NO INPUT DID", hedgerow("diff", old, far).stdout)
        self.assertEqual(hedgerow("diff", old, far, "--exit-code").returncode, 1)
        self.assertEqual(hedgerow("diff", old, near, "--exit-code").returncode, 0)
        self.assertEqual(hedgerow("diff", old, far).returncode, 0)

    def test_what_no_error_is_known_of_is_not_judged(self):
        """An interval of no width is that of an atom; a mean of few paths has no error worth the name; 1e-27 USD is 0."""
        old = self.run_to("a.json", MINIMAL, "--paths", "2k", "--seed", "1")

        def edit(shift, severed):
            def change(result):
                result["provenance"]["seed"] = str(shift)
                strategy = result["strategies"]["azure-only"]
                strategy["measures"]["total_cost"]["percentiles"][0].update(value=5e8 + shift, ci=[5e8 + shift] * 2)
                strategy["measures"]["total_cost"]["percentiles"][1].update(value=6e8 + 1e3 * shift, ci=[6e8 + 1e3 * shift - 1e3, 6e8 + 1e3 * shift + 1e3])
                strategy["providers"]["azure"]["severed_by_horizon"]["value"] = severed
                strategy["providers"]["azure"]["loss_given_severance"] = {"value": 100.0 + shift, "se": 1.0}
                strategy["hedge_premium"]["mean"] = {"value": 1e-27 * shift, "se": 1e-28}
            return change
        for severed, verdict in ((0.01, "unknown"), (0.02, "moved")):  # of 2 000 paths
            before, after = (self.edited(f"{n}.json", old, edit(n, severed)) for n in (10, 20))
            found = self.diff(before, after)
            self.assertEqual(by_name(found)["azure-only", "total_cost.p5"]["verdict"], "unknown")
            self.assertEqual(by_name(found)["azure-only", "total_cost.p50"]["verdict"], "moved")
            others = by_name(found, "others")
            self.assertEqual(others["azure-only", "providers.azure.loss_given_severance"]["verdict"], verdict)
            self.assertNotIn(("azure-only", "hedge_premium.mean"), others)


class Change(DiffTest):
    def two(self, paths="3k", value="4%", seed="1"):
        old = self.run_to("old.json", MINIMAL, "--paths", paths, "--seed", "1")
        return old, self.run_to("new.json", MINIMAL, "--paths", paths, "--seed", seed, "--set", f"{DISCOUNT}={value}")

    def test_the_changed_input_is_named(self):
        found = self.diff(*self.two("500"))
        self.assertEqual([(i["path"], i["old"]["value"], i["new"]["value"], i["new"]["origin"]) for i in found["inputs"]],
                         [(DISCOUNT, "5%", "4%", "configured")])
        self.assertEqual(found["sampling"], "common")
        plan = by_name(found)["second-cloud", "plan.total_cost"]
        self.assertEqual((plan["verdict"], plan["se"]), ("moved", None))
        self.assertEqual(by_name(found)["azure-only", "total_cost.mean"]["verdict"], "same")

    def test_pairs_find_a_point_of_discount_that_two_saved_errors_hide(self):
        old, new = self.two()
        mean = "second-cloud", "total_cost.mean"
        self.assertEqual(by_name(self.diff(old, new))[mean]["verdict"], "noise")
        self.assertIn("--paired", hedgerow("diff", old, new).stdout)
        found = self.diff(old, new, "--paired")
        paired = by_name(found)[mean]
        self.assertEqual((found["sampling"], paired["verdict"], paired["paired"]), ("paired", "moved", True))
        self.assertLess(paired["se"], 0.01 * by_name(self.diff(old, new))[mean]["se"])
        self.assertAlmostEqual(paired["difference"], paired["new"] - paired["old"], delta=1e-9 * paired["old"])
        for level in ("p50", "p99", "es_95", "es_99"):
            self.assertEqual(by_name(found)["second-cloud", "total_cost." + level]["verdict"], "moved", level)
        for (group, name), number in by_name(found).items():
            if group == "azure-only":
                self.assertEqual((number["verdict"], number["difference"]), ("same", 0.0), name)

    def test_pairs_know_the_error_of_their_difference(self):
        """20 replays of 500 paths lie about one of 8 000 paths as their errors say."""
        large = by_name(self.diff(*self.two("500"), "--paired", "--paths", "8k"))["second-cloud", "total_cost.mean"]
        old, new = self.two("500")
        found = []
        for seed in range(100, 120):  # played again with another seed, as if the results were of it
            old, new = (self.edited(f"{n}.json", path, lambda r: r["provenance"].update(seed=str(seed))) for n, path in enumerate((old, new)))
            found.append(by_name(self.diff(old, new, "--paired"))["second-cloud", "total_cost.mean"])
        sizes = [(number["difference"] - large["difference"]) / math.hypot(number["se"], large["se"]) for number in found]
        self.assertLess(abs(sum(sizes)) / math.sqrt(len(sizes)), 4)
        spread = sum(size * size for size in sizes)  # chi-square with 20 degrees: 0.1 % beyond either
        self.assertTrue(5.9 < spread < 45.3, spread)

    def test_a_change_shows_between_other_seeds_if_it_is_large(self):
        old = self.run_to("o.json", MINIMAL, "--paths", "3k", "--seed", "1")
        new = self.run_to("n.json", MINIMAL, "--paths", "3k", "--seed", "2", "--set", "providers.azure.list_price=3 USD/unit-hour")
        found = self.diff(old, new)
        self.assertEqual(found["sampling"], "independent")
        self.assertEqual(by_name(found)["azure-only", "total_cost.mean"]["verdict"], "moved")
        self.assertEqual(hedgerow("diff", old, new, "--exit-code").returncode, 1)

    def test_the_largest_of_the_others_come_first(self):
        others = self.diff(*self.two(value="1%"))["others"]
        sizes = [abs(n["standard_errors"]) if n["standard_errors"] is not None else math.inf
                 for n in others if n["verdict"] == "moved"]
        self.assertGreater(len(sizes), 5)
        self.assertEqual(sizes, sorted(sizes, reverse=True))

    def test_limits_come_first(self):
        limit = "limits=[{name: appetite, strategy: none, measure: outage.mean, at_most: %s USD}]"
        old = self.run_to("o.json", W0, "--paths", "5k", "--set", limit % "15M")
        new = self.run_to("n.json", W0, "--paths", "5k", "--set", limit % "12M")
        found = self.diff(old, new)
        self.assertEqual(found["limits"], [{"name": "appetite", "old": "kept", "new": "breached"}])
        self.assertRegex(hedgerow("diff", old, new).stdout, r"^Limits whose verdict changed\nlimit +old +new\nappetite +kept +breached\n")

    def test_new_and_gone(self):
        old = self.run_to("o.json", MINIMAL, "--paths", "300", "--strategies", "azure-only")
        new = self.run_to("n.json", MINIMAL, "--paths", "300", "--strategies", "second-cloud")
        found = self.diff(old, new)
        self.assertIn("strategy azure-only", found["gone"])
        self.assertIn("strategy second-cloud", found["added"])
        self.assertEqual(found["headlines"], [])

    def test_another_currency_or_horizon(self):
        old = self.run_to("o.json", MINIMAL, "--paths", "300")
        euro = self.edited("e.json", old, lambda r: r.update(currency="EUR"))
        found = self.diff(old, euro)
        self.assertEqual(found["other_currency"], {"old": "USD", "new": "EUR"})
        names = {name for _, name in by_name(found)}
        self.assertEqual(names, {"probability_cheaper"})
        self.assertIn("OTHER CURRENCY: EUR instead of USD", hedgerow("diff", old, euro).stdout)
        shorter = self.edited("h.json", old, lambda r: r["horizon"].update(months=60))
        self.assertEqual(self.diff(old, shorter)["headlines"], [])
        done = hedgerow("diff", old, shorter, "--paired")
        self.assertEqual(done.returncode, 2)
        self.assertIn("horizon/months", done.stderr)


class Surface(DiffTest):
    def test_formats_and_files(self):
        old = self.run_to("o.json", TWO_PROVIDERS, "--paths", "200")
        markdown = hedgerow("diff", old, old, "--format", "markdown").stdout
        self.assertTrue(markdown.startswith("### What changed\n\n"))
        self.assertIn("|---|---:|", markdown)
        out = self.path("d.json")
        done = hedgerow("diff", old, old, "--format", "json", "-o", out)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        with open(out, encoding="utf-8") as text:
            found = parse(text.read())
        self.assertEqual((found["format"], found["sampling"], found["others"]), ("hedgerow-diff/1", "identical", []))
        with open(old, encoding="utf-8") as text:
            self.assertEqual(hedgerow("diff", "-", old, stdin=text.read()).returncode, 0)

    def test_names_are_text(self):
        hostile = "a|b`<img src=x>@team #1 [x](y)\x1b[31m"
        old = self.run_to("o.json", W0, "--paths", "200")

        def rename(result):
            result["strategies"] = {hostile: result["strategies"]["none"]}
            result["title"] = hostile
        bad = self.edited("b.json", old, rename)
        text, markdown = (hedgerow("diff", bad, bad, "--format", f).stdout for f in ("table", "markdown"))
        self.assertNotIn("\x1b", text + markdown)
        for forbidden in ("<img", "a|b", "@team", " #1", "[x]", "`"):
            self.assertNotIn(forbidden, markdown)

    def test_bad_files(self):
        good = self.run_to("o.json", W0, "--paths", "200")
        with open(good, encoding="utf-8") as text:
            whole = text.read()
        for name, text, message in (("cut.json", whole[:9000], "damaged"), ("other.json", '{"a": 1}', "format is missing"),
                                    ("two.json", whole.replace("hedgerow-results/1", "hedgerow-results/2"), "must be hedgerow-results/1"),
                                    ("list.json", "[]", "format is missing")):
            bad = self.file(name, text)
            for arguments in ((good, bad), (bad, good)):
                done = hedgerow("diff", *arguments)
                self.assertEqual((done.returncode, done.stdout), (3, ""), name)
                self.assertIn(os.path.basename(bad), done.stderr)
                self.assertIn(message, done.stderr)
        self.assertEqual(hedgerow("diff", good, self.path("missing.json")).returncode, 4)
        self.assertEqual(hedgerow("diff", good).returncode, 2)
        self.assertEqual(hedgerow("diff", "-", "-").returncode, 2)
        self.assertEqual(hedgerow("diff", good, good, "--paths", "5").returncode, 2)
        self.assertEqual(hedgerow("diff", good, good, "-o", self.path("no/such/folder")).returncode, 4)
        strange = self.edited("s.json", good, lambda r: r.update(limits=[1, "x", {}, []], market=[], comparisons=[None, {"strategy": 3}]))
        self.assertEqual(hedgerow("diff", good, strange).returncode, 0)
        deep = self.file("deep.json", whole.replace('"market": {', '"market": {"deep": ' + "[" * 5000 + "]" * 5000 + ", ", 1))
        self.assertEqual(hedgerow("diff", deep, deep).returncode, 3)

    def test_a_group_that_is_itself_a_number_is_compared(self):
        """Found by fuzzing: a strategy with a value and its error of its own, beside its measures."""
        good = self.run_to("o.json", W0, "--paths", "200")
        number = self.edited("n.json", good, lambda r: r["strategies"]["none"].update(value=1, se=1))
        done = hedgerow("diff", number, number)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
