"""MODEL.json (bench/peers/model.py) as named tuples of arrays, which NumPy and numba read alike.

Index p: provider, l: location, e: entity, w: workload, f: frailty factor, z: supply (0 normal, 1 scarce).
"""

import json
from collections import namedtuple

import numpy as np

HOURS_PER_YEAR = 8760.0
HOURS_PER_MONTH = 730.0
ROUNDING = 1e-12  # amounts of demand below this share of a workload are none
NEVER = 1_000_000  # a month that no horizon reaches
ALIGNED, STRAINED, RIVAL, SEVERED = range(4)
LEAVES = np.array([ALIGNED, ALIGNED, STRAINED, STRAINED, STRAINED, RIVAL, RIVAL])  # regime by transition
ENTERS = np.array([STRAINED, RIVAL, ALIGNED, RIVAL, SEVERED, STRAINED, SEVERED])

PROVIDER_KEYS = ("list_price", "drift", "volatility", "jump_rate", "jump_mean", "jump_sd", "scarcity_premium",
                 "loading", "product_overlap", "equity_stake", "unit_cost_ratio", "alternative", "provisioning",
                 "contagion", "withhold", "rival_cost", "rates")
ENTITY_KEYS = ("shared", "impact", "rate", "median_hours", "sigma", "rate_events", "log_median_error",
               "log_sigma_error", "own_weight", "weights")
WORKLOAD_KEYS = ("demand", "revenue_at_risk", "reputation_factor", "reputation_time", "reputation_exponent")
BARGAINING_KEYS = ("rival_wedge", "switching_cost", "porting_cost", "porting_cost_new", "alternative_discount", "resale")
CHOICE_KEYS = ("share", "headroom", "recovery_hours", "on_demand", "exit_lead", "exit_plan")
CONTRACT_KEYS = ("fixed", "bargain", "term", "start", "discount", "rollover", "migration_cost", "notice_years", "egress",
                 "sla_qualification", "sla_claim", "sla_cap_year")
MARKET_KEYS = ("discount_rate", "to_scarce", "to_normal", "frailty_variance")

Market = namedtuple("Market", MARKET_KEYS + PROVIDER_KEYS + ENTITY_KEYS + WORKLOAD_KEYS + BARGAINING_KEYS
                    + ("months", "owner", "month_discount"))
# worsening: factor of worsening rates [p]; power: buyer's at renewals [p]; commitment [USD/yr]: [p, contract year]
Strategy = namedtuple("Strategy", CHOICE_KEYS + CONTRACT_KEYS
                      + ("worsening", "power", "commitment", "sla_uptime", "sla_credit"))


def columns(blocks, keys):
    """By key, what all blocks say, as one array."""
    return {key: np.array([block[key] for block in blocks]) for key in keys}


def read_market(model):
    months = 12 * model["years"]
    rate = model["discount_rate"]
    single = {key: np.array(model[key]) if isinstance(model[key], list) else model[key] for key in MARKET_KEYS}
    bargaining = {key: np.array(value) if isinstance(value, list) else value
                  for key, value in model["bargaining"].items() if key in BARGAINING_KEYS}
    return Market(**single, **bargaining, **columns(model["providers"], PROVIDER_KEYS),
                  **columns(model["entities"], ENTITY_KEYS), **columns(model["workloads"], WORKLOAD_KEYS),
                  months=months, owner=np.array([location["provider"] for location in model["locations"]]),
                  month_discount=np.exp(-rate * np.arange(months + 1) / 12.0))


def read_strategy(model, market, block):
    choices, contracts = columns(block["workloads"], CHOICE_KEYS), columns(block["contracts"], CONTRACT_KEYS)
    shares = planned_shares(market, choices["share"])
    providers = columns(model["providers"], ("product_overlap", "overlap_effect", "reference_overlap", "share_effect",
                                             "reference_share", "equity_effect", "equity_stake",
                                             "buyer_share_of_vendor"))
    worsening = np.exp(providers["overlap_effect"] * (providers["product_overlap"] - providers["reference_overlap"])
                       + providers["share_effect"] * (shares - providers["reference_share"])
                       + providers["equity_effect"] * providers["equity_stake"])
    power = model["bargaining"]["power"]
    logit = np.log(power / (1.0 - power)) + model["bargaining"]["share_effect"] * (
        providers["buyer_share_of_vendor"] - shares)
    every = [contract for strategy in model["strategies"] for contract in strategy["contracts"]]
    contract_years = model["years"] + 1 - min(0, min(contract["start"] for contract in every) // 12)
    tiers = max(len(contract["sla_uptime"]) for contract in every)
    return Strategy(**choices, **contracts, worsening=worsening, power=1.0 / (1.0 + np.exp(-logit)),
                    commitment=np.array([by_contract_year(contract, contract_years) for contract in block["contracts"]]),
                    **{key: np.array([contract[key] + [0.0] * (tiers - len(contract[key]))
                                      for contract in block["contracts"]]).reshape(-1, tiers)
                       for key in ("sla_uptime", "sla_credit")})


def planned_shares(market, share):
    """Share of the buyer's demand that is planned at each provider."""
    by_location = market.demand @ share / market.demand.sum()
    return np.bincount(market.owner, weights=by_location, minlength=len(market.list_price))


def by_contract_year(contract, years):
    """Commitments by contract year; the last one stands on."""
    listed = contract["commitment"] or [0.0]
    return (listed + [listed[-1]] * years)[:years]


def read(file):
    """(the model as a dict, the market, the strategies)."""
    with open(file, encoding="utf-8") as text:
        model = json.load(text)
    market = read_market(model)
    return model, market, [read_strategy(model, market, block) for block in model["strategies"]]


def as_record(named):
    """A named tuple of numbers and arrays, or a list of them, as a NumPy record: numba hands it on as one pointer."""
    many = named if isinstance(named, list) else [named]
    fields = {key: np.asarray(value) for key, value in many[0]._asdict().items()}
    fields = {key: value.astype(int) if value.dtype == bool else value for key, value in fields.items()}
    records = np.zeros(len(many), dtype=[(key, value.dtype, value.shape) for key, value in fields.items()])
    for record, one in zip(records, many):
        for key, value in one._asdict().items():
            record[key] = value
    return records if isinstance(named, list) else records[0]
