"""What the shipped validation worlds must give (docs/oracles.md)."""

import unittest

from program import ARTICLE, TWO_PROVIDERS, W0, W1, W2, W3, ProgramTest, results


def at(entries, level):
    return next(entry for entry in entries if entry["level"] == level)


class WorldZero(unittest.TestCase):
    """W-0 through the command line: mean by closed form, tail by an independent simulation."""

    @classmethod
    def setUpClass(cls):
        cls.result = results(W0, "--paths", "400k")
        cls.outage = cls.result["strategies"]["none"]["measures"]["outage"]

    def test_mean(self):
        mean = self.outage["mean"]
        self.assertLess(mean["se"], 12_000)
        self.assertLess(abs(mean["value"] - 13_628_456.70), 4 * mean["se"])

    def test_split_by_provider(self):
        exact = {"A": 9_230_572.35, "B": 4_397_884.34}
        parts = {part["provider"]: part["mean"]
                 for part in self.result["strategies"]["none"]["contributions"] if part["component"] == "outage"}
        for provider, value in exact.items():
            self.assertLess(parts[provider]["se"], 12_000)
            self.assertLess(abs(parts[provider]["value"] - value), 4 * parts[provider]["se"])
        self.assertAlmostEqual(sum(part["value"] for part in parts.values()), self.outage["mean"]["value"], places=2)

    def test_quantiles(self):
        # Published are 95 % intervals, as ours are; 1.96 standard errors to each side.
        for level, low, high in ((0.95, 21.06e6, 21.14e6), (0.99, 26.15e6, 26.37e6)):
            found = at(self.outage["percentiles"], level)
            se, published_se = ((b - a) / 2 / 1.96 for a, b in (found["ci"], (low, high)))
            self.assertLess(se, 1.2 * published_se)
            self.assertLess(abs(found["value"] - (low + high) / 2), 4 * (se**2 + published_se**2)**0.5)

    def test_expected_shortfall(self):
        # The published figures come from 400 000 paths: their own standard errors are part of the bound.
        for level, published, published_se in ((0.95, 24.51e6, 0.04e6), (0.99, 30.71e6, 0.13e6)):
            found = at(self.outage["expected_shortfall"], level)
            self.assertLess(found["se"], published_se)
            self.assertLess(abs(found["value"] - published), 4 * (found["se"]**2 + published_se**2)**0.5)


def close(test, found, exact, largest_se, exact_se=0.0):
    """Within 4 standard errors, those of the published figure included; and the error itself is bounded."""
    test.assertLess(found["se"], largest_se)
    test.assertLess(abs(found["value"] - exact), 4 * (found["se"]**2 + exact_se**2)**0.5, (found, exact))


class WorldOne(unittest.TestCase):
    """W-1: only what both locations lose at once is lost; closed form of the joint availability."""

    def test_mean(self):
        for rate, exact, largest_se in (("8%", 2_230_107.68, 7_500), ("0%", 2_912_766.68, 10_000)):
            result = results(W1, "--paths", "150k", "--set", f"horizon.discount_rate={rate}")
            close(self, result["strategies"]["active-active"]["measures"]["outage"]["mean"], exact, largest_se)


class WorldTwo(unittest.TestCase):
    """W-2: failover and reputation, against an independent simulation of a million paths."""

    @classmethod
    def setUpClass(cls):
        cls.result = results(W2, "--paths", "200k", "--strategies", "concentrated,diversified")

    def test_means(self):
        published = {"concentrated": ((3_599_145, 1_388), (4_589_127, 2_705)),
                     "diversified": ((2_519_874, 1_004), (3_050_235, 2_090))}
        for name, (outage, total) in published.items():
            measures = self.result["strategies"][name]["measures"]
            close(self, measures["outage"]["mean"], outage[0], 3_500, outage[1])
            close(self, measures["total_cost"]["mean"], total[0], 6_500, total[1])

    def test_tails(self):
        # The published figures come without errors: from five times as many paths they are below ours.
        for name, published in (("concentrated", 18.95e6), ("diversified", 14.76e6)):
            found = at(self.result["strategies"][name]["measures"]["total_cost"]["expected_shortfall"], 0.99)
            close(self, found, published, 0.35e6, found["se"])

    def test_paired_difference(self):
        comparison = self.result["comparisons"][0]["mean"]
        close(self, {"value": -comparison["value"], "se": comparison["se"]}, 1_538_892, 2_400, 998)


