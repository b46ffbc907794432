"""The oracle on its own: the golden scenarios G1-G10 and O16 (docs/oracles.md), and cases by hand."""

import unittest

from bargaining import Position, bargain, buyer_power
from bills import tiered
from path import evaluate
from reading import Case, plan_draws
from regimes import play

HOURS = 8760.0


def provider(price=2.0, **more):
    return dict({"list_price": {"value": price, "drift": 0.0, "scarcity_premium": 0.25},
                 "regions": {"r": {"outages": {}}}, "outages": {}}, **more)


def world_of(months=12, demand=1.0, workload=None, **providers):
    """One workload `w` with 1 USD/h at risk, no discounting."""
    return {"horizon": {"length": months, "discount_rate": 0.0},
            "providers": providers or {"A": provider(), "B": provider()},
            "workloads": {"w": dict({"demand": demand, "revenue_at_risk": 1.0}, **(workload or {}))}}


def strategy_of(failover="none", contracts=None, **choice):
    return {"w": dict({"placement": {"A.r": 0.6, "B.r": 0.4}, "failover": failover}, **choice),
            "contracts": contracts or {}}


def arrival(start, end, severity=1.0, claim=0.0):
    """An outage over [start, end) in hours since the start."""
    return {"start": start / HOURS, "end": end / HOURS, "severity": severity, "claim": claim}


def cold(headroom, recovery=4.0):
    return {"policy": "cold", "recovery_time": recovery, "headroom": headroom}


class Failover(unittest.TestCase):
    """G1, G2, G3, G5, G10; results in hours of full outage."""

    A_ALONE = {"region:A.r": [arrival(100, 110)]}
    BOTH = {"region:A.r": [arrival(100, 110)], "region:B.r": [arrival(106, 109)]}
    HALF = {"region:A.r": [arrival(100, 110, 0.5)]}
    RISING = {"region:A.r": [arrival(100, 106, 0.5)], "provider:A": [arrival(106, 112)]}

    def ledger(self, arrivals, failover):
        world = world_of(workload={"reputation": {"factor": 0.5, "time": 24.0, "exponent": 1.5}})
        return evaluate(world, strategy_of(failover), dict(plan_draws(world), arrivals=arrivals))

    def assert_lost(self, arrivals, failover, at_a, at_b):
        ledger = self.ledger(arrivals, failover)
        self.assertAlmostEqual(ledger.cells["outage"][0, 0, 0], at_a, places=9)
        self.assertAlmostEqual(ledger.cells["outage"][1, 0, 0], at_b, places=9)
        self.assertAlmostEqual(ledger.total("capacity_shortage"), 0.0, places=9)
        return ledger

    def test_g1_one_down(self):
        ledger = self.assert_lost(self.A_ALONE, cold(0.25), 5.4, 0.0)
        self.assertAlmostEqual(ledger.total("reputation"), 1.2807, places=4)
        self.assert_lost(self.A_ALONE, "none", 6.0, 0.0)

    def test_g2_both_down(self):
        ledger = self.assert_lost(self.BOTH, cold(0.25), 5.7, 1.2)
        self.assertAlmostEqual(ledger.total("reputation"), 1.8498564, places=7)
        self.assertEqual(ledger.happened["incident"], 1)
        self.assert_lost(self.BOTH, "none", 6.0, 1.2)

    def test_g3_partial(self):
        self.assert_lost(self.HALF, cold(0.25), 1.65, 0.0)
        self.assert_lost(self.HALF, {"policy": "none", "headroom": 0.25}, 2.25, 0.0)
        self.assert_lost(self.HALF, "none", 3.0, 0.0)

    def test_g5_active_active(self):
        failover = {"policy": "active_active", "recovery_time": 0.0, "headroom": {"A.r": 1.0, "B.r": 2.0}}
        self.assert_lost(self.BOTH, failover, 1.8, 1.2)

    def test_g10_each_increment_waits(self):
        self.assert_lost(self.RISING, cold(0.25), 4.15, 0.0)

    def test_outages_end_with_the_horizon(self):
        self.assert_lost({"region:A.r": [arrival(8750, 9000)]}, "none", 6.0, 0.0)


