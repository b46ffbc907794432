"""Who turns away and what moves where, in numba."""

from collections import namedtuple

import numpy as np
from numba import njit

from arrays import ALIGNED, ENTERS, LEAVES, NEVER, RIVAL, ROUNDING, SEVERED
from numba_world import MOST_FIRINGS, clock

# Sojourns of each provider, the first `count` of each row (begin [yr]; the last one lasts to the horizon's end), and
# the months of notice and cut-off.
Relations = namedtuple("Relations", "regime begin count notice cut_off")
# Shares of demand by month, workload and location; migration [USD] is one number
Placement = namedtuple("Placement", "placed capacity billed migration")


def new_relations(market):
    providers = len(market.list_price)
    return Relations(np.zeros((providers, MOST_FIRINGS), dtype=np.int64), np.zeros((providers, MOST_FIRINGS)),
                     *(np.zeros(providers, dtype=np.int64) for _ in range(3)))


def new_placement(market):
    shape = (market.months, len(market.demand), len(market.owner))
    return Placement(*(np.zeros(shape) for _ in range(3)), np.zeros(1))


@njit(cache=True)
def hostile(regime):
    return 1 if regime == RIVAL or regime == SEVERED else 0


@njit(cache=True)
def end_of(market, relations, p, i):
    """End [yr] of the sojourn i of provider p."""
    return relations.begin[p, i + 1] if i + 1 < relations.count[p] else market.months / 12.0


@njit(cache=True)
def play_relations(market, strategy, world, relations):
    providers, end = len(market.list_price), market.months / 12.0
    remaining = np.full((providers, 7), -1.0)
    firings = np.zeros((providers, 7), dtype=np.int64)
    rates = np.zeros((providers, 7))
    state = np.full(providers, ALIGNED)
    relations.regime[:, 0], relations.begin[:, 0], relations.count[:] = ALIGNED, 0.0, 1
    now = 0.0
    while True:
        hostile_count = 0
        for p in range(providers):
            hostile_count += hostile(state[p])
        wait, who, how = np.inf, -1, -1
        for p in range(providers):
            worse = strategy.worsening[p] * (1.0 + market.contagion[p] * (hostile_count - hostile(state[p])))
            for j in range(7):
                rates[p, j] = 0.0
                if LEAVES[j] != state[p]:
                    continue
                rates[p, j] = market.rates[p, j] * (worse if ENTERS[j] > LEAVES[j] else 1.0)
                if rates[p, j] <= 0.0:
                    continue
                if remaining[p, j] < 0.0:
                    remaining[p, j] = clock(world, p, j, firings[p, j])
                if remaining[p, j] / rates[p, j] < wait:
                    wait, who, how = remaining[p, j] / rates[p, j], p, j
        if now + wait >= end:
            break
        now += wait
        for p in range(providers):
            for j in range(7):
                if rates[p, j] > 0.0:
                    remaining[p, j] = max(0.0, remaining[p, j] - rates[p, j] * wait)
        remaining[who, how] = -1.0
        firings[who, how] += 1
        state[who] = ENTERS[how]
        i = relations.count[who]
        if i == MOST_FIRINGS:
            raise ValueError("more sojourns than there is room for")
        relations.regime[who, i], relations.begin[who, i] = state[who], now
        relations.count[who] = i + 1
    set_notice(strategy, relations)


@njit(cache=True)
def set_notice(strategy, relations):
    for p in range(len(relations.count)):
        relations.notice[p] = relations.cut_off[p] = NEVER
        for i in range(relations.count[p]):
            if relations.regime[p, i] == SEVERED:
                relations.notice[p] = int(np.ceil(12.0 * relations.begin[p, i] - 1e-9))
                relations.cut_off[p] = relations.notice[p] + int(np.ceil(12.0 * strategy.notice_years[p] - 1e-9))
                break