class WorldThree(unittest.TestCase):
    """W-3: the joint chain and the cost of regimes by matrix exponentials, renewals by another simulation."""

    EXACT = {"concentrated": ((.1825282911, .1212156164, .0477384578), (8_295_040.73, 5_407_359.04, 604_625.37), 1.2999),
             "diversified": ((.1148579011, .1556035454, .0590179482), (6_293_075.09, 6_304_250.94, 692_642.12), 1.2128)}

    @classmethod
    def setUpClass(cls):
        cls.result = results(W3, "--paths", "200k")

    def test_severance_and_cost_of_regimes(self):
        for name, (severed, cost, _) in self.EXACT.items():
            strategy = self.result["strategies"][name]
            parts = {part["provider"]: part["mean"] for part in strategy["contributions"]
                     if part["component"] == "regime"}
            for provider, probability, money in zip("ABC", severed, cost):
                close(self, strategy["providers"][provider]["severed_by_horizon"], probability, 0.001)
                close(self, parts[provider], money, 30_000)

    def test_price_after_the_first_renewal(self):
        # Published is the price in force in month 36: where the provider was under notice it is the old one.
        for name, (_, _, published) in self.EXACT.items():
            renewal = self.result["strategies"][name]["providers"]["A"]["leverage"]["renewals"][0]
            self.assertEqual(renewal["month"], 36)
            renewed = renewal["probability"]["value"]
            price = renewed * renewal["price"]["value"] + (1.0 - renewed) * 0.8 * 2.0
            close(self, {"value": price, "se": renewal["price"]["se"]}, published, 0.0012, 0.0005)

    def test_a_second_vendor_lowers_the_price_of_the_first(self):
        prices = [self.result["strategies"][name]["providers"]["A"]["leverage"]["renewals"][0]["price"]
                  for name in ("concentrated", "diversified")]
        self.assertGreater(prices[0]["value"] - prices[1]["value"], 20 * prices[0]["se"])


