"""bench/peers: the peers read what we read, calculate what we calculate where nothing is left to chance, and are refused
when their answers are not ours. (numba and C++ are compared by bench/compare only: compiling them takes too long here.)"""

import copy
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["HEDGEROW"]
SOURCE = Path(os.environ["HEDGEROW_SOURCE"])
ARTICLE = SOURCE / "configs" / "openai-aws.yaml"
PEERS = SOURCE / "bench" / "peers"
sys.path.insert(0, str(PEERS))

from agreement import Disagreement, require_agreement  # noqa: E402
from model import NotModelled, model_of  # noqa: E402

LOCATIONS = {"azure": ("east-us", "south-central-us"), "aws": ("us-east-1",), "oracle": ("texas",), "coreweave": ("us",)}


def hedgerow(*arguments, overrides=()):
    settings = [word for override in overrides for word in ("--set", override)]
    return subprocess.run([PROGRAM, *arguments, *settings], check=True, capture_output=True, text=True).stdout


def resolved(*overrides):
    return json.loads(hedgerow("check", ARTICLE, "--resolved", "--format", "json", overrides=overrides))


def nothing_left_to_chance():
    """Overrides under which every path is the plan, whose contracts are still signed again, committed to and bargained for."""
    yield "shared_dependencies.internet.outages.rate=0/yr"
    yield "market.scarcity.to_scarce=1e-9/yr"
    for name, regions in LOCATIONS.items():
        here = f"providers.{name}"
        yield from (f"{here}.regions.{region}.outages.rate=0/yr" for region in regions)
        yield from (f"{here}.{key}" for key in (
            "outages.rate=0/yr", "list_price.volatility=0", "list_price.jumps.rate=0/yr",
            "divergence.rates.aligned_to_strained=0/yr", "divergence.rates.aligned_to_rival=0/yr"))


class Model(unittest.TestCase):
    def test_reads_the_values_in_force(self):
        model = model_of(resolved("strategies.azure-only.contracts.azure.discount=12.5%"))
        contract = model["strategies"][0]["contracts"][[p["name"] for p in model["providers"]].index("azure")]
        self.assertEqual((contract["discount"], contract["start"], contract["term"]), (0.125, -2, 36))
        self.assertEqual(contract["commitment"][3], 26e9)
        self.assertEqual(len(model["entities"]), 10)
        region, shared = (next(e for e in model["entities"] if e["name"] == name)
                          for name in ("providers.aws.regions.us-east-1", "shared_dependencies.internet"))
        self.assertEqual([region[key] for key in ("rate_events", "log_median_error", "log_sigma_error")], [20.5, 0.212, 0.158])
        self.assertEqual([shared[key] for key in ("rate_events", "log_median_error", "log_sigma_error")], [0.0, 0.0, 0.0])

    def test_refuses_what_the_peers_do_not_know(self):
        for path, value in (("workloads.training.growth", "5%"), ("frailty.industry.persistence", "60%"),
                            ("providers.aws.outages.severity.total", "50%"),
                            ("providers.aws.regions.us-east-1.outages.duration.lognormal.posterior.correlation", "0.5"),
                            ("shared_dependencies.internet.impact.oracle.texas", "50%"),
                            ("strategies.azure-only.contracts.azure.mode", "cap")):
            with self.subTest(path), self.assertRaisesRegex(NotModelled, re.escape(path)):
                model_of(resolved(f"{path}={value}"))


class Plan(unittest.TestCase):
    """Where nothing is left to chance, one path is the plan, to the last digits."""

    def test_numpy_peers_give_our_plan(self):
        overrides = list(nothing_left_to_chance())
        ours = json.loads(hedgerow("run", ARTICLE, "--paths", "100", "--progress", "none", "--format", "json",
                                   overrides=overrides))["strategies"]
        self.assertGreater(ours["second-cloud"]["measures"]["commitment_shortfall"]["mean"]["value"], 1e8)
        with tempfile.TemporaryDirectory() as folder:
            model = Path(folder) / "model.json"
            model.write_text(json.dumps(model_of(resolved(*overrides))), encoding="utf-8")
            for peer in ("numpy_plain.py", "numpy_tuned.py"):
                told = subprocess.run(["/usr/bin/python3", "-B", PEERS / peer, model, "2", "1"], check=True,
                                      capture_output=True, text=True).stdout
                for name, strategy in json.loads(told)["strategies"].items():
                    for measure, mean in strategy["means"].items():
                        with self.subTest(peer=peer, strategy=name, measure=measure):
                            plan = ours[name]["measures"][measure]["mean"]["value"]
                            self.assertLessEqual(abs(mean["value"] - plan), 1e-12 * ours[name]["plan"]["total_cost"])


def told(value, error):
    return {"value": value, "se": error}


def interval(level, value, error):
    return {"level": level, "value": value, "ci": [value - 1.96 * error, value + 1.96 * error]}


OURS = {"paths": "20000", "strategies": {"one": {
    "providers": {"azure": {}, "aws": {}},
    "measures": {"total_cost": {"mean": told(100.0, 0.1),
                                "percentiles": [interval(0.95, 150.0, 1.0), interval(0.999, 200.0, 1.0)],
                                "expected_shortfall": [{"level": 0.95, **told(170.0, 1.0)}]},
                 "outage": {"mean": told(5.0, 0.1)}}}}}
PEER = {"paths": 20000, "providers": 2, "strategies": {"one": {
    "means": {"total_cost": told(100.3, 0.1), "outage": told(5.1, 0.1)},
    "percentiles": [{"level": 0.95, **told(151.0, 1.0)}, {"level": 0.999, **told(300.0, 1.0)}],
    "expected_shortfall": [{"level": 0.95, **told(171.0, 1.0)}]}}}


class Agreement(unittest.TestCase):
    def refused(self, pattern, change):
        peer = copy.deepcopy(PEER)
        change(peer, peer["strategies"]["one"])
        with self.assertRaisesRegex(Disagreement, pattern):
            require_agreement(OURS, peer)

    def test_within_four_errors(self):
        self.assertEqual(require_agreement(OURS, PEER), 4)  # with 20 paths beyond it, 99.9 % is not compared

    def test_a_mean_too_far_off(self):
        self.refused("mean outage: 5.6 instead of 5, 4.2 errors", lambda _, one: one["means"].update(outage=told(5.6, 0.1)))

    def test_a_percentile_too_far_off(self):
        self.refused("percentiles 0.95", lambda _, one: one["percentiles"][0].update(value=144.0))

    def test_a_shortfall_too_far_off(self):
        self.refused("expected_shortfall 0.95", lambda _, one: one["expected_shortfall"][0].update(value=176.0))

    def test_an_error_so_large_that_nothing_could_be_told(self):
        self.refused("total_cost: known to 2", lambda _, one: one["means"].update(total_cost=told(100.0, 2.0)))
        self.refused("outage: known to 1.", lambda _, one: one["means"].update(outage=told(5.0, 1.1)))

    def test_another_number_of_providers_or_other_strategies(self):
        self.refused("3 providers instead of 2", lambda peer, _: peer.update(providers=3))
        self.refused("strategies", lambda peer, one: peer["strategies"].update(two=one))


if __name__ == "__main__":
    unittest.main()
