"""Random worlds with every feature on or off, in the plain numbers that `reading` documents.

Rates are far higher and terms far shorter than in life, so that overlaps, failover, severance and renewals
all happen within a few years.
"""

from random import Random

NAMES = ("alder", "birch", "cedar", "dune", "ember", "fjord", "grove")
PLACES = ("east", "north", "south", "west")
JOBS = ("batch", "serve", "train")
TRANSITIONS = {"aligned_to_strained": (0.5, 4.0), "aligned_to_rival": (0.1, 2.0), "strained_to_aligned": (0.2, 3.0),
               "strained_to_rival": (0.3, 3.0), "strained_to_severed": (0.0, 1.0), "rival_to_strained": (0.2, 3.0),
               "rival_to_severed": (0.0, 1.5)}


class Dice(Random):
    """Random numbers with few digits, so that a config holds exactly what the oracle reads."""

    def chance(self, probability):
        return self.random() < probability

    def number(self, low, high, digits=4):
        return round(self.uniform(low, high), digits)

    def parts(self, count, digits=3):
        """`count` positive fractions that sum to 1."""
        while True:
            raw = [self.random() + 0.05 for _ in range(count)]
            parts = [round(part / sum(raw), digits) for part in raw[1:]]
            first = round(1.0 - sum(parts), digits)
            if first > 0:
                return [first] + parts

    def rising(self, count, low, high, digits=4):
        """`count` different numbers in ascending order."""
        while True:
            values = sorted({self.number(low, high, digits) for _ in range(count)})
            if len(values) == count:
                return values


def world(seed):
    """The world of a seed; world["strategies"] holds its strategies by name."""
    dice = Dice(seed)
    months = dice.choice((dice.randint(1, 12), dice.randint(6, 36), dice.randint(12, 48), 24, 36))
    names = dice.sample(NAMES, dice.choice((2, 3, 3, 4, 4, 5)))
    built = {"seed": seed, "horizon": {"length": months, "discount_rate": dice.choice((0.0, dice.number(0.0, 0.2)))},
             "providers": {name: provider(dice) for name in names}}
    group_up(dice, built["providers"])
    built["frailty"] = {name: {"variance": dice.number(0.1, 1.0),
                               "persistence": dice.choice((0.0, dice.number(0.05, 0.9)))}
                        for name in dice.sample(["industry"] + names, dice.randint(0, 2))
                        if name == "industry" or "frailty_group" not in built["providers"][name]}
    if dice.chance(0.7):
        built["market"] = {"scarcity": {"to_scarce": dice.number(0.3, 4), "to_normal": dice.number(0.5, 4)}}
    built["shared_dependencies"] = {f"net{n}": shared(dice, locations(built)) for n in range(dice.randint(0, 2))}
    built["workloads"] = {name: workload(dice, built["providers"])
                          for name in dice.sample(JOBS, dice.choice((1, 2, 2, 3)))}
    if dice.chance(0.8):
        built["bargaining"] = bargaining(dice)
    built["strategies"] = {f"s{n}": strategy(dice, built) for n in range(dice.choice((1, 1, 2)))}
    return built


def locations(built):
    return [f"{name}.{region}" for name, block in built["providers"].items() for region in block["regions"]]


# ---- providers and what befalls them ----


def provider(dice):
    regions = dice.sample(PLACES, dice.choice((1, 1, 2)))
    block = {"list_price": list_price(dice), "product_overlap": dice.number(0, 1), "equity_stake": 0.0,
             "unit_cost_ratio": dice.number(0.1, 0.8), "buyer_share_of_vendor": dice.number(0, 0.5),
             "alternative": dice.chance(0.8), "regions": {region: {} for region in regions}}
    if dice.chance(0.4):
        block["equity_stake"] = dice.number(0, 0.5)
    for region in regions:
        if dice.chance(0.85):
            block["regions"][region]["outages"] = outages(dice, 1, 12)
    if dice.chance(0.6):
        block["outages"] = outages(dice, 0.5, 5)
    if dice.chance(0.7):
        block["divergence"] = divergence(dice)
    return block


def list_price(dice):
    block = {"value": dice.number(0.5, 5), "drift": dice.number(-0.3, 0.2), "volatility": dice.number(0, 0.5),
             "jumps": "none", "scarcity_premium": dice.number(0, 0.8), "price_loading": dice.number(0, 1)}
    if dice.chance(0.5):
        block["jumps"] = {"rate": dice.number(0.2, 3), "mean": dice.number(-0.3, 0.2), "sd": dice.number(0, 0.3)}
    return block


def outages(dice, low, high):
    """Outages of an entity, `low` to `high` of them a year, hours to days long."""
    block = {"rate": dice.number(low, high), "duration": duration(dice), "overlap": dice.choice(("merge", "ignore"))}
    if dice.chance(0.5):
        block["severity"] = {"total": dice.number(0, 0.8), "mean": dice.number(0.1, 0.9),
                             "concentration": dice.number(1, 8)}
    if dice.chance(0.4):
        block["clustering"] = {"branching": dice.number(0.05, 0.6), "decay": dice.number(50, 800)}
    if dice.chance(0.2):
        block["frailty"] = dict(zip(("own", "industry"), dice.parts(2)))
    return block