class TwoProviders(unittest.TestCase):
    """O21 and M8: a loss of 0, 0.5 or 1 by the binomial law, so that every answer about it is known on paper."""

    P = .1071496584
    BOTH, ONE = {.0: (1 - P)**2, .5: 2 * P * (1 - P), 1.: P**2}, {.0: 1 - P, 1.: P}

    @classmethod
    def setUpClass(cls):
        cls.result = results(TWO_PROVIDERS)
        cls.one, cls.both = (cls.result["strategies"][name] for name in ("one", "both"))

    def test_mean_and_spread(self):
        paths = int(self.result["paths"])
        for strategy, law, spread in ((self.one, self.ONE, .3093034256), (self.both, self.BOTH, .2187105497)):
            loss = strategy["measures"]["loss"]
            close(self, loss["mean"], self.P, 0.0016)
            fourth = sum(p * (x - self.P)**4 for x, p in law.items())
            close(self, {"value": loss["sd"], "se": (fourth / spread**2 - spread**2)**0.5 / 2 / paths**0.5},
                  spread, 0.002)

    def test_severed_by_year_seven(self):
        # The loss counts what severs in the first 84 months: on every path, not only in the mean.
        for name in "AB":
            close(self, self.both["providers"][name]["regime_by_year"][6]["probability"]["severed"], self.P, 0.0016)
        year = self.one["providers"]["A"]["regime_by_year"][6]
        self.assertEqual(year["year"], 7)
        self.assertAlmostEqual(self.one["measures"]["loss"]["mean"]["value"], year["probability"]["severed"]["value"], places=9)

    def test_expected_shortfall(self):
        tail = self.both["measures"]["loss"]["expected_shortfall"]
        close(self, at(tail, 0.9), .5574052464, 0.003)
        self.assertAlmostEqual(at(tail, 0.99)["value"], 1, places=9)
        for level in (0.9, 0.99):
            self.assertAlmostEqual(at(self.one["measures"]["loss"]["expected_shortfall"], level)["value"], 1, places=9)

    def test_each_bears_half(self):
        providers = self.both["attribution"]["providers"]
        for name in "AB":
            close(self, at(providers[name]["tail"], 0.9), .5574052464 / 2, 0.0035)
            for level, kind, exact in ((0.99, "tail", .5), (0.9, "stand_alone", .5), (0.99, "stand_alone", .5),
                                       (0.99, "marginal", .5)):
                self.assertAlmostEqual(at(providers[name][kind], level)["value"], exact, places=9)
            # Without it the other is left, with an expected shortfall of 0.5.
            shortfall = at(self.both["measures"]["loss"]["expected_shortfall"], 0.9)["value"]
            self.assertAlmostEqual(at(providers[name]["marginal"], 0.9)["value"], shortfall - .5, places=9)
        for level in (0.9, 0.99):
            self.assertAlmostEqual(at(providers["refuge"]["tail"], level)["value"], 0, places=9)

    def test_two_vendors_of_one_size(self):
        risk = self.both["concentration"]["risk"]
        shortfall = at(self.both["measures"]["loss"]["expected_shortfall"], 0.9)["value"]
        share = at(self.both["attribution"]["providers"]["A"]["tail"], 0.9)["value"] / shortfall
        for level, part, benefit in ((0.9, share, shortfall), (0.99, .5, 1)):
            found = at(risk, level)
            hhi = part**2 + (1 - part)**2  # about 0.5 in 90 %: above it by chance
            self.assertLess(hhi, .5 + 2 * (4 * 0.0035 / .5574052464)**2)
            self.assertAlmostEqual(found["hhi"]["value"], hhi, places=9)
            self.assertAlmostEqual(found["effective_vendors"]["value"], 1 / hhi, places=9)
            self.assertAlmostEqual(found["diversification_index"], benefit, places=9)

    def test_one_vendor_is_one_vendor(self):
        providers = self.one["attribution"]["providers"]
        for level in (0.9, 0.99):
            found = at(self.one["concentration"]["risk"], level)
            for value in (found["hhi"]["value"], found["effective_vendors"]["value"], found["diversification_index"]):
                self.assertAlmostEqual(value, 1, places=9)
            for kind in ("tail", "stand_alone", "marginal"):
                self.assertAlmostEqual(at(providers["A"][kind], level)["value"], 1, places=9)
                self.assertEqual(at(providers["B"][kind], level)["value"], 0)

    def test_comparison(self):
        comparison = self.result["comparisons"][0]
        self.assertEqual((comparison["strategy"], comparison["reference"]), ("both", "one"))
        close(self, comparison["mean"], 0, 0.0012)  # on the same futures: sd sqrt(p (1 - p) / 2)
        close(self, comparison["probability_cheaper"], self.P * (1 - self.P), 0.0016)  # A severs, and B does not
        close(self, at(comparison["expected_shortfall"], 0.9), .5574052464 - 1, 0.003)

    def test_everything_is_divergence(self):
        for strategy in (self.one, self.both):
            for part in strategy["attribution"]["by_cause"]:
                for tail, whole in zip(part["tail"], strategy["measures"]["loss"]["expected_shortfall"]):
                    expected = whole["value"] if part["cause"] == "divergence" else 0
                    self.assertAlmostEqual(tail["value"], expected, places=9)

    def test_parts_add_up(self):
        for strategy in (self.one, self.both):
            for n, whole in enumerate(strategy["measures"]["loss"]["expected_shortfall"]):
                for parts in (strategy["contributions"], strategy["attribution"]["providers"].values()):
                    self.assertLess(abs(sum(part["tail"][n]["value"] for part in parts) - whole["value"]), 1e-12)


class Article(ProgramTest):
    """The article's case says what a plain run of its regimes and prices must say."""

    @classmethod
    def setUpClass(cls):
        cls.result = results(ARTICLE, "--paths", "50k", "--strategies", "azure-only")

    def test_list_prices_keep_their_mean(self):
        # E S*(t) = S(0) e^{mu t} (1 + premium P(scarce at t)) (docs/model/pricing.md).
        from math import exp
        for provider, premium in (("azure", 0.25), ("coreweave", 0.5)):
            for year in self.result["market"]["list_price"][provider]:
                t = year["year"]
                scarce = 0.25 / 1.05 * (1 - exp(-1.05 * t))
                exact = 2.35 * exp(-0.10 * t) * (1 + premium * scarce)
                self.assertLess(year["mean"]["se"], 0.01)
                self.assertLess(abs(year["mean"]["value"] - exact), 4 * year["mean"]["se"])

    def test_scarcity(self):
        for year, exact in ((1, 0.1547767264), (7, 0.2379422399)):
            found = self.result["market"]["scarcity"][year - 1]["probability"]
            self.assertLess(found["se"], 0.002)
            self.assertLess(abs(found["value"] - exact), 4 * found["se"])

    def test_components_add_up_to_the_total(self):
        for strategy in self.result["strategies"].values():
            parts = sum(part["mean"]["value"] for part in strategy["contributions"])
            total = strategy["measures"]["total_cost"]["mean"]["value"]
            self.assertLess(abs(parts - total), 1e-9 * abs(total))
            loss = strategy["measures"]["loss"]["mean"]["value"]
            self.assertLess(abs(total - loss - strategy["plan"]["total_cost"]), 1e-9 * abs(total))

    def test_regimes_are_probabilities(self):
        for strategy in self.result["strategies"].values():
            for provider in strategy["providers"].values():
                for year in provider["regime_by_year"]:
                    self.assertAlmostEqual(sum(p["value"] for p in year["probability"].values()), 1.0, places=12)
                self.assertAlmostEqual(sum(y["value"] for y in provider["years_in_regime"].values()), 7.0, places=9)


