"""Limits, precision on demand, and the exit codes that pipelines hang on."""

import json
import unittest

from program import MINIMAL, W0, ProgramTest, hedgerow, parse, results, without_provenance


def limit(measure, bound, name="appetite", strategy="none"):
    return "{name: %s, strategy: %s, measure: %s, %s}" % (name, strategy, measure, bound)


def run(*limits, paths="5k", arguments=()):
    """W-0 with limits: the process and its results."""
    done = hedgerow("run", W0, "--paths", paths, "--format", "json", "--set", f"limits=[{', '.join(limits)}]", *arguments)
    return done, parse(done.stdout) if done.stdout else None


class Limits(ProgramTest):
    def test_kept_breached_undecided(self):
        for bound, code, verdict in (("at_most: 15M USD", 0, "kept"), ("at_most: 12M USD", 1, "breached"),
                                     ("at_most: 13_628_456.70 USD", 5, "undecided"),
                                     ("at_least: 12M USD", 0, "kept"), ("at_least: 15M USD", 1, "breached")):
            done, result = run(limit("outage.mean", bound))
            self.assertEqual(done.returncode, code, (bound, done.stderr))
            found = result["limits"][0]
            self.assertEqual((found["verdict"], found["breached"]), (verdict, code == 1))
            self.assertEqual("at_most" in found, "at_most" in bound)
            self.assertEqual("at_least" in found, "at_least" in bound)
            mean = result["strategies"]["none"]["measures"]["outage"]["mean"]
            self.assertEqual(found["measured"], mean["value"])
            self.assertAlmostEqual(found["ci"][1], mean["value"] + 1.959964 * mean["se"], delta=1.0)
            self.assertEqual(found["paths_to_decide"] is not None, verdict == "undecided")
            if verdict == "undecided":
                self.assertGreater(int(found["paths_to_decide"]), 5_000)

    def test_a_breach_outranks_what_is_undecided(self):
        done, result = run(limit("outage.mean", "at_most: 13_628_456.70 USD"),
                           limit("outage.p99", "at_most: 1M USD", name="tail"), limit("loss.es_99", "at_most: 1B USD", name="far"))
        self.assertEqual([found["verdict"] for found in result["limits"]], ["undecided", "breached", "kept"])
        self.assertEqual(done.returncode, 1)

    def test_a_level_that_is_not_reported_otherwise_is_reported_for_the_limit(self):
        _, plain = run()
        _, result = run(limit("outage.p97_3", "at_most: 1B USD"), limit("outage.es_97.3", "at_most: 1B USD", name="b"))
        of = lambda found, kind: [entry["level"] for entry in found["strategies"]["none"]["measures"]["outage"][kind]]
        self.assertNotIn(0.973, of(plain, "percentiles"))
        self.assertEqual(of(result, "percentiles"), sorted(of(plain, "percentiles") + [0.973]))
        self.assertEqual(of(result, "expected_shortfall"), sorted(of(plain, "expected_shortfall") + [0.973]))
        self.assertEqual(plain["limits"], [])

    def test_the_verdicts_come_first(self):
        done = hedgerow("run", W0, "--paths", "2k", "--set", f"limits=[{limit('outage.mean', 'at_most: 12M USD')}]")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"^LIMITS  appetite: BREACHED +the mean of outage losses of none is "
                                      r"13\.\d+ \[.*\] M USD, at most 12 allowed\n\n")

    def test_results_are_written_whatever_the_verdict(self):
        out = self.path("r.json")
        done, _ = run(limit("outage.mean", "at_most: 12M USD"), arguments=("-o", out))
        self.assertEqual(done.returncode, 1)
        with open(out, encoding="utf-8") as text:
            self.assertEqual(json.load(text)["limits"][0]["verdict"], "breached")

    def test_limits_on_strategies_that_are_not_run_are_named_and_left_out(self):
        limits = ", ".join((limit("total_cost.mean", "at_most: 1M USD", name="gone", strategy="azure-only"),
                            limit("total_cost.mean", "at_least: 1M USD", name="here", strategy="second-cloud"),
                            limit("probability_cheaper", "at_least: 99%", name="moot", strategy="second-cloud")))
        done = hedgerow("run", MINIMAL, "--paths", "1k", "--set", f"limits=[{limits}]", "--strategies", "second-cloud")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("leaves out azure-only, so limit gone is not looked at", done.stderr)
        self.assertIn("leaves out azure-only, so limit moot is not looked at", done.stderr)
        self.assertIn("here: kept", done.stdout)


