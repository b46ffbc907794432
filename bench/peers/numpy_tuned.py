#!/usr/bin/python3
"""The article's model as a buyer would write it in NumPy with care: blocks of paths at once, no loop over paths.

usage: numpy_tuned.py MODEL.json PATHS SEED      prints means and tails as JSON, and the seconds it took
"""

import sys
import time

import numpy as np

from arrays import HOURS_PER_MONTH, read
from numpy_costs import commitment_shortfall, contract_prices, regime_cost, service_credits, units_paid
from numpy_exits import Placement
from numpy_unserved import Unserved
from numpy_world import Relations, World
from summary import COMPONENTS, print_summary

BLOCK = 500  # paths at once: so many that calls do not matter, so few that the arrays stay near the caches


def evaluate(world, strategy):
    """Costs of one strategy, [path, component]."""
    market = world.market
    relations = Relations(world, strategy)
    placement = Placement(world, strategy, relations)
    price = contract_prices(world, strategy, relations, placement)
    units = units_paid(world, relations, placement)
    bill = HOURS_PER_MONTH * price * np.einsum("pl,nlk->npk", placement.at, units)
    unserved = Unserved(world, strategy, relations, placement)
    providers = range(len(market.list_price))
    costs = {
        "spend": (bill @ market.month_discount[:-1]).sum(axis=1) + unserved.spend,
        "outage": unserved.outage, "reputation": unserved.reputation,
        "capacity_shortage": unserved.capacity_shortage, "migration": placement.migration,
        "sla_credit": -sum((service_credits(world, strategy, relations, bill, units, p) for p in providers
                            if strategy.sla_claim[p] > 0.0), np.zeros(world.paths)),
        "commitment_shortfall": sum((commitment_shortfall(world, strategy, relations, bill, p) for p in providers
                                     if strategy.commitment[p].any()), np.zeros(world.paths)),
        "regime": regime_cost(world, relations)}
    return np.stack([costs[component] for component in COMPONENTS], axis=1)


def simulate(market, strategies, paths, seed):
    """[strategy, path, component]"""
    random = np.random.Generator(np.random.SFC64(seed))
    blocks = []
    for first in range(0, paths, BLOCK):
        world = World(market, min(BLOCK, paths - first), random)
        blocks.append(np.stack([evaluate(world, strategy) for strategy in strategies]))
    return np.concatenate(blocks, axis=1)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__.split("\n\n")[1])
    model, market, strategies = read(sys.argv[1])
    start = time.process_time()
    print_summary(model, simulate(market, strategies, int(sys.argv[2]), int(sys.argv[3])))
    print(time.process_time() - start, file=sys.stderr)


if __name__ == "__main__":
    main()
