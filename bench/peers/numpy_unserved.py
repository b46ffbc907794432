"""Demand that outages and providers who turned away leave unserved, for many paths at once in NumPy: all pieces of all
paths in one flat list."""

import numpy as np

from arrays import HOURS_PER_YEAR, ROUNDING
from numpy_costs import annuity
from numpy_world import STRIDE


class Pieces:
    """Pieces of time on which everything is constant; what is not constant there is indexed by piece."""

    def __init__(self, world, strategy, relations):
        self.world, self.relations = world, relations
        market, paths = world.market, np.arange(world.paths)
        before = relations.begin < relations.severed[relations.path, relations.provider]
        self.rival_path, self.rival = relations.path[before], relations.provider[before]
        self.rival_begin, self.rival_end = (self.rival_path * STRIDE + times[before]
                                            for times in (relations.begin, relations.end))
        months = (paths[:, None] * STRIDE + np.arange(market.months + 1) / 12.0).ravel()
        base = np.concatenate([months, world.events.begin, world.events.end, self.rival_begin, self.rival_end])
        owner = np.floor(base / STRIDE)
        waits = {hours / HOURS_PER_YEAR for hours in strategy.recovery_hours if hours > 0.0}
        last = owner * STRIDE + world.years
        self.edges = np.unique(np.concatenate([base] + [np.minimum(base + wait, last) for wait in waits]))

    def covered(self, begin, end):
        """By piece: how many of the intervals (as keys) cover it."""
        n = len(self.edges)
        steps = (np.bincount(np.searchsorted(self.edges, begin), minlength=n)
                 - np.bincount(np.searchsorted(self.edges, end), minlength=n))
        return np.cumsum(steps)

    def up(self, l):
        """Whether a location is up."""
        events, hit = self.world.events, self.world.market.impact[self.world.entity, l] > 0.0
        return self.covered(events.begin[hit], events.end[hit]) == 0

    def delivered(self, p):
        """Capacity factor of a provider."""
        market, cut_off = self.world.market, self.relations.cut_off[:, p]
        chosen = self.rival == p
        turned = self.covered(self.rival_begin[chosen], self.rival_end[chosen]) > 0
        cut = np.flatnonzero(cut_off < market.months)
        gone = self.covered(cut * STRIDE + cut_off[cut] / 12.0, cut * STRIDE + float(self.world.years)) > 0
        return np.where(gone, 0.0, np.where(turned, 1.0 - market.withhold[p], 1.0))


def held_for(edges, sudden, index, wait):
    """The least of `sudden` (by piece) over the time `wait` [yr] before the middle of the pieces `index`."""
    path = np.floor(edges[index] / STRIDE)
    since = 0.5 * (edges[index] + edges[index + 1]) - wait
    least = np.where(since < path * STRIDE, 0.0, sudden[index])
    back = 1
    while True:
        within = (least > 0.0) & (edges[np.maximum(index - back + 1, 0)] > since)
        if not within.any():
            return least
        least[within] = np.minimum(least[within], sudden[index[within] - back])
        back += 1


class Unserved:
    """Present values by path: `outage`, `capacity_shortage`, `reputation`, and `spend` on demand."""

    def __init__(self, world, strategy, relations, placement):
        self.world, self.strategy, self.placement = world, strategy, placement
        market = world.market
        pieces = Pieces(world, strategy, relations)
        self.edges = pieces.edges
        up = np.array([pieces.up(l) for l in range(len(market.owner))])
        delivered = np.array([pieces.delivered(p) for p in range(len(market.list_price))])[market.owner]
        missing = (~up).any(axis=0) | (delivered < 1.0).any(axis=0)
        missing[-1] = False
        self.index = np.flatnonzero(missing)  # the pieces on which something is missing
        self.up, self.delivered = up[:, self.index], delivered[:, self.index]
        self.path = np.floor(self.edges[self.index] / STRIDE).astype(int)
        self.begin = self.edges[self.index] - self.path * STRIDE
        self.end = self.edges[self.index + 1] - self.path * STRIDE
        self.month = np.minimum((0.5 * (self.begin + self.end) * 12.0).astype(int), market.months - 1)
        self.hours = HOURS_PER_YEAR * annuity(market.discount_rate, self.begin, self.end)
        self.spend, self.outage, self.capacity_shortage, self.reputation = (np.zeros(world.paths) for _ in range(4))
        for w in range(len(market.demand)):
            self._play(w)

    def _play(self, w):
        market, strategy, world = self.world.market, self.strategy, self.world
        placed, capacity = (state[self.month, self.path, w].T for state in (self.placement.placed,
                                                                            self.placement.capacity))
        usable = self.up * self.delivered
        lost = placed - np.minimum(placed, usable * capacity)
        announced = placed - np.minimum(placed, self.delivered * capacity)
        offer = strategy.on_demand[w][world.scarce[self.path, self.month]].T
        reserved = (usable * capacity - placed + lost).sum(axis=0)
        offered = (usable * offer).sum(axis=0)
        spare_if_up = (self.delivered * (capacity + offer) - placed + announced).sum(axis=0)
        eligible = announced.sum(axis=0)
        if strategy.recovery_hours[w] >= 0.0:
            eligible = eligible + self._switched_over(lost - announced, strategy.recovery_hours[w] / HOURS_PER_YEAR)
        announced, lost = announced.sum(axis=0), lost.sum(axis=0)
        ratio = lambda a, b: np.minimum(1.0, np.divide(a, b, out=np.ones_like(a), where=b > 0.0))
        rescued = ratio(reserved + offered, eligible)
        strategic = announced - ratio(spare_if_up, announced) * announced
        by_outage = lost - rescued * eligible - strategic
        value = market.revenue_at_risk[w] * self.hours
        self.outage += self._by_path(value * by_outage)
        self.capacity_shortage += self._by_path(value * strategic)
        bought = np.maximum(0.0, rescued * eligible - reserved)
        part = np.divide(bought, offered, out=np.zeros_like(bought), where=offered > 0.0)
        price = world.price[self.path, :, self.month].T[market.owner]
        self.spend += self._by_path(self.hours * market.demand[w] * part * (usable * offer * price).sum(axis=0))
        if market.reputation_factor[w] > 0.0:
            self._charge_incidents(w, by_outage)

    def _by_path(self, value):
        return np.bincount(self.path, weights=value, minlength=self.world.paths)

    def _switched_over(self, sudden, wait):
        """What outages have taken for the whole recovery time, over all locations."""
        total = np.zeros(len(self.index))
        everywhere = np.zeros(len(self.edges))
        for here in sudden:
            everywhere[self.index] = here
            hit = here > 0.0
            total[hit] += held_for(self.edges, everywhere, self.index[hit], wait)
        return total

    def _charge_incidents(self, w, by_outage):
        """Incidents are runs of neighbouring pieces on which outages leave something unserved."""
        market = self.world.market
        hit = np.flatnonzero(by_outage > ROUNDING)
        if not len(hit):
            return
        fresh = np.ones(len(hit), dtype=bool)
        fresh[1:] = np.diff(self.index[hit]) > 1
        first = np.flatnonzero(fresh)
        hours = np.add.reduceat((by_outage * (self.end - self.begin) * HOURS_PER_YEAR)[hit], first)
        time, start = market.reputation_time[w], self.begin[hit][first]
        cost = (np.exp(-market.discount_rate * start) * market.reputation_factor[w] * market.revenue_at_risk[w] * time
                * (hours / time) ** market.reputation_exponent[w])
        self.reputation += np.bincount(self.path[hit][first], weights=cost, minlength=self.world.paths)