class Precision(ProgramTest):
    def test_a_run_that_stops_is_a_run_of_so_many_paths(self):
        stopped = results(W0, "--precision", "4%")
        precision = stopped.pop("precision")
        self.assertIs(precision["reached"], True)
        self.assertEqual(precision["unmet"], [])
        self.assertEqual(precision["batches"], [str(2**n) for n in range(13, 13 + len(precision["batches"]))])
        self.assertEqual(precision["batches"][-1], stopped["paths"])
        self.assertGreater(int(stopped["paths"]), 2**13)
        plain = results(W0, "--paths", stopped["paths"])
        self.assertIsNone(plain.pop("precision"))
        self.assertEqual(without_provenance(stopped), without_provenance(plain))
        total = stopped["strategies"]["none"]["measures"]["total_cost"]
        self.assertLessEqual(1.96 * total["mean"]["se"], 0.04 * total["mean"]["value"])
        for entry in total["percentiles"] + total["expected_shortfall"]:
            self.assertLessEqual(entry["ci"][1] - entry["ci"][0], 2 * 0.04 * entry["value"])

    def test_paths_are_the_most(self):
        done = hedgerow("run", W0, "--precision", "0.1%", "--paths", "10k", "--format", "json")
        self.assertEqual(done.returncode, 5)
        result = parse(done.stdout)
        self.assertEqual(result["precision"]["batches"], ["8192", "10000"])
        self.assertIs(result["precision"]["reached"], False)
        self.assertIs(result["complete"], True)
        for unmet in result["precision"]["unmet"]:
            self.assertGreater(unmet["relative"] or 1, 0.001)
            self.assertTrue(unmet["output"].startswith("total_cost."))
        self.assertIn("NOT REACHED with 10 000 paths", done.stderr)
        self.assertIn("the mean of none is known to", done.stderr)

    def test_the_table_says_so_once(self):
        done = hedgerow("run", W0, "--precision", "0.1%", "--paths", "10k")
        self.assertEqual((done.returncode, done.stderr), (5, ""))
        self.assertIn("NOT REACHED with 10 000 paths, in 2 batches", done.stdout)
        self.assertRegex(done.stdout, r"the mean of none is known to ±0\.\d+ %; about [\d ]+ paths would do")

    def test_in_the_config_the_configured_paths_are_the_most(self):
        config = self.file("p.yaml", hedgerow("init").stdout.replace("simulation: {", "simulation: {precision: 0.01%, "))
        result = parse(hedgerow("run", config, "--format", "json", "--set", "simulation.paths=9k").stdout)
        self.assertEqual(result["precision"]["most_paths"], "9000")
        self.assertIn("at most", hedgerow("check", config).stdout)
        self.assertIn("simulation.precision", hedgerow("check", config, "--resolved").stdout)

    def test_only_a_part_of_one_is_a_precision(self):
        for bad in ("0%", "100%", "1", "-1%", "fine"):
            done = hedgerow("run", W0, "--precision", bad)
            self.assertEqual(done.returncode, 2, bad)
            self.assertIn("--precision", done.stderr)

    def test_progress_counts_within_batches(self):
        done = hedgerow("run", W0, "--precision", "4%", "--progress", "json")
        events = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertTrue(all(event["paths_done"] <= event["paths"] for event in events))
        self.assertEqual([event["paths_done"] for event in events], sorted(event["paths_done"] for event in events))
        self.assertEqual(events[-1]["paths_done"], events[-1]["paths"])
        self.assertGreater(len({event["paths"] for event in events}), 1)


if __name__ == "__main__":
    unittest.main()
