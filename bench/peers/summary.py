"""What a buyer would print of simulated costs: means with errors, percentiles and expected shortfall."""

import json

import numpy as np

COMPONENTS = ("spend", "outage", "reputation", "sla_credit", "capacity_shortage", "migration", "commitment_shortfall",
              "regime")
PERCENTILES = (0.05, 0.5, 0.95, 0.99, 0.999)
SHORTFALLS = (0.95, 0.99)


def with_error(values):
    return {"value": float(values.mean()), "se": float(values.std(ddof=1) / np.sqrt(len(values)))}


def percentile(ordered, level):
    """The order statistic of a level, and a standard error from the ranks two standard deviations away."""
    n = len(ordered)
    rank, spread = n * level, 2.0 * np.sqrt(n * level * (1.0 - level))
    low, middle, high = (ordered[int(np.clip(np.ceil(r), 1, n)) - 1] for r in (rank - spread, rank, rank + spread))
    return {"level": level, "value": float(middle), "se": float((high - low) / 4.0)}


def shortfall(ordered, level):
    """The mean of what lies beyond the percentile: the mean of q + max(0, x - q) / (1 - level)."""
    quantile = percentile(ordered, level)["value"]
    return {"level": level, **with_error(quantile + np.maximum(0.0, ordered - quantile) / (1.0 - level))}


def summary(model, costs):
    """`costs` [strategy, path, component] in USD, as a dict in the shape that bench/peers/check.py reads."""
    strategies = {}
    for name, block in zip((strategy["name"] for strategy in model["strategies"]), costs):
        total = block.sum(axis=1)
        ordered = np.sort(total)
        strategies[name] = {
            "means": {**{component: with_error(block[:, c]) for c, component in enumerate(COMPONENTS)},
                      "total_cost": with_error(total)},
            "percentiles": [percentile(ordered, level) for level in PERCENTILES],
            "expected_shortfall": [shortfall(ordered, level) for level in SHORTFALLS]}
    return {"paths": costs.shape[1], "providers": len(model["providers"]), "strategies": strategies}


def print_summary(model, costs):
    print(json.dumps(summary(model, costs)))
