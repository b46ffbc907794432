"""Many paths of chance at once, in NumPy: every array has the path as its first axis, or lists events of all paths.

A list of events is flat: `path` says whose each one is. Times of flat events are kept as keys, path * STRIDE + time, so
that one sort or search does it for all paths.
"""

import numpy as np

from arrays import ALIGNED, ENTERS, HOURS_PER_YEAR, LEAVES, NEVER, RIVAL, SEVERED

STRIDE = 64.0  # [yr] longer than any horizon


class Events:
    """Flat events: begin and end as keys, in order."""

    def __init__(self, path, begin, end):
        self.path, self.begin, self.end = path, path * STRIDE + begin, path * STRIDE + end


def union(group, begin, end):
    """Intervals by group, in any order, as (first of each cluster of touching intervals, order, end of each cluster)."""
    order = np.lexsort((begin, group))
    group, begin, end = group[order], begin[order], end[order]
    latest = np.maximum.accumulate(group * STRIDE + end) - group * STRIDE
    fresh = np.ones(len(group), dtype=bool)
    fresh[1:] = (group[1:] != group[:-1]) | (begin[1:] > latest[:-1])
    first = np.flatnonzero(fresh)
    return order[first], np.maximum.reduceat(end, first) if len(first) else end


class World:
    """The chance of `paths` paths, common to all strategies."""

    def __init__(self, market, paths, random):
        self.market, self.paths, self.random = market, paths, random
        self.years, self.months = market.months // 12, market.months
        self._sample_outages()
        self._sample_scarcity()
        self._sample_prices()
        self.clocks = random.standard_exponential((paths, len(market.list_price), 7, 4))
        self._qualifying = {}

    def _sample_outages(self):
        """Disjoint outages by entity: `entity`, `claim` and `events`."""
        market, random = self.market, self.random
        variance = market.frailty_variance
        frailty = random.gamma(1.0 / variance, variance, (self.paths, self.years, len(variance)))
        rate, log_median, sigma = self._sample_parameters()
        counts = random.poisson(rate[:, None, :] * (market.own_weight + frailty @ market.weights.T))
        path, year, entity = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
        begin = year + random.random(len(path))
        hours = random.lognormal(log_median[path, entity], sigma[path, entity])
        end = np.minimum(begin + hours / HOURS_PER_YEAR, self.years)
        first, until = union(path * len(market.rate) + entity, begin, end)
        self.entity, self.claim = entity[first], random.random(len(first))
        self.events = Events(path[first], begin[first], until)

    def _sample_parameters(self):
        """What a log leaves open of rates and durations [path, entity]."""
        market, random, shape = self.market, self.random, (self.paths, len(self.market.rate))
        events = np.where(market.rate_events > 0.0, market.rate_events, 1.0)
        factor = np.where(market.rate_events > 0.0, random.gamma(events, 1.0 / events, shape), 1.0)
        log_median = np.log(market.median_hours) + market.log_median_error * random.standard_normal(shape)
        return market.rate * factor, log_median, market.sigma * np.exp(market.log_sigma_error * random.standard_normal(shape))

    def _sample_scarcity(self):
        market, room = self.market, 16
        while True:
            lengths = self.random.standard_exponential((self.paths, room))
            lengths[:, 0::2] /= market.to_scarce
            lengths[:, 1::2] /= market.to_normal
            ends = np.cumsum(lengths, axis=1)
            if ends[:, -1].min() > self.years:
                break
            room *= 2
        month = np.arange(self.months + 1) / 12.0
        self.scarce = np.sum(ends[:, :, None] <= month, axis=1) % 2

    def _sample_prices(self):
        """List prices [path, provider, month]."""
        market, random = self.market, self.random
        shape = (self.paths, len(market.list_price), self.months)
        column = lambda values: values[None, :, None]
        own = np.sqrt(1.0 - market.loading ** 2)
        shocks = (column(market.loading) * random.standard_normal((self.paths, 1, self.months))
                  + column(own) * random.standard_normal(shape))
        mean_jump = np.expm1(market.jump_mean + 0.5 * market.jump_sd ** 2)
        drift = market.drift - 0.5 * market.volatility ** 2 - market.jump_rate * mean_jump
        steps = column(drift / 12.0) + column(market.volatility * np.sqrt(1.0 / 12.0)) * shocks
        jumps = random.poisson(column(market.jump_rate / 12.0), shape)
        some = jumps.nonzero()
        steps[some] += (jumps[some] * market.jump_mean[some[1]] + np.sqrt(jumps[some]) * market.jump_sd[some[1]]
                        * random.standard_normal(len(some[0])))
        self.price = np.empty((self.paths, len(market.list_price), self.months + 1))
        self.price[:, :, 0] = np.log(market.list_price)
        self.price[:, :, 1:] = np.log(column(market.list_price)) + np.cumsum(steps, axis=2)
        np.exp(self.price, out=self.price)
        self.price *= 1.0 + column(market.scarcity_premium) * self.scarce[:, None, :]

    def clock(self, rows, p, j, firing):
        """Exp(1) of these paths, providers, transitions and firings."""
        while firing.size and firing.max() >= self.clocks.shape[3]:
            more = self.random.standard_exponential(self.clocks.shape)
            self.clocks = np.concatenate([self.clocks, more], axis=3)
        return self.clocks[rows, p, j, firing]

    def qualifying_hours(self, qualification):
        """Hours in which locations are down for the purposes of a contract, [path, location, month]."""
        if qualification not in self._qualifying:
            self._qualifying[qualification] = self._hours_down(qualification)
        return self._qualifying[qualification]

    def _hours_down(self, qualification):
        market, events = self.market, self.events
        hours = np.zeros((self.paths, len(market.owner), self.months))
        counts = (self.claim < qualification) & ~market.shared[self.entity]
        for l in range(len(market.owner)):
            chosen = np.flatnonzero(counts & (market.impact[self.entity, l] > 0.0))
            path = events.path[chosen]
            begin, end = (keys[chosen] - path * STRIDE for keys in (events.begin, events.end))
            first, end = union(path, begin, end)
            path, begin = path[first], begin[first]
            while len(path):
                month = np.minimum((begin * 12.0).astype(int), self.months - 1)
                stop = np.where(month == self.months - 1, end, np.minimum(end, (month + 1) / 12.0))
                np.add.at(hours, (path, l, month), (stop - begin) * HOURS_PER_YEAR)
                on = (end > stop) & (month < self.months - 1)
                path, begin, end = path[on], stop[on] + 1e-12, end[on]
        return hours