REGIMES = """
hedgerow: 1
currency: USD
horizon: {start: 2026-01, years: 7, discount_rate: 8%}
simulation: {paths: 400k, seed: 7}
providers:
  A: {list_price: {value: 1 USD/unit-hour, drift: -10%, volatility: 15%, jumps: {rate: 0.3/yr, mean: -0.10, sd: 0.20}, scarcity_premium: 0}, product_overlap: 0.3, regions: {r: {}}, divergence: {contagion: CONTAGION}}
  B: {list_price: {value: 1 USD/unit-hour, drift: -10%, volatility: 15%, jumps: {rate: 0.3/yr, mean: -0.10, sd: 0.20}, scarcity_premium: 0}, product_overlap: 0.3, regions: {r: {}}, divergence: {contagion: CONTAGION}}
workloads: {load: {demand: 1 units, revenue_at_risk: 0}}
strategies: {even: {load: {placement: {A.r: 50%, B.r: 50%}, failover: none}}}
"""


class RegimesAndPrices(ProgramTest):
    """Two identical providers at the reference covariates: O13, O17, O18 and O20 of a plain run."""

    def close(self, found, exact, largest_se):
        self.assertLess(found["se"], largest_se)
        self.assertLess(abs(found["value"] - exact), 4 * found["se"], (found, exact))

    def test_without_contagion(self):
        result = results(self.file("c.yaml", REGIMES.replace("CONTAGION", "0")))
        even = result["strategies"]["even"]
        occupied = {"aligned": 4.4694224677, "strained": 1.4757554466, "rival": 0.7763454943, "severed": 0.2784765914}
        by_year = {1: (.824629479, .1418405369, .0305524639, .0029775202),
                   3: (.6310605857, .2382861469, .105796022, .0248572455),
                   7: (.4594536911, .2429434854, .1904531651, .1071496584)}
        for provider in even["providers"].values():
            self.close(provider["severed_by_horizon"], .1071496584, 0.0006)
            for regime, years in occupied.items():
                self.close(provider["years_in_regime"][regime], years, 0.005)
            for year, exact in by_year.items():
                found = provider["regime_by_year"][year - 1]["probability"]
                for value, regime in zip(exact, ("aligned", "strained", "rival", "severed")):
                    self.close(found[regime], value, 0.001)
        severed = even["severed_providers"]
        self.close(severed[2]["probability"], .0114810493, 0.0002)
        for prices in result["market"]["list_price"].values():
            self.close(prices[6]["mean"], .4965853038, 0.0005)
            self.close(prices[6]["log_mean"], -.8272943274, 0.001)
            # The standard error of a variance: the log price has kurtosis below 3.2, so below var sqrt(2.2 / n).
            self.assertLess(abs(prices[6]["log_variance"] - .2625), 4 * .2625 * (2.2 / 400e3)**0.5)

    def test_with_contagion(self):
        even = results(self.file("c.yaml", REGIMES.replace("CONTAGION", "1")))["strategies"]["even"]
        for provider in even["providers"].values():
            self.close(provider["severed_by_horizon"], .1494586068, 0.0006)
        self.close(even["severed_providers"][2]["probability"], .0481285396, 0.0004)
        self.close(even["severed_providers"][0]["probability"], 1 - .2507886739, 0.0008)


if __name__ == "__main__":
    unittest.main()