def duration(dice):
    """A law of outage lengths [h]."""
    body = dice.choice(({"lognormal": {"median": dice.number(1, 50), "sigma": dice.number(0.2, 1.0)}},
                        {"weibull": {"shape": dice.number(0.6, 2), "scale": dice.number(2, 60)}}))
    if dice.chance(0.2):
        return {"fixed": dice.number(1, 60)}
    if dice.chance(0.2):
        return {"spliced": {"body": body, "threshold": dice.number(0.6, 0.95), "tail_index": dice.number(0, 0.4),
                            "tail_scale": dice.number(2, 30)}}
    return body


def shared(dice, places):
    hit = dice.sample(places, dice.randint(1, len(places)))
    return {"outages": outages(dice, 0.5, 6), "impact": {name: dice.choice((1.0, dice.number(0.1, 1))) for name in hit}}


def divergence(dice):
    """Fast regimes, so that severance, repair and contagion happen within the horizon."""
    return {"rates": {name: dice.number(low, high) for name, (low, high) in TRANSITIONS.items()},
            "repair": dice.choice((0.0, dice.number(0.5, 4))),
            "covariates": {"overlap": dice.number(-1, 1.5), "share": dice.number(-1, 2), "equity": dice.number(-2, 0),
                           "reference_overlap": dice.number(0, 0.6), "reference_share": dice.number(0, 0.8),
                           "feedback": dice.chance(0.4)},
            "contagion": dice.choice((0.0, dice.number(0, 1.5))),
            "withhold": dice.choice((0.0, dice.number(0, 0.6), 1.0)),
            "rival_cost": dice.number(0, 5e5, 0), "severed_cost": dice.choice((0.0, dice.number(0, 5e5, 0)))}


def group_up(dice, providers):
    """Lets pairs of providers share prices, regimes or frailty, with the same parameters where that is required."""
    names = list(providers)
    if dice.chance(0.25):
        one, other = (providers[name] for name in dice.sample(names, 2))
        one["price_group"] = other["price_group"] = "prices"
        for key in ("drift", "volatility", "jumps", "price_loading"):
            other["list_price"][key] = one["list_price"][key]
    if dice.chance(0.3):
        _share_regime(dice, *(providers[name] for name in dice.sample(names, 2)))
    if dice.chance(0.25):
        for name in dice.sample(names, 2):
            providers[name]["frailty_group"] = "bad_years"
    for name in names:
        if dice.chance(0.75):
            normal = dice.choice((dice.number(300, 4000, 0), dice.number(500, 30000, 0)))
            providers[name]["provisioning"] = dice.choice((
                {"normal": normal}, {"normal": normal, "scarce": 0.0},
                {"normal": normal, "scarce": round(normal * dice.random())}))


def _share_regime(dice, one, other):
    one["regime_group"] = other["regime_group"] = "relation"
    for key in ("product_overlap", "equity_stake"):
        other[key] = one[key]
    if "divergence" not in one:
        other.pop("divergence", None)
        return
    own = divergence(dice)
    other["divergence"] = dict(one["divergence"],
                               **{key: own[key] for key in ("withhold", "rival_cost", "severed_cost")})


# ---- the buyer ----


def workload(dice, providers):
    """Demand [units] and revenue at risk [USD/h], of the size of what the units cost."""
    demand = dice.number(100, 8000, 0)
    block = {"demand": demand, "revenue_at_risk": dice.number(0.2 * demand, 8 * demand, 1)}
    if dice.chance(0.05):
        block["demand"] = 0.0
    if dice.chance(0.5):
        block["growth"] = dice.number(0, 0.5)
    if dice.chance(0.5):
        block["demand_volatility"] = dice.number(0.02, 0.4)
    if dice.chance(0.7):
        block["reputation"] = {"factor": dice.number(0.05, 1.5), "time": dice.number(3, 40),
                               "exponent": dice.number(1, 2)}
        if dice.chance(0.5):
            block["reputation"]["cap"] = round(block["revenue_at_risk"] * dice.uniform(0.5, 20))
    return block


def bargaining(dice):
    return {"power": dice.number(0.2, 0.8), "share_effect": dice.number(-1, 4),
            "resale": {"normal": dice.number(0, 0.5), "scarce": dice.number(0.3, 1)},
            "rival_wedge": dice.number(0, 0.5),
            "switching_cost": dice.choice((dice.number(0, 0.05), dice.number(0, 0.4))),
            "porting_cost": dice.number(0, 0.2), "porting_cost_new": dice.number(0, 0.4),
            "alternative_discount": dice.number(0, 0.5),
            "credible_exit": dice.chance(0.7), "outside_option": dice.choice(("split", "split", "constraint"))}


def strategy(dice, built):
    chosen = {name: choice(dice, built) for name in built["workloads"]}
    if dice.chance(0.4):
        chosen["pooled_headroom"] = True
    spend = yearly_spend(built, chosen)
    chosen["contracts"] = {name: contract(dice, built["horizon"]["length"], max(spend[name], 1000.0))
                           for name in built["providers"] if dice.chance(0.9)}
    return chosen