class Relations:
    """Regimes of all paths: `rival` (flat, with its provider), and months of notice and cut-off [path, provider]."""

    def __init__(self, world, strategy):
        market = world.market
        self.horizon = float(world.years)
        shape = (world.paths, len(market.list_price))
        self._intervals = []
        self.severed = np.full(shape, np.inf)
        self._play(world, strategy, np.full(shape, ALIGNED), np.zeros(shape))
        self.path, self.provider, self.begin, self.end = map(np.concatenate, zip(*self._intervals))
        with np.errstate(invalid="ignore"):
            notice = np.ceil(12.0 * self.severed - 1e-9)
        self.notice = np.where(np.isfinite(notice), notice, NEVER).astype(int)
        length = np.ceil(12.0 * strategy.notice_years - 1e-9).astype(int)
        self.cut_off = np.where(self.notice < NEVER, self.notice + length, NEVER)

    def _play(self, world, strategy, state, since):
        """One transition of every path that is not done, until all are."""
        market, paths = world.market, world.paths
        firings = np.zeros((paths, len(market.list_price), 7), dtype=int)
        remaining = world.clocks[:, :, :, 0].copy()
        rows, now = np.arange(paths), np.zeros(paths)
        worsens = ENTERS > LEAVES
        while len(rows):
            regime = state[rows]
            hostile = (regime == RIVAL) | (regime == SEVERED)
            others = hostile.sum(axis=1, keepdims=True) - hostile
            worse = strategy.worsening * (1.0 + market.contagion * others)
            rates = market.rates * np.where(worsens, worse[:, :, None], 1.0) * (LEAVES == regime[:, :, None])
            with np.errstate(divide="ignore"):
                waits = np.where(rates > 0.0, remaining[rows] / rates, np.inf).reshape(len(rows), -1)
            which = waits.argmin(axis=1)
            wait = waits[np.arange(len(rows)), which]
            now[rows] += np.minimum(wait, self.horizon)
            on = now[rows] < self.horizon
            rows, which = rows[on], which[on]
            remaining[rows] -= rates[on] * wait[on, None, None]
            p, j = which // 7, which % 7
            firings[rows, p, j] += 1
            remaining[rows, p, j] = world.clock(rows, p, j, firings[rows, p, j])
            self._close(rows, p, state[rows, p], since[rows, p], now[rows])
            state[rows, p], since[rows, p] = ENTERS[j], now[rows]
            broken = ENTERS[j] == SEVERED
            first = self.severed[rows[broken], p[broken]]
            self.severed[rows[broken], p[broken]] = np.minimum(first, now[rows[broken]])
        path, p = np.indices(state.shape).reshape(2, -1)
        self._close(path, p, state.ravel(), since.ravel(), np.full(state.size, self.horizon))

    def _close(self, path, p, regime, begin, end):
        was = regime == RIVAL
        self._intervals.append((path[was], p[was], begin[was], end[was]))

    def rival_at(self, p, time):
        """Which paths have p as a rival at that time."""
        on = (self.provider == p) & (self.begin <= time) & (time < self.end)
        hit = np.zeros(len(self.severed), dtype=bool)
        hit[self.path[on]] = True
        return hit
