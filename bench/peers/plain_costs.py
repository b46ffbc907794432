"""What one strategy costs on one path, in plain NumPy."""

import numpy as np

from arrays import HOURS_PER_MONTH, HOURS_PER_YEAR, RIVAL, ROUNDING, SEVERED
from plain_world import destinations


def annuity(rate, begin, end):
    """Present value [yr] of flows of 1 a year over [begin, end]."""
    return end - begin if rate == 0.0 else (np.exp(-rate * begin) - np.exp(-rate * end)) / rate


def in_force_from(market, strategy, relations, p):
    first = max(strategy.start[p], 0)
    return first if first < min(market.months, relations.notice[p]) else market.months


def contract_years(market, strategy, relations, p):
    """The months in force of each contract year, with its number."""
    months = np.arange(in_force_from(market, strategy, relations, p), market.months)
    year = (months - strategy.start[p]) // 12
    return [(y, months[year == y]) for y in np.unique(year)]


def credible_exit(world, strategy, relations, placement, p, k):
    """Part of the units at p that could be re-homed within the notice."""
    market, placed, capacity = world.market, placement.placed[k], placement.capacity[k]
    elsewhere = (relations.notice > k)[market.owner] & ~placement.here[p]
    supply = market.provisioning[market.owner, world.scarce[k]]
    units = ramp = spare = 0.0
    for w, demand in enumerate(market.demand):
        here = placed[w, placement.here[p]].sum()
        if here < ROUNDING:
            continue
        units += demand * here
        weights = destinations(market, strategy, relations, w, p, k)
        if weights is not None:
            ramp += demand * here * (weights @ supply)
        spare += demand * np.maximum(0.0, capacity[w] - placed[w])[elsewhere].sum()
    return min(1.0, (strategy.notice_years[p] * ramp / units + spare) / units) if units > 0.0 else 1.0


def bargained_price(world, strategy, relations, placement, p, k):
    market, listed, scarce = world.market, world.price[p, k], world.scarce[k]
    cost = market.unit_cost_ratio[p] * listed / (1.0 + market.scarcity_premium[p] * scarce)
    least = (cost + market.resale[scarce] * (listed - cost)
             + relations.is_rival(p, k / 12.0) * market.rival_wedge * market.product_overlap[p] * listed)
    present = np.array([(placement.placed[k][:, here] >= ROUNDING).any() for here in placement.here])
    offers = ((1.0 - market.alternative_discount) * world.price[:, k]
              * (1.0 + np.where(present, market.porting_cost, market.porting_cost_new)))
    open_to = (relations.notice > k) & market.alternative & (np.arange(len(offers)) != p)
    alternative = offers[open_to].min() if open_to.any() else np.inf
    switching = market.switching_cost * listed / (strategy.term[p] / 12.0)
    credible = credible_exit(world, strategy, relations, placement, p, k)
    ceiling = credible * min(listed, alternative + switching) + (1.0 - credible) * listed
    equity, power = market.equity_stake[p], strategy.power[p]
    floor = max(0.0, (least - equity * ceiling) / (1.0 - equity))
    return power * floor + (1.0 - power) * ceiling if floor < ceiling else min(listed, floor)


def contract_prices(world, strategy, relations, placement):
    """[provider, month] in USD per unit-hour."""
    market = world.market
    price = world.price[:, :market.months].copy()
    for p in range(len(price)):
        first, term, start = in_force_from(market, strategy, relations, p), strategy.term[p], strategy.start[p]
        signings = [first] if first < market.months else []
        if signings and term:
            signings += [k for k in range(first + 1, min(market.months, relations.notice[p])) if (k - start) % term == 0]
        discount = strategy.discount[p]
        for number, k in enumerate(signings):
            if number and strategy.bargain[p]:
                agreed = bargained_price(world, strategy, relations, placement, p, k)
                discount = 1.0 - agreed / world.price[p, k]
            base = world.price[p, k] if strategy.fixed[p] else world.price[p, k:market.months]
            price[p, k:] = (1.0 - discount) * base
    return price


def commitment_shortfall(world, strategy, relations, bill, p):
    market, notice, term = world.market, relations.notice[p], strategy.term[p]
    end = market.months
    if notice < market.months:
        end = strategy.start[p] + term
        while end < notice:
            end += term
        end = min(end, relations.cut_off[p])
    cost = credit = 0.0
    for year, months in contract_years(market, strategy, relations, p):
        months = months[months < end]
        if not len(months):
            break
        due, bought = strategy.commitment[p, year] * len(months) / 12.0, bill[p, months].sum()
        cost += market.month_discount[months[-1] + 1] * max(0.0, due - bought - credit)
        credit = strategy.rollover[p] * max(0.0, bought - due)
    return cost


def qualifying_hours(world, l, qualification):
    """Hours by month in which a location is down for the purposes of a contract."""
    market = world.market
    down = np.concatenate([world.outages[e] for e in range(len(market.rate))
                           if not market.shared[e] and market.impact[e, l] > 0.0])
    down = down[down[:, 2] < qualification]
    hours, until = np.zeros(market.months), 0.0
    for begin, end, _ in down[np.argsort(down[:, 0])]:
        begin, until = max(begin, until), max(until, end)
        for k in range(int(12.0 * begin), min(market.months, int(12.0 * end) + 1)):
            hours[k] += max(0.0, min(end, (k + 1) / 12.0) - max(begin, k / 12.0)) * HOURS_PER_YEAR
    return hours