class Severance(unittest.TestCase):
    """G6: A is severed after 24 months; capacity follows as fast as B provisions."""

    UNITS_AT_A = 6000.0

    def ledger(self, spare=0.0, scarce=0, provisioning=8000.0, **contract):
        diverging = {"rates": {"aligned_to_strained": 1.0, "strained_to_severed": 1.0},
                     "covariates": {"overlap": 0.0, "share": 0.0, "equity": 0.0}}
        world = world_of(60, 10_000.0, A=provider(divergence=diverging),
                         B=provider(provisioning={"normal": provisioning}))
        clocks = {"A": {"aligned>strained": [1.5], "aligned>rival": [99.0], "strained>aligned": [99.0],
                        "strained>rival": [99.0], "strained>severed": [0.5], "rival>strained": [99.0],
                        "rival>severed": [99.0], "severed>strained": [99.0]}}
        headroom = {"A.r": 0.0, "B.r": spare / 0.4}
        strategy = strategy_of({"policy": "none", "headroom": headroom}, {"A": dict({"notice": 0.5}, **contract)})
        ledger = evaluate(world, strategy, dict(plan_draws(world), clocks=clocks, scarce=[scarce] * 61))
        self.assertEqual(ledger.notice, {"A": 24, "B": None})
        self.assertAlmostEqual(ledger.total("outage"), 0.0, places=9)
        return ledger

    def test_g6(self):
        for spare, scarce, hours in ((0.0, 0, 292.0), (0.1, 0, 292.0 / 3), (0.0, 1, 1898.0), (0.1, 1, 1095.0)):
            self.assertAlmostEqual(self.ledger(spare, scarce).total("capacity_shortage"), hours, places=6)

    def test_cost_of_moving(self):
        ledger = self.ledger(migration_cost=8.0, egress={"price": 10.0, "volume": 100.0})
        self.assertAlmostEqual(ledger.total("migration"), self.UNITS_AT_A * 8.0 + 1000.0, places=6)

    def test_source_is_billed_until_the_cut_off_if_both_run(self):
        at_b = 4000.0 * 60 + 45 * 8000.0 / 12 + self.UNITS_AT_A * 26  # unit-months
        for dual_run, at_a in ((True, self.UNITS_AT_A * 30), (False, self.UNITS_AT_A * 30 - 15 * 8000.0 / 12)):
            spend = self.ledger(dual_run=dual_run).cells["spend"][:, :, 0].sum(axis=1) / 730.0 / 2.0
            self.assertAlmostEqual(spend[0], at_a, places=5)
            self.assertAlmostEqual(spend[1], at_b, places=5)

    def test_commitment_ends_with_the_term_or_is_released(self):
        bought = 730.0 * 2.0 * self.UNITS_AT_A  # USD a month at A, where nothing can leave
        for release, last_year in ((True, 60e6 - 6 * bought), (False, 120e6 - 6 * bought)):
            ledger = self.ledger(provisioning=0.0, mode="fixed", term=36, commitment=[120e6],
                                 release_on_vendor_termination=release)
            due = ledger.cells["commitment_shortfall"][0, :, 0]
            for found, expected in zip(due, (120e6 - 12 * bought, 120e6 - 12 * bought, last_year, 0.0, 0.0)):
                self.assertAlmostEqual(found, expected, places=4)


class Spare(unittest.TestCase):
    """Capacity bought on demand, and headroom as one pool."""

    def test_on_demand(self):
        """0.6 lost for 10 h, 0.5 of it to be had at B for 2 USD per unit-hour."""
        world = world_of()
        failover = {"policy": "active_active", "on_demand_headroom": {"B.r": {"normal": 0.5, "scarce": 0.0}}}
        draws = dict(plan_draws(world), arrivals=Failover.A_ALONE)
        ledger = evaluate(world, strategy_of(failover), draws)
        self.assertAlmostEqual(ledger.total("outage"), 1.0, places=9)
        spend = ledger.cells["spend"][:, 0, 0]
        self.assertAlmostEqual(spend[0], 0.6 * 2.0 * HOURS, places=6)
        self.assertAlmostEqual(spend[1], 0.4 * 2.0 * HOURS + 10.0, places=6)

    def test_pool_serves_the_dearest_first(self):
        world = world_of()
        world["workloads"]["v"] = {"demand": 1.0, "revenue_at_risk": 2.0}
        strategy = strategy_of({"policy": "active_active", "headroom": {"A.r": 0.0, "B.r": 0.5}},
                               placement={"A.r": 0.5, "B.r": 0.5})
        strategy["v"] = strategy["w"]
        draws = dict(plan_draws(world), arrivals=Failover.A_ALONE)
        self.assertAlmostEqual(evaluate(world, strategy, draws).total("outage"), 7.5, places=9)
        strategy["pooled_headroom"] = True
        self.assertAlmostEqual(evaluate(world, strategy, draws).total("outage"), 5.0, places=9)