def yearly_spend(built, chosen):
    """Roughly what each provider is paid a year [USD]."""
    spend = dict.fromkeys(built["providers"], 0.0)
    for name, block in built["workloads"].items():
        for place, share in chosen[name]["placement"].items():
            owner = place.split(".")[0]
            spend[owner] += block["demand"] * share * 8760 * built["providers"][owner]["list_price"]["value"]
    return spend


def choice(dice, built):
    """Where a workload runs and what happens when it cannot."""
    places = locations(built)
    used = dice.sample(places, dice.randint(1, min(4, len(places))))
    chosen = {"placement": dict(zip(used, dice.parts(len(used)))), "failover": "none"}
    if dice.chance(0.8):
        chosen["failover"] = failover(dice, used, places)
    plans = exit_plans(dice, built)
    if plans:
        chosen["exit_plan"] = plans
    if dice.chance(0.4):
        chosen["exit_lead"] = dice.randint(0, min(4, built["horizon"]["length"] - 1))
    if dice.chance(0.5):
        chosen["rehomed_headroom"] = dice.chance(0.8)
    return chosen


def failover(dice, used, places):
    block = {"policy": dice.choice(("none", "cold", "warm", "active_active"))}
    if dice.chance(0.1):
        return block["policy"]
    if block["policy"] != "none" and dice.chance(0.9):
        block["recovery_time"] = 0.0 if block["policy"] == "active_active" else dice.number(0.2, 15)
    if dice.chance(0.8):
        several = {name: dice.number(0, 1.2) for name in used}
        block["headroom"] = dice.choice((dice.number(0, 0.8), several))
    if dice.chance(0.5):
        block["on_demand_headroom"] = {name: {"normal": dice.number(0, 0.5),
                                              "scarce": dice.choice((0.0, dice.number(0, 0.2)))}
                                       for name in dice.sample(places, dice.randint(1, len(places)))}
    return block


def regime_group(built, provider):
    """The company that a provider belongs to."""
    return built["providers"][provider].get("regime_group", provider)


def exit_plans(dice, built):
    """For some providers, weights of the locations to which a workload would leave."""
    plans = {}
    for leaver in built["providers"]:
        targets = [name for name in locations(built) if "provisioning" in built["providers"][name.split(".")[0]]
                   and regime_group(built, name.split(".")[0]) != regime_group(built, leaver)]
        if targets and dice.chance(0.5):
            hit = dice.sample(targets, dice.randint(1, len(targets)))
            plans[leaver] = dict(zip(hit, dice.parts(len(hit))))
    return plans


# ---- contracts ----


def contract(dice, months, spend):
    """A contract with a provider that is paid about `spend` USD a year."""
    mode = dice.choice(("fixed", "cap", "float"))
    block = {"mode": mode, "term": dice.choice((dice.randint(1, 6), dice.randint(3, 24), 12)),
             "discount": dice.number(0, 0.4), "notice": notice(dice, months),
             "start": dice.choice((0, -dice.randint(1, 30), dice.randint(0, months - 1))),
             "renewal": dice.choice(("list", "bargain", "bargain")), "dual_run": dice.chance(0.6),
             "release_on_vendor_termination": dice.chance(0.5)}
    if mode == "float" and dice.chance(0.3):
        block["term"], block["renewal"] = 0, "list"
    if block["term"] and dice.chance(0.6):
        block["commitment"] = [round(spend * dice.uniform(0.4, 1.4)) for _ in range(dice.randint(1, 3))]
        block["rollover"] = dice.choice((0.0, dice.number(0, 1), 1.0))
    if dice.chance(0.5):
        count = dice.randint(1, 3)
        block["volume_tiers"] = [list(tier) for tier in zip(dice.rising(count, 0.05 * spend, 1.2 * spend, 0),
                                                            dice.rising(count, 0.01, 0.5))]
    if dice.chance(0.6):
        block["sla"] = sla(dice)
    if dice.chance(0.6):
        block["migration_cost"] = dice.number(10, 3000, 1)
    if dice.chance(0.5):
        block["egress"] = {"price": dice.number(20, 120, 2), "volume": dice.number(100, 20000, 0)}
    if dice.chance(0.3):
        block["switching_cost"] = round(spend * dice.uniform(0.002, 0.3))
    return block


def notice(dice, months):
    """From severance to cut-off [yr], not longer than the horizon."""
    whole = dice.randint(0, min(9, months)) / 12.0
    return dice.choice((whole, min(dice.number(0, 0.7), months / 12.0)))


def sla(dice):
    count = dice.randint(1, 4)
    bounds = dice.rising(count, 0.9, 0.9999)[::-1]
    return {"tiers": [list(tier) for tier in zip(bounds, dice.rising(count, 0.05, 1.0))],
            "qualification": dice.number(0.2, 1), "claim": dice.number(0.3, 1), "cap_month": dice.number(0.2, 1),
            "cap_year": dice.number(0.01, 0.4), "covers_shared": dice.chance(0.5)}
