"""One path of chance in numba: outages, scarcity, list prices, and the clocks of the regimes."""

from collections import namedtuple

import numpy as np
from numba import njit

from arrays import HOURS_PER_YEAR

MOST_OUTAGES = 1024  # of one entity on a path
MOST_FIRINGS = 256   # of one clock on a path

# start, end [yr] and claim uniforms by entity, the first `count` of each row; edges: all starts, ends and month starts
# in order, the first `edge_count` of them; clocks: Exp(1) by provider, transition and firing, 0: not drawn yet
World = namedtuple("World", "start end claim count edges edge_count scarce price clocks")


def new_world(market):
    entities, providers = len(market.rate), len(market.list_price)
    room = np.zeros((entities, MOST_OUTAGES))
    return World(room, room.copy(), room.copy(), np.zeros(entities, dtype=np.int64),
                 np.zeros(2 * entities * MOST_OUTAGES + market.months + 1), np.zeros(1, dtype=np.int64),
                 np.zeros(market.months + 1, dtype=np.int64), np.zeros((providers, market.months + 1)),
                 np.zeros((providers, 7, MOST_FIRINGS)))


@njit(cache=True)
def merge(start, end, claim, count):
    """Joins outages of one entity that touch; returns how many there are."""
    if count == 0:
        return 0
    order = np.argsort(start[:count])
    starts, ends, claims = start[:count][order], end[:count][order], claim[:count][order]
    kept = 0
    start[0], end[0], claim[0] = starts[0], ends[0], claims[0]
    for i in range(1, count):
        if starts[i] <= end[kept]:
            end[kept] = max(end[kept], ends[i])
        else:
            kept += 1
            start[kept], end[kept], claim[kept] = starts[i], ends[i], claims[i]
    return kept + 1


@njit(cache=True)
def sample_outages(market, world):
    years, factors = market.months // 12, len(market.frailty_variance)
    frailty = np.empty((factors, years))
    for f in range(factors):
        for y in range(years):
            frailty[f, y] = np.random.gamma(1.0 / market.frailty_variance[f], market.frailty_variance[f])
    for e in range(len(market.rate)):
        count = 0
        # what a log leaves open of the rate and the durations
        rate, events = market.rate[e], market.rate_events[e]
        if events > 0.0:
            rate *= np.random.gamma(events, 1.0 / events)
        log_median = np.log(market.median_hours[e]) + market.log_median_error[e] * np.random.standard_normal()
        sigma = market.sigma[e] * np.exp(market.log_sigma_error[e] * np.random.standard_normal())
        for y in range(years):
            multiplier = market.own_weight[e]
            for f in range(factors):
                multiplier += market.weights[e, f] * frailty[f, y]
            for _ in range(np.random.poisson(rate * multiplier)):
                if count == MOST_OUTAGES:
                    raise ValueError("more outages than there is room for")
                world.start[e, count] = y + np.random.random()
                world.end[e, count] = world.start[e, count] + np.random.lognormal(log_median, sigma) / HOURS_PER_YEAR
                world.claim[e, count] = np.random.random()
                count += 1
        world.count[e] = merge(world.start[e], world.end[e], world.claim[e], count)
        for i in range(world.count[e]):
            world.end[e, i] = min(world.end[e, i], market.months / 12.0)


@njit(cache=True)
def collect_edges(market, world):
    n = 0
    for k in range(market.months + 1):
        world.edges[n] = k / 12.0
        n += 1
    for e in range(len(world.count)):
        for i in range(world.count[e]):
            world.edges[n], world.edges[n + 1] = world.start[e, i], world.end[e, i]
            n += 2
    world.edges[:n].sort()
    world.edge_count[0] = n


@njit(cache=True)
def sample_scarcity(market, world):
    end, state = np.random.exponential(1.0 / market.to_scarce), 0
    for k in range(market.months + 1):
        while end <= k / 12.0:
            state = 1 - state
            end += np.random.exponential(1.0 / (market.to_normal if state == 1 else market.to_scarce))
        world.scarce[k] = state


@njit(cache=True)
def sample_prices(market, world):
    common = np.random.standard_normal(market.months)
    for p in range(len(market.list_price)):
        volatility, loading = market.volatility[p], market.loading[p]
        mean_jump = np.exp(market.jump_mean[p] + 0.5 * market.jump_sd[p] ** 2) - 1.0
        drift = (market.drift[p] - 0.5 * volatility ** 2 - market.jump_rate[p] * mean_jump) / 12.0
        step, own = volatility * np.sqrt(1.0 / 12.0), np.sqrt(1.0 - loading ** 2)
        log_price = np.log(market.list_price[p])
        for k in range(market.months + 1):
            premium = market.scarcity_premium[p] if world.scarce[k] == 1 else 0.0
            world.price[p, k] = np.exp(log_price) * (1.0 + premium)
            if k == market.months:
                break
            log_price += drift + step * (loading * common[k] + own * np.random.standard_normal())
            for _ in range(np.random.poisson(market.jump_rate[p] / 12.0)):
                log_price += np.random.normal(market.jump_mean[p], market.jump_sd[p])


@njit(cache=True)
def sample(market, world):
    sample_outages(market, world)
    collect_edges(market, world)
    sample_scarcity(market, world)
    sample_prices(market, world)
    world.clocks[:, :, :] = 0.0


@njit(cache=True)
def clock(world, p, transition, firing):
    """Hazard between two firings of a transition; drawn when it is first needed, common to all strategies."""
    if firing >= MOST_FIRINGS:
        raise ValueError("more firings than there is room for")
    if world.clocks[p, transition, firing] == 0.0:
        world.clocks[p, transition, firing] = np.random.exponential(1.0)
    return world.clocks[p, transition, firing]