class Clocks(unittest.TestCase):
    """A clock keeps what it has consumed while its regime is left, and starts anew only when it fires."""

    def segments(self, clocks):
        names = ("aligned_to_strained", "aligned_to_rival", "strained_to_aligned", "strained_to_rival",
                 "strained_to_severed", "rival_to_strained", "rival_to_severed")
        block = {"rates": dict.fromkeys(names, 1.0), "repair": 1.0,
                 "covariates": {"overlap": 0.0, "share": 0.0, "equity": 0.0}}
        world = world_of(36, A=provider(divergence=block), B=provider())
        never = {name.replace("_to_", ">"): [99.0] * 9 for name in names + ("severed_to_strained",)}
        draws = dict(plan_draws(world), clocks={"A": dict(never, **clocks)})
        case = Case(world, strategy_of(), draws)
        played = play(case, [case.shares_of_demand(case.share, case.demand_at_start)]).segments
        return [(round(begin, 9), state[0]) for (begin, _, state), (_, _, before) in
                zip(played[1:], played) if state != before]

    def test_interrupted_clock(self):
        found = self.segments({"aligned>strained": [0.5, 9.0], "strained>aligned": [0.25, 9.0],
                               "aligned>rival": [1.0, 9.0], "rival>severed": [0.75, 9.0]})
        self.assertEqual(found, [(0.5, 1), (0.75, 0), (1.25, 2), (2.0, 3)])


class Money(unittest.TestCase):
    """G7, G8, G9."""

    def test_g7_service_credit(self):
        world = world_of(demand=1000.0)
        sla = {"tiers": [[0.9999, 0.1], [0.99, 0.3], [0.95, 1.0]], "qualification": 1.0, "claim": 0.8,
               "cap_month": 1.0, "cap_year": 1.0, "covers_shared": False}
        strategy = strategy_of({"policy": "none", "headroom": 0.25}, {"A": {"sla": sla}})
        draws = dict(plan_draws(world), arrivals={"region:A.r": [arrival(100, 110)]})
        ledger = evaluate(world, strategy, draws)
        self.assertAlmostEqual(ledger.total("sla_credit"), -262_800.0, places=6)
        draws["arrivals"]["region:A.r"][0]["claim"] = 1.0
        self.assertEqual(evaluate(world, strategy, draws).total("sla_credit"), 0.0)

    def test_merged_outages_share_the_first_claim(self):
        world = world_of(demand=1000.0)
        sla = {"tiers": [[0.999, 0.5]], "qualification": 0.5, "claim": 1.0, "cap_month": 1.0, "cap_year": 1.0,
               "covers_shared": False}
        strategy = strategy_of(contracts={"A": {"sla": sla}})
        outages = [arrival(100, 110, claim=0.9), arrival(105, 120, claim=0.1)]
        draws = dict(plan_draws(world), arrivals={"region:A.r": outages})
        self.assertEqual(evaluate(world, strategy, draws).total("sla_credit"), 0.0)
        outages[0]["end"] = 104 / HOURS
        self.assertAlmostEqual(evaluate(world, strategy, draws).total("sla_credit"), -0.5 * 730 * 2 * 600, places=6)

    def shortfall(self, rollover):
        world = world_of(36, 10.0 / 730.0, A=provider(1.0))
        draws = dict(plan_draws(world), demand={"w": [spend / 120.0 for spend in (80, 130, 90) for _ in range(12)]})
        contract = {"mode": "fixed", "term": 12, "commitment": [100.0], "rollover": rollover}
        strategy = strategy_of(contracts={"A": contract}, placement={"A.r": 1.0})
        ledger = evaluate(world, strategy, draws)
        self.assertAlmostEqual(ledger.total("spend"), 300.0, places=9)
        return ledger.total("commitment_shortfall")

    def test_g8_commitment(self):
        self.assertAlmostEqual(self.shortfall(0.0), 30.0, places=9)
        self.assertAlmostEqual(self.shortfall(1.0), 20.0, places=9)

    def test_g9_volume_tiers(self):
        tiers = [[500_000.0, 0.05], [1_000_000.0, 0.10]]
        self.assertAlmostEqual(tiered(tiers, 1_500_000.0), 1_425_000.0, places=6)
        world = world_of(12, 1_500_000.0 / 8760.0, A=provider(1.0))
        strategy = strategy_of(contracts={"A": {"volume_tiers": tiers}}, placement={"A.r": 1.0})
        ledger = evaluate(world, strategy, plan_draws(world))
        self.assertAlmostEqual(ledger.total("spend"), 1_425_000.0, places=5)


