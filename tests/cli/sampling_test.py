"""run --sampling: what each way of drawing futures promises, as its users see it."""

import math
import os
import re
import unittest

from program import ARTICLE, MINIMAL, VALIDATION, W0, ProgramTest, hedgerow, results

PRICES = os.path.join(VALIDATION, "price-severance.yaml")
DEEP = ("--set", "outputs.expected_shortfall=[95%, 99.9%]", "--set", "outputs.percentiles_of=[total_cost]")


def shortfall(result, level):
    (strategy,) = result["strategies"].values()
    return next(tail for tail in strategy["measures"]["total_cost"]["expected_shortfall"] if tail["level"] == level)


class Sampling(ProgramTest):
    def test_importance_sampling_knows_a_deep_tail_from_a_twentieth_of_the_paths(self):
        plain = shortfall(results(W0, "--paths", "160k", "--sampling", "plain", *DEEP), 0.999)
        result = results(W0, "--paths", "20k", "--sampling", "importance", *DEEP)
        few = shortfall(result, 0.999)
        self.assertLess(few["se"], plain["se"])  # with an eighth of the paths
        self.assertLessEqual(abs(few["value"] - plain["value"]), 4 * math.hypot(few["se"], plain["se"]))
        sampling = result["sampling"]
        self.assertEqual((sampling["used"], sampling["nominal_paths"], sampling["tilted_paths"]), ("importance", "10000", "10000"))
        gains = {use["output"]: use["gain"] for use in sampling["uses"]}
        self.assertGreater(gains["total_cost.es_99.9"], 10)
        mean = sampling["weights"]["mean"]
        self.assertLessEqual(abs(mean["value"] - 1), 4 * mean["se"])

    def test_sobol_points_know_means_and_tails_of_prices_and_ruptures(self):
        sobol, plain = (results(PRICES, "--paths", "32k", "--sampling", way, *DEEP) for way in ("sobol", "plain"))
        exact = 1_640_263_420.82  # in closed form: the head of the config
        mean = sobol["strategies"]["spread"]["measures"]["total_cost"]["mean"]
        self.assertLess(mean["se"], 200_000)  # of independent paths: 5 600 000
        self.assertLessEqual(abs(mean["value"] - exact), 4 * mean["se"])
        here, there = shortfall(sobol, 0.95), shortfall(plain, 0.95)
        self.assertLess(here["se"] ** 2 * 10, there["se"] ** 2)  # a tenth of the paths would do
        self.assertLessEqual(abs(here["value"] - there["value"]), 4 * math.hypot(here["se"], there["se"]))

    def test_auto_says_what_it_chose_and_why(self):
        done = hedgerow("run", W0, "--paths", "20k", "--sampling", "auto", *DEEP)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"Sampling: importance\n  asked for auto: in a pilot .*importance sampling \d.*Sobol points")
        self.assertIn("everything else from the paths as they come alone", done.stdout)
        self.assertNotIn("Sampling:", hedgerow("run", W0, "--paths", "1000").stdout)

    def test_explain_finds_the_path_that_the_run_told(self):
        for way in ("sobol", "importance"):
            file = self.path(f"{way}.json")
            done = hedgerow("run", W0, "--paths", "9000", "--sampling", way, "-o", file)
            self.assertEqual(done.returncode, 0, done.stderr)
            told = re.search(r"The 1-in-100 path of none, number (\d+)", done.stdout)
            again = hedgerow("explain", file, "--strategy", "none", "--at", "p99")
            self.assertEqual(again.returncode, 0, again.stderr)
            self.assertIn(f"on path {told[1]} of seed", again.stdout)

    def test_what_cannot_be_is_said(self):
        done = hedgerow("run", MINIMAL, "--sampling", "sobbol")
        self.assertEqual(done.returncode, 2)
        self.assertIn("must be one of plain, auto, importance, sobol", done.stderr)
        self.assertIn("did you mean sobol?", done.stderr)
        done = hedgerow("run", MINIMAL, "--paths", "1000", "--sampling", "sobol")
        self.assertEqual(done.returncode, 2)
        self.assertIn("too few paths for Sobol points (1024 at least)", done.stderr)
        done = hedgerow("run", ARTICLE, "--paths", "2000", "--strategies", "azure-only", "--sampling", "importance")
        self.assertEqual(done.returncode, 0)
        self.assertIn("Sampling: plain\n  asked for importance: a pilot does not pay below 8192 paths", done.stdout)


if __name__ == "__main__":
    unittest.main()
