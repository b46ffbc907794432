"""What a log leaves open: from hedgerow fit --posterior through a run to its results."""

import re
import unittest

from program import MINIMAL, SOURCE, W0, ProgramTest, hedgerow, parse, results, without_provenance

RATE = ("--set", "providers.A.regions.A1.outages.rate={value: 6/yr, posterior: {events: 6, exposure: 1yr}}")
SPLIT = ("--set", "outputs.parameter_uncertainty=yes")
LOG = f"{SOURCE}/configs/incidents.csv"


def indented(text, width):
    return "".join(f"{' ' * width}{line}\n" for line in text.splitlines())


class Posterior(ProgramTest):
    def fitted_config(self, *options):
        """The first example, with the outages of aws.east fitted to a log."""
        fitted = hedgerow("fit", LOG, "--columns", "start=created_at,end=resolved_at", "--region", "east",
                          "--minimum-services", "2", "--from", "2022-01-01", "--until", "2026-01-01",
                          "--applies", "50%", "-o", self.path("outages.yaml"), *options)
        self.assertEqual(fitted.returncode, 0, fitted.stderr)
        with open(self.path("outages.yaml"), encoding="utf-8") as read:
            fragment = read.read()
        with open(MINIMAL, encoding="utf-8") as read:
            config = read.read()
        before, after = config.split("  aws:\n", 1)
        line = next(line for line in after.splitlines(True) if "east: {outages:" in line)
        return self.file("config.yaml", before + "  aws:\n" + after.replace(line, "      east:\n" + indented(fragment, 8), 1))

    def test_a_fitted_posterior_is_read_shown_and_drawn(self):
        config = self.fitted_config("--posterior")
        shown = hedgerow("check", "--resolved", config)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        for key in ("rate.posterior.events", "rate.posterior.exposure", "lognormal.posterior.log_sigma",
                    "lognormal.posterior.correlation"):
            self.assertIn(f"providers.aws.regions.east.outages.{'duration.' if 'log' in key else ''}{key}", shown.stdout)
        first, second = (parse(hedgerow("explain", config, "--path", path, "--events").stdout)["draws"]["parameters"]
                         for path in ("3", "4"))
        self.assertEqual(list(first), ["region:aws.east"])
        self.assertNotEqual(first["region:aws.east"]["rate"], second["region:aws.east"]["rate"])
        self.assertNotEqual(first["region:aws.east"]["duration"]["lognormal"]["sigma"],
                            second["region:aws.east"]["duration"]["lognormal"]["sigma"])

    def test_without_a_posterior_nothing_is_drawn_and_nothing_is_told(self):
        events = parse(hedgerow("explain", self.fitted_config(), "--path", "3", "--events").stdout)
        self.assertNotIn("parameters", events["draws"])
        plain, asked = hedgerow("run", W0, "--paths", "2k"), hedgerow("run", W0, "--paths", "2k", *SPLIT)
        self.assertIn("outputs.parameter_uncertainty has no effect", asked.stderr)
        self.assertEqual(plain.stdout, asked.stdout)

    def test_the_split_is_told_and_changes_no_other_number(self):
        plain, split = results(W0, "--paths", "20k", *RATE), results(W0, "--paths", "20k", *RATE, *SPLIT)
        (strategy,) = split["strategies"].values()
        open_part = strategy.pop("parameter_uncertainty")
        self.assertEqual(without_provenance(plain), without_provenance(split))
        share = open_part["variance_share"]
        self.assertGreater(share["value"], 4 * share["se"])
        self.assertLess(share["value"], 0.9)
        sd = {number["output"]: number["sd"] for number in open_part["numbers"]}
        self.assertEqual(set(sd), {"total_cost.mean"} | {f"total_cost.{name}" for name in (
            "p5", "p50", "p95", "p99", "p99.5", "p99.9", "es_95", "es_99")})
        total = strategy["measures"]["total_cost"]
        self.assertAlmostEqual(sd["total_cost.mean"] ** 2 / total["sd"] ** 2, share["value"], delta=0.1)
        # of 6 +- sqrt(6) outages a year at A, which cost 9 230 572 in all
        self.assertAlmostEqual(sd["total_cost.mean"], 9_230_572 * 6 ** -0.5, delta=4 * 9_230_572 * 6 ** -0.5 / 62 ** 0.5)

    def test_the_summary_says_it_in_one_line(self):
        told = hedgerow("run", W0, "--paths", "20k", *RATE, *SPLIT).stdout
        found = re.search(r"the posteriors leave open: ([0-9.]+) ± ([0-9.]+) % \(none\)\. More paths do not", told)
        self.assertTrue(found, told)
        self.assertGreater(float(found[1]), float(found[2]))

    def test_threads_change_no_bit(self):
        one, two = (results(W0, "--paths", "3k", *RATE, *SPLIT, "--threads", n) for n in ("1", "2"))
        self.assertEqual(without_provenance(one), without_provenance(two))


if __name__ == "__main__":
    unittest.main()
