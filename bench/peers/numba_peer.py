#!/usr/bin/python3
"""The article's model as a buyer would write it with numba: scalar loops, compiled.

usage: numba_peer.py MODEL.json PATHS SEED      prints means and tails as JSON, and the seconds without compiling
"""

import sys
import time

import numpy as np
from numba import njit

from arrays import as_record, read
from numba_costs import (MIGRATION, charge_bills, charge_commitments, charge_relations, credit_downtime,
                         set_contract_prices)
from numba_relations import new_placement, new_relations, play_exits, play_relations
from numba_unserved import charge_unserved
from numba_world import new_world, sample
from summary import print_summary


@njit(cache=True)
def evaluate(market, strategy, world, relations, placement, price, bill, costs):
    play_relations(market, strategy, world, relations)
    play_exits(market, strategy, world, relations, placement)
    costs[MIGRATION] = placement.migration[0]
    set_contract_prices(market, strategy, world, relations, placement, price)
    charge_bills(market, relations, placement, price, bill, costs)
    charge_commitments(market, strategy, relations, bill, costs)
    credit_downtime(market, strategy, world, relations, placement, bill, costs)
    charge_relations(market, relations, costs)
    charge_unserved(market, strategy, world, relations, placement, costs)


@njit(cache=True)
def simulate(market, strategies, world, relations, placement, seed, costs):
    """Fills `costs` [strategy, path, component]."""
    np.random.seed(seed)
    price = np.zeros((len(market.list_price), market.months))
    bill = np.zeros_like(price)
    for path in range(costs.shape[1]):
        sample(market, world)
        for s in range(len(strategies)):
            evaluate(market, strategies[s], world, relations, placement, price, bill, costs[s, path])


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__.split("\n\n")[1])
    model, market, strategies = read(sys.argv[1])
    paths, seed = int(sys.argv[2]), int(sys.argv[3])

    def run(count):
        costs = np.zeros((len(strategies), count, 8))
        simulate(as_record(market), as_record(strategies), as_record(new_world(market)),
                 as_record(new_relations(market)), as_record(new_placement(market)), seed, costs)
        return costs

    run(2)  # compiles
    start = time.process_time()
    print_summary(model, run(paths))
    print(time.process_time() - start, file=sys.stderr)


if __name__ == "__main__":
    main()