@njit(cache=True)
def destinations(market, strategy, relations, w, leaver, month, weights):
    """Fills the normalised weights by location of what w takes away from `leaver`; False if nothing is open."""
    for attempt in range(3):
        total = 0.0
        for l in range(len(market.owner)):
            p = market.owner[l]
            weights[l] = 0.0
            if p == leaver or relations.notice[p] <= month or market.provisioning[p, 0] <= 0.0:
                continue
            if attempt == 0:
                weights[l] = strategy.exit_plan[w, leaver, l]
            elif attempt == 1:
                weights[l] = strategy.share[w, l]
            else:
                weights[l] = 1.0 if market.alternative[p] else 0.0
            total += weights[l]
        if total > 0.0:
            weights /= total
            return True
    return False


@njit(cache=True)
def placed_at(market, placed, w, p):
    total = 0.0
    for l in range(len(market.owner)):
        if market.owner[l] == p:
            total += placed[w, l]
    return total


@njit(cache=True)
def wish(market, strategy, relations, month, placed, before, share):
    """Fills what is placed [w, p] and wanted [w, p, l] by who leaves; False if nothing moves."""
    moves = False
    weights = np.empty(len(market.owner))
    for w in range(len(market.demand)):
        for p in range(len(market.list_price)):
            share[w, p, :] = 0.0
            before[w, p] = 0.0
            if month <= relations.notice[p] + strategy.exit_lead[w]:
                continue
            before[w, p] = placed_at(market, placed, w, p)
            if before[w, p] >= ROUNDING and destinations(market, strategy, relations, w, p, month, weights):
                share[w, p] = weights * before[w, p]
                moves = True
    return moves


@njit(cache=True)
def limit(market, scarce, share):
    """First the ramp of whoever is left, then what each destination can take in a month."""
    providers, locations = len(market.list_price), len(market.owner)
    wanted = np.zeros(providers)
    for p in range(providers):
        total, weighted = 0.0, 0.0
        for w in range(len(market.demand)):
            for l in range(locations):
                units = market.demand[w] * share[w, p, l]
                total += units
                weighted += units * market.provisioning[market.owner[l], scarce]
        if total <= 0.0:
            continue
        share[:, p, :] *= min(1.0, weighted / total / 12.0 / total)
        for w in range(len(market.demand)):
            for l in range(locations):
                wanted[market.owner[l]] += market.demand[w] * share[w, p, l]
    for l in range(locations):
        supply = market.provisioning[market.owner[l], scarce] / 12.0
        if wanted[market.owner[l]] > supply:
            share[:, :, l] *= supply / wanted[market.owner[l]]


@njit(cache=True)
def play_exits(market, strategy, world, relations, placement):
    workloads, providers, locations = len(market.demand), len(market.list_price), len(market.owner)
    placed = strategy.share.copy()
    capacity = strategy.share * (1.0 + strategy.headroom)
    billed = capacity.copy()
    at_notice = np.zeros(providers)
    before, share = np.zeros((workloads, providers)), np.zeros((workloads, providers, locations))
    placement.migration[0] = 0.0
    first = relations.notice.min()
    for k in range(market.months):
        if k >= first:
            for p in range(providers):
                if relations.notice[p] == k:
                    for w in range(workloads):
                        at_notice[p] += market.demand[w] * placed_at(market, placed, w, p)
            if wish(market, strategy, relations, k, placed, before, share):
                limit(market, world.scarce[k], share)
                for w in range(workloads):
                    for p in range(providers):
                        carry_out(market, strategy, k, w, p, share[w, p], before[w, p], at_notice[p],
                                  placed[w], capacity[w], billed[w], placement)
        placement.placed[k], placement.capacity[k], placement.billed[k] = placed, capacity, billed


@njit(cache=True)
def carry_out(market, strategy, k, w, p, share, before, at_notice, placed, capacity, billed, placement):
    moved = share.sum()
    if moved <= 0.0:
        return
    left = 1.0 - moved / before
    for l in range(len(market.owner)):
        if market.owner[l] == p:
            placed[l] *= left
            capacity[l] *= left
        placed[l] += share[l]
        capacity[l] += share[l]
        billed[l] += share[l]
    units = moved * market.demand[w]
    egress = strategy.egress[p] * units / at_notice if at_notice > 0.0 else 0.0
    placement.migration[0] += market.month_discount[k] * (units * strategy.migration_cost[p] + egress)
