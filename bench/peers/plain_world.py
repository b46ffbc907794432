"""One path of chance and one strategy's relations on it, in plain NumPy: arrays over months, loops over events."""

import numpy as np

from arrays import ALIGNED, ENTERS, HOURS_PER_YEAR, LEAVES, NEVER, RIVAL, ROUNDING, SEVERED


class World:
    """outages: by entity, rows of (begin, end, claim) [yr], disjoint and in order; clocks: drawn as they are needed."""

    def __init__(self, market, random):
        self.market, self.random = market, random
        self.years, self.months = market.months // 12, market.months
        self.outages = self._sample_outages()
        self.scarce = self._sample_scarcity()
        self.price = self._sample_prices()
        self.clocks = {}

    def _sample_outages(self):
        market, random = self.market, self.random
        variance = market.frailty_variance
        frailty = random.gamma(1.0 / variance, variance, (self.years, len(variance)))
        rate, median, sigma = self._sample_parameters()
        counts = random.poisson(rate * (market.own_weight + frailty @ market.weights.T))
        return [self._merged(self._arrivals(counts[:, e], median[e], sigma[e])) for e in range(len(market.rate))]

    def _sample_parameters(self):
        """What a log leaves open of rates and durations: one draw for the path."""
        market, random = self.market, self.random
        rate, events = market.rate.copy(), market.rate_events
        rate[events > 0.0] *= random.gamma(events[events > 0.0]) / events[events > 0.0]
        return (rate, market.median_hours * np.exp(market.log_median_error * random.standard_normal(len(rate))),
                market.sigma * np.exp(market.log_sigma_error * random.standard_normal(len(rate))))

    def _arrivals(self, counts, median, sigma):
        random, total = self.random, counts.sum()
        begin = np.repeat(np.arange(self.years), counts) + random.random(total)
        hours = random.lognormal(np.log(median), sigma, total)
        end = np.minimum(begin + hours / HOURS_PER_YEAR, self.years)
        return np.stack([begin, end, random.random(total)], axis=1)[np.argsort(begin)]

    @staticmethod
    def _merged(arrivals):
        latest = np.maximum.accumulate(arrivals[:, 1])
        if (arrivals[1:, 0] > latest[:-1]).all():
            return arrivals
        first = np.flatnonzero(np.concatenate([[True], arrivals[1:, 0] > latest[:-1]]))
        return np.stack([arrivals[first, 0], np.maximum.reduceat(arrivals[:, 1], first), arrivals[first, 2]], axis=1)

    def _sample_scarcity(self):
        market, ends, state = self.market, [0.0], 0
        while ends[-1] <= self.years:
            ends.append(ends[-1] + self.random.exponential(1.0 / (market.to_normal if state else market.to_scarce)))
            state = 1 - state
        return np.searchsorted(ends[1:], np.arange(self.months + 1) / 12.0, side="right") % 2

    def _sample_prices(self):
        market, random = self.market, self.random
        shape = (len(market.list_price), self.months)
        loading, volatility = market.loading[:, None], market.volatility[:, None]
        shocks = (loading * random.standard_normal(self.months)
                  + np.sqrt(1.0 - loading ** 2) * random.standard_normal(shape))
        mean_jump = np.expm1(market.jump_mean + 0.5 * market.jump_sd ** 2)
        drift = market.drift - 0.5 * market.volatility ** 2 - market.jump_rate * mean_jump
        steps = drift[:, None] / 12.0 + volatility * np.sqrt(1.0 / 12.0) * shocks
        jumps = random.poisson(market.jump_rate[:, None] / 12.0, shape)
        for p, k in np.argwhere(jumps):
            steps[p, k] += random.normal(market.jump_mean[p], market.jump_sd[p], jumps[p, k]).sum()
        price = np.zeros((shape[0], self.months + 1))
        price[:, 1:] = np.cumsum(steps, axis=1)
        return (market.list_price[:, None] * np.exp(price)
                * (1.0 + market.scarcity_premium[:, None] * self.scarce))

    def clock(self, p, j, firing):
        """Hazard between two firings of a transition, common to all strategies."""
        drawn = self.clocks.setdefault((p, j), [])
        while len(drawn) <= firing:
            drawn.append(self.random.standard_exponential())
        return drawn[firing]