class Bargain(unittest.TestCase):
    """O16, all variants."""

    BASE = {"list_price": 2.0, "unit_cost": 0.8, "resale": 0.2, "wedge": 0.0, "alternative": 1.5, "switching": 0.1}

    def deal(self, outside_option="split", **changes):
        return bargain(Position(**dict(self.BASE, **changes)), outside_option)

    def assert_price(self, price, leverage=None, **changes):
        deal = self.deal(**changes)
        self.assertAlmostEqual(deal.price, price, places=9)
        if leverage is not None:
            self.assertAlmostEqual(deal.leverage, leverage, places=7)
        return deal

    def test_base(self):
        deal = self.assert_price(1.32, 0.5666667)
        self.assertAlmostEqual(deal.floor, 1.04, places=9)
        self.assertAlmostEqual(deal.ceiling, 1.6, places=9)

    def test_captive(self):
        self.assert_price(1.52, 0.40, alternative=float("inf"))
        self.assert_price(1.52, switching=0.6)

    def test_scarce(self):
        deal = self.assert_price(1.995, 0.2970588, list_price=2.5, resale=0.7, alternative=1.9)
        self.assertAlmostEqual(deal.floor, 1.99, places=9)

    def test_equity(self):
        deal = self.assert_price(1.2164383562, equity=0.27)
        self.assertAlmostEqual(deal.floor, 0.8328767123, places=9)

    def test_rival(self):
        self.assert_price(1.44, wedge=0.2 * 0.6)

    def test_power(self):
        self.assertAlmostEqual(buyer_power(0.5, 2.0, 0.05, 0.7), 0.2141650170, places=9)
        self.assertAlmostEqual(buyer_power(0.5, 2.0, 0.05, 0.2), 0.4255574832, places=9)
        self.assert_price(1.4800675905, power=buyer_power(0.5, 2.0, 0.05, 0.7))
        self.assert_price(1.3616878094, power=buyer_power(0.5, 2.0, 0.05, 0.2))

    def test_credible_exit(self):
        deal = self.assert_price(1.3533333333, credible=5 / 6)
        self.assertAlmostEqual(deal.ceiling, 1.6666667, places=7)

    def test_constraint(self):
        self.assert_price(1.52, outside_option="constraint")

    def test_inside_a_path(self):
        """The base case as a renewal after a year: half the spend at 2, half at 1.32 per unit-hour."""
        world = world_of(24, 1.0, A=provider(2.0, unit_cost_ratio=0.4), B=provider(1.5 / (0.9 * 1.2)))
        world["bargaining"] = {"share_effect": 0.0, "switching_cost": 0.05, "credible_exit": False}
        contract = {"mode": "fixed", "term": 12, "renewal": "bargain"}
        strategy = strategy_of(contracts={"A": contract}, placement={"A.r": 1.0})
        ledger = evaluate(world, strategy, plan_draws(world))
        self.assertAlmostEqual(ledger.total("spend"), 8760 * (2.0 + 1.32), places=6)
        self.assertAlmostEqual(ledger.renewals[0]["leverage"], 0.5666667, places=7)


if __name__ == "__main__":
    unittest.main()
