"""A world and a strategy as arrays. A world is a dict in the shape of a config, with plain numbers:

rates in 1/yr, times of outages and of recovery in hours, notice in years, terms, starts and leads in months,
money in USD, prices in USD per unit-hour, provisioning in units/yr. A contract's `start` counts months from
the start of the horizon.
"""

import numpy as np

CONTRACT = {"mode": "float", "term": 0, "start": 0, "discount": 0.0, "notice": 0.5, "renewal": "list",
            "commitment": [], "rollover": 0.0, "release_on_vendor_termination": True, "volume_tiers": [],
            "sla": None, "migration_cost": 0.0, "egress": {"price": 0.0, "volume": 0.0}, "dual_run": True,
            "switching_cost": None}
RECOVERY_HOURS = {"cold": 8.0, "warm": 0.5, "active_active": 0.0}
NEVER = 10**9  # a month that no horizon reaches


class Case:
    """One strategy on one path. Index w: workload, l: location, p: provider, k: month, z: scarcity (0, 1)."""

    def __init__(self, world, strategy, draws):
        self.world, self.strategy, self.draws = world, strategy, draws
        self.months = world["horizon"]["length"]
        self.end = self.months / 12.0
        self.rate = world["horizon"]["discount_rate"]
        self.providers = sorted(world["providers"])
        self.workloads = sorted(world["workloads"])
        self.locations = sorted(f"{p}.{region}" for p in self.providers for region in world["providers"][p]["regions"])
        owners = [name.split(".")[0] for name in self.locations]
        self.owner = np.array([self.providers.index(name) for name in owners])
        self.at = [np.flatnonzero(self.owner == p) for p in range(len(self.providers))]
        self._read_market()
        self._read_groups()
        self._read_demand()
        self._read_placement()
        self.contracts = [dict(CONTRACT, **strategy.get("contracts", {}).get(name, {})) for name in self.providers]

    def provider(self, p):
        """The block of provider `p` in the world."""
        return self.world["providers"][self.providers[p]]

    def _read_market(self):
        """Prices [USD/unit-hour], with and without premium, and provisioning [units/yr]."""
        self.scarce = np.array(self.draws["scarce"], dtype=int)
        self.list_price = np.array([self.draws["list_price"][name] for name in self.providers], dtype=float)
        premium = np.array([self.provider(p)["list_price"].get("scarcity_premium", 0.25)
                            for p in range(len(self.providers))])
        self.price_without_premium = self.list_price / (1.0 + premium[:, None] * self.scarce[None, :])
        rates = [self.provider(p).get("provisioning", {"normal": 0.0}) for p in range(len(self.providers))]
        self.provisioning = np.array([[rate["normal"], rate.get("scarce", 0.5 * rate["normal"])] for rate in rates])

    def _read_groups(self):
        """Regime groups: their names and, by provider, the group it is in."""
        names = [self.provider(p).get("regime_group", name) for p, name in enumerate(self.providers)]
        self.groups = sorted(set(names))
        self.group = np.array([self.groups.index(name) for name in names])

    def _read_demand(self):
        """Demand [units] and revenue at risk [USD/h] by workload and month."""
        year = np.arange(self.months) // 12
        blocks = [self.world["workloads"][name] for name in self.workloads]
        factor = np.array([(1.0 + block.get("growth", 0.0)) ** year * np.array(self.draws["demand"][name])[:self.months]
                           for name, block in zip(self.workloads, blocks)])
        self.demand_at_start = np.array([block["demand"] for block in blocks], dtype=float)
        self.revenue_at_start = np.array([block["revenue_at_risk"] for block in blocks], dtype=float)
        self.demand = self.demand_at_start[:, None] * factor
        self.revenue = self.revenue_at_start[:, None] * factor

    def _read_placement(self):
        """Shares, headroom, recovery times [h] and exit plans as the strategy states them."""
        shape = (len(self.workloads), len(self.locations))
        self.share, self.headroom = np.zeros(shape), np.zeros(shape)
        self.on_demand = np.zeros(shape + (2,))
        self.recovery = np.full(shape[0], np.inf)
        self.lead = np.zeros(shape[0], dtype=int)
        self.rehomed = np.zeros(shape[0], dtype=bool)
        self.exit_plans = [{} for _ in self.workloads]
        for w, name in enumerate(self.workloads):
            choice = self.strategy[name]
            self.share[w] = self.by_location(choice["placement"])
            self.lead[w] = choice.get("exit_lead", 0)
            self.rehomed[w] = choice.get("rehomed_headroom", False)
            self.exit_plans[w] = {self.providers.index(leaver): self.by_location(weights)
                                  for leaver, weights in choice.get("exit_plan", {}).items()}
            failover = choice.get("failover", "none")
            self._read_failover(w, failover if isinstance(failover, dict) else {"policy": failover})

    def _read_failover(self, w, block):
        policy = block.get("policy", "none")
        if policy != "none":
            self.recovery[w] = block.get("recovery_time", RECOVERY_HOURS[policy])
        headroom = block.get("headroom", 0.0)
        self.headroom[w] = self.by_location(headroom) if isinstance(headroom, dict) else headroom
        for supply, index in (("normal", 0), ("scarce", 1)):
            offers = block.get("on_demand_headroom", {})
            self.on_demand[w, :, index] = self.by_location({name: offer[supply] for name, offer in offers.items()})

    def by_location(self, values):
        """A dict by location as an array, 0 where nothing is said."""
        return np.array([values.get(name, 0.0) for name in self.locations])

    def shares_of_demand(self, placed, demand):
        """Share of the buyer's demand at each provider; where nothing is demanded every workload counts alike."""
        weight = demand if demand.sum() > 0 else np.ones_like(demand)
        by_location = weight @ placed / weight.sum()
        return np.array([by_location[here].sum() for here in self.at])


def plan_draws(world):
    """The draws of the deterministic skeleton: no outages, never scarce, mean prices, everybody aligned."""
    months = world["horizon"]["length"]
    time = np.arange(months + 1) / 12.0
    prices = {name: block["list_price"]["value"] * np.exp(block["list_price"].get("drift", -0.10) * time)
              for name, block in world["providers"].items()}
    return {"arrivals": {}, "scarce": [0] * (months + 1), "list_price": prices,
            "demand": {name: [1.0] * months for name in world["workloads"]}, "clocks": {}}