class Relations:
    """Sojourns by provider, (regime, begin, end) [yr], and the months of notice and cut-off."""

    def __init__(self, world, strategy):
        providers = len(world.market.list_price)
        self.sojourns = [[(ALIGNED, 0.0)] for _ in range(providers)]
        self._play(world, strategy)
        self.sojourns = [[(regime, begin, end) for (regime, begin), (_, end) in zip(those, those[1:] + [(0, world.years)])]
                         for those in self.sojourns]
        severed = [next((begin for regime, begin, _ in those if regime == SEVERED), None) for those in self.sojourns]
        self.notice = np.array([NEVER if time is None else int(np.ceil(12.0 * time - 1e-9)) for time in severed])
        length = np.ceil(12.0 * strategy.notice_years - 1e-9).astype(int)
        self.cut_off = np.where(self.notice < NEVER, self.notice + length, NEVER)

    def _play(self, world, strategy):
        market, remaining, firings, now = world.market, {}, {}, 0.0
        while True:
            regimes = [those[-1][0] for those in self.sojourns]
            hostile = sum(regime in (RIVAL, SEVERED) for regime in regimes)
            rates = {}
            for p, regime in enumerate(regimes):
                others = hostile - (regime in (RIVAL, SEVERED))
                worse = strategy.worsening[p] * (1.0 + market.contagion[p] * others)
                for j in np.flatnonzero(LEAVES == regime):
                    rates[p, j] = market.rates[p, j] * (worse if ENTERS[j] > LEAVES[j] else 1.0)
                    if (p, j) not in remaining:
                        remaining[p, j] = world.clock(p, j, firings.get((p, j), 0))
            waits = {key: remaining[key] / rate for key, rate in rates.items() if rate > 0.0}
            which = min(waits, key=waits.get, default=None)
            if which is None or now + waits[which] >= world.years:
                return
            now += waits[which]
            for key, rate in rates.items():
                remaining[key] -= rate * waits[which]
            del remaining[which]
            firings[which] = firings.get(which, 0) + 1
            self.sojourns[which[0]].append((ENTERS[which[1]], now))

    def is_rival(self, p, time):
        return any(regime == RIVAL and begin <= time < end for regime, begin, end in self.sojourns[p])


def destinations(market, strategy, relations, w, leaver, month):
    """Normalised weights by location for what leaves; None if nothing is open."""
    eligible = (relations.notice > month) & (market.provisioning[:, 0] > 0.0)
    eligible[leaver] = False
    open_to = eligible[market.owner]
    for weights in (strategy.exit_plan[w, leaver], strategy.share[w], market.alternative[market.owner].astype(float)):
        total = (weights * open_to).sum()
        if total > 0.0:
            return weights * open_to / total
    return None


class Placement:
    """Shares of demand [month, workload, location], and the present value of migration."""

    def __init__(self, world, strategy, relations):
        market = world.market
        self.here = [market.owner == p for p in range(len(market.list_price))]
        capacity = strategy.share * (1.0 + strategy.headroom)
        self.placed, self.capacity, self.billed = (np.repeat(start[None], market.months, axis=0)
                                                   for start in (strategy.share, capacity, capacity))
        self.migration, at_notice = 0.0, {}
        for k in range(max(1, relations.notice.min()), market.months):
            for state in (self.placed, self.capacity, self.billed):
                state[k] = state[k - 1]
            for p in np.flatnonzero(relations.notice == k):
                at_notice[p] = market.demand @ self.placed[k][:, self.here[p]].sum(axis=1)
            self._move(world, strategy, relations, k, at_notice)

    def _move(self, world, strategy, relations, k, at_notice):
        market, wanted = world.market, {}
        for p in np.flatnonzero(relations.notice < k):
            for w in range(len(market.demand)):
                placed = self.placed[k][w, self.here[p]].sum()
                if k > relations.notice[p] + strategy.exit_lead[w] and placed >= ROUNDING:
                    weights = destinations(market, strategy, relations, w, p, k)
                    if weights is not None:
                        wanted[w, p] = weights * placed
        if not wanted:
            return
        supply = market.provisioning[:, world.scarce[k]][market.owner] / 12.0  # by location
        for p in {p for _, p in wanted}:
            units = sum(market.demand[w] * share for (w, q), share in wanted.items() if q == p)
            part = min(1.0, (units @ supply) / units.sum() ** 2)
            wanted.update({key: share * part for key, share in wanted.items() if key[1] == p})
        units = sum(market.demand[w] * share for (w, _), share in wanted.items())
        by_provider = np.array([units[here].sum() for here in self.here])[market.owner]
        part = np.minimum(1.0, np.divide(supply, by_provider, out=np.ones_like(supply), where=by_provider > 0.0))
        for (w, p), share in wanted.items():
            share = share * part
            left = 1.0 - share.sum() / self.placed[k][w, self.here[p]].sum()
            for state in (self.placed, self.capacity):
                state[k][w, self.here[p]] *= left
            for state in (self.placed, self.capacity, self.billed):
                state[k][w] += share
            moved = market.demand[w] * share.sum()
            self.migration += market.month_discount[k] * (
                moved * strategy.migration_cost[p] + strategy.egress[p] * moved / at_notice[p])