def service_credits(world, strategy, relations, bill, units, p):
    market, total = world.market, 0.0
    here = np.flatnonzero(market.owner == p)
    hours = np.array([qualifying_hours(world, l, strategy.sla_qualification[p]) for l in here])
    for _, months in contract_years(market, strategy, relations, p):
        left = strategy.sla_cap_year[p] * bill[p, months].sum()
        for k in months[hours[:, months].any(axis=0)]:
            for i, l in enumerate(here):
                uptime = 1.0 - hours[i, k] / HOURS_PER_MONTH
                rate = strategy.sla_credit[p][uptime < strategy.sla_uptime[p]].max(initial=0.0)
                if rate == 0.0 or bill[p, k] == 0.0:
                    continue
                part = units[l, k] / units[here, k].sum()
                paid = min(min(1.0, strategy.sla_claim[p] * rate) * bill[p, k] * part, left)
                left -= paid
                total += market.month_discount[k + 1] * paid
    return total


class Unserved:
    """Present values of `outage`, `capacity_shortage` and `reputation`, and `spend` on demand."""

    def __init__(self, world, strategy, relations, placement):
        self.world, self.strategy, self.placement = world, strategy, placement
        market = world.market
        restrictions = self._restrictions(market, relations)
        base = np.concatenate([np.arange(market.months + 1) / 12.0] + [those[:, :2].ravel() for those in world.outages]
                              + [np.array(times[:2]) for those in restrictions for times in those])
        waits = [hours / HOURS_PER_YEAR for hours in strategy.recovery_hours if hours > 0.0]
        edges = np.concatenate([base] + [base + wait for wait in waits])
        self.edges = np.unique(edges[edges <= world.years])
        self.middle = 0.5 * (self.edges[1:] + self.edges[:-1])
        self.up = np.ones((len(market.owner), len(self.middle)))
        for impact, those in zip(market.impact, world.outages):
            for low, high in np.searchsorted(self.edges, those[:, :2]):
                self.up[impact > 0.0, low:high] = 0.0
        self.delivered = np.ones_like(self.up)
        for p, those in enumerate(restrictions):
            for begin, end, factor in those:
                low, high = np.searchsorted(self.edges, (begin, end))
                self.delivered[placement.here[p], low:high] = factor
        self.month = np.minimum((self.middle * 12.0).astype(int), market.months - 1)
        self.hours = HOURS_PER_YEAR * annuity(market.discount_rate, self.edges[:-1], self.edges[1:])
        self.spend = self.outage = self.capacity_shortage = self.reputation = 0.0
        for w in range(len(market.demand)):
            self._play(w)

    @staticmethod
    def _restrictions(market, relations):
        """By provider: (begin, end, capacity factor), later ones overriding earlier ones."""
        found = []
        for p, sojourns in enumerate(relations.sojourns):
            regimes = [regime for regime, _, _ in sojourns]
            before = sojourns[:regimes.index(SEVERED)] if SEVERED in regimes else sojourns
            found.append([(begin, end, 1.0 - market.withhold[p]) for regime, begin, end in before if regime == RIVAL])
            if relations.cut_off[p] < market.months:
                found[p].append((relations.cut_off[p] / 12.0, market.months / 12.0, 0.0))
        return found

    def _play(self, w):
        market, strategy, world = self.world.market, self.strategy, self.world
        placed, capacity = self.placement.placed[self.month, w].T, self.placement.capacity[self.month, w].T
        usable, offer = self.up * self.delivered, strategy.on_demand[w][world.scarce[self.month]].T
        lost = placed - np.minimum(placed, usable * capacity)
        announced = placed - np.minimum(placed, self.delivered * capacity)
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
        self.outage += market.revenue_at_risk[w] * (self.hours @ by_outage)
        self.capacity_shortage += market.revenue_at_risk[w] * (self.hours @ strategic)
        bought = np.maximum(0.0, rescued * eligible - reserved)
        part = np.divide(bought, offered, out=np.zeros_like(bought), where=offered > 0.0)
        price = world.price[market.owner][:, self.month]
        self.spend += market.demand[w] * (self.hours * part) @ (usable * offer * price).sum(axis=0)
        if market.reputation_factor[w] > 0.0:
            self._charge_incidents(w, by_outage)

    def _switched_over(self, sudden, wait):
        """What outages have taken for the whole recovery time, over all locations."""
        total = np.zeros(len(self.middle))
        for i in np.flatnonzero(sudden.any(axis=0)):
            since = self.middle[i] - wait
            if since >= 0.0:
                first = np.searchsorted(self.edges, since, side="right") - 1
                total[i] = sudden[:, first:i + 1].min(axis=1).sum()
        return total

    def _charge_incidents(self, w, by_outage):
        market, lengths = self.world.market, np.diff(self.edges) * HOURS_PER_YEAR
        hit = np.concatenate([[0], by_outage > ROUNDING, [0]]).astype(int)
        time, exponent = market.reputation_time[w], market.reputation_exponent[w]
        for begin, end in zip(np.flatnonzero(np.diff(hit) == 1), np.flatnonzero(np.diff(hit) == -1)):
            hours = by_outage[begin:end] @ lengths[begin:end]
            self.reputation += (np.exp(-market.discount_rate * self.edges[begin]) * market.reputation_factor[w]
                                * market.revenue_at_risk[w] * time * (hours / time) ** exponent)


def regime_cost(world, relations):
    market = world.market
    return sum(market.product_overlap[p] * market.rival_cost[p] * annuity(market.discount_rate, begin, end)
               for p, sojourns in enumerate(relations.sojourns) for regime, begin, end in sojourns if regime == RIVAL)
