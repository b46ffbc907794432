#!/usr/bin/python3
"""The article's model as a buyer would write it in NumPy without thinking of speed: path by path, arrays over months
and pieces of time, loops over events.

usage: numpy_plain.py MODEL.json PATHS SEED      prints means and tails as JSON, and the seconds it took
"""

import sys
import time

import numpy as np

from arrays import HOURS_PER_MONTH, read
from plain_costs import (Unserved, commitment_shortfall, contract_prices, regime_cost, service_credits)
from plain_world import Placement, Relations, World
from summary import COMPONENTS, print_summary


def evaluate(world, strategy):
    """Costs of one strategy on one path, by component."""
    market = world.market
    relations = Relations(world, strategy)
    placement = Placement(world, strategy, relations)
    price = contract_prices(world, strategy, relations, placement)
    units = np.einsum("w,kwl->lk", market.demand, placement.billed)
    units *= np.arange(market.months) < relations.cut_off[market.owner, None]
    bill = HOURS_PER_MONTH * price * np.array([units[here].sum(axis=0) for here in placement.here])
    unserved = Unserved(world, strategy, relations, placement)
    providers = range(len(market.list_price))
    costs = {
        "spend": (bill @ market.month_discount[:-1]).sum() + unserved.spend,
        "outage": unserved.outage, "reputation": unserved.reputation,
        "capacity_shortage": unserved.capacity_shortage, "migration": placement.migration,
        "sla_credit": -sum(service_credits(world, strategy, relations, bill, units, p) for p in providers
                           if strategy.sla_claim[p] > 0.0),
        "commitment_shortfall": sum(commitment_shortfall(world, strategy, relations, bill, p) for p in providers
                                    if strategy.commitment[p].any()),
        "regime": regime_cost(world, relations)}
    return [costs[component] for component in COMPONENTS]


def simulate(market, strategies, paths, seed):
    """[strategy, path, component]"""
    random = np.random.default_rng(seed)
    costs = np.empty((len(strategies), paths, len(COMPONENTS)))
    for path in range(paths):
        world = World(market, random)
        for s, strategy in enumerate(strategies):
            costs[s, path] = evaluate(world, strategy)
    return costs


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__.split("\n\n")[1])
    model, market, strategies = read(sys.argv[1])
    start = time.process_time()
    print_summary(model, simulate(market, strategies, int(sys.argv[2]), int(sys.argv[3])))
    print(time.process_time() - start, file=sys.stderr)


if __name__ == "__main__":
    main()
