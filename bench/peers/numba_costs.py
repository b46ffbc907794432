"""Contract prices, bills, commitments, service credits and the cost of rivals, in numba."""

import numpy as np
from numba import njit

from arrays import HOURS_PER_MONTH, HOURS_PER_YEAR, RIVAL, ROUNDING
from numba_relations import destinations, end_of, placed_at

SPEND, OUTAGE, REPUTATION, SLA_CREDIT, CAPACITY_SHORTAGE, MIGRATION, COMMITMENT_SHORTFALL, REGIME = range(8)


@njit(cache=True)
def annuity(rate, begin, end):
    """Present value [yr] of a flow of 1 a year over [begin, end]."""
    return end - begin if rate == 0.0 else (np.exp(-rate * begin) - np.exp(-rate * end)) / rate


@njit(cache=True)
def in_force_from(market, strategy, relations, p):
    first = max(strategy.start[p], 0)
    return first if first < min(market.months, relations.notice[p]) else market.months


@njit(cache=True)
def is_rival(market, relations, p, time):
    for i in range(relations.count[p]):
        if time < end_of(market, relations, p, i):
            return relations.regime[p, i] == RIVAL
    return False


@njit(cache=True)
def best_alternative(market, world, relations, placed, p, month):
    best = np.inf
    for other in range(len(market.list_price)):
        if other == p or relations.notice[other] <= month or not market.alternative[other]:
            continue
        present = False
        for w in range(len(market.demand)):
            for l in range(len(market.owner)):
                if market.owner[l] == other and placed[w, l] >= ROUNDING:
                    present = True
        porting = market.porting_cost if present else market.porting_cost_new
        best = min(best, (1.0 - market.alternative_discount) * world.price[other, month] * (1.0 + porting))
    return best


@njit(cache=True)
def credible_exit(market, strategy, world, relations, placed, capacity, p, month):
    """Part of the units at p that could be re-homed within the notice."""
    units, ramp, spare = 0.0, 0.0, 0.0
    weights = np.empty(len(market.owner))
    for w in range(len(market.demand)):
        here = placed_at(market, placed, w, p)
        if here < ROUNDING:
            continue
        units += market.demand[w] * here
        open_to = destinations(market, strategy, relations, w, p, month, weights)
        for l in range(len(market.owner)):
            q = market.owner[l]
            if open_to:
                ramp += market.demand[w] * here * weights[l] * market.provisioning[q, world.scarce[month]]
            if q != p and relations.notice[q] > month:
                spare += market.demand[w] * max(0.0, capacity[w, l] - placed[w, l])
    if units <= 0.0:
        return 1.0
    return min(1.0, (strategy.notice_years[p] * ramp / units + spare) / units)


@njit(cache=True)
def bargained_price(market, strategy, world, relations, placement, p, month):
    scarce, listed = world.scarce[month], world.price[p, month]
    placed, capacity = placement.placed[month], placement.capacity[month]
    cost = market.unit_cost_ratio[p] * listed / (1.0 + market.scarcity_premium[p] if scarce == 1 else 1.0)
    least = cost + market.resale[scarce] * (listed - cost)
    if is_rival(market, relations, p, month / 12.0):
        least += market.rival_wedge * market.product_overlap[p] * listed
    switching = market.switching_cost * listed / (strategy.term[p] / 12.0)
    credible = credible_exit(market, strategy, world, relations, placed, capacity, p, month)
    alternative = best_alternative(market, world, relations, placed, p, month)
    ceiling = credible * min(listed, alternative + switching) + (1.0 - credible) * listed
    floor = max(0.0, (least - market.equity_stake[p] * ceiling) / (1.0 - market.equity_stake[p]))
    if floor >= ceiling:
        return min(listed, floor)
    return strategy.power[p] * floor + (1.0 - strategy.power[p]) * ceiling


@njit(cache=True)
def set_contract_prices(market, strategy, world, relations, placement, price):
    for p in range(len(market.list_price)):
        discount, signed = strategy.discount[p], 0.0
        first = in_force_from(market, strategy, relations, p)
        for k in range(market.months):
            listed = world.price[p, k]
            price[p, k] = listed
            if k < first:
                continue
            age = k - strategy.start[p]
            renewal = (k > 0 and strategy.term[p] > 0 and age > 0 and age % strategy.term[p] == 0
                       and k < relations.notice[p])
            if renewal and strategy.bargain[p]:
                discount = 1.0 - bargained_price(market, strategy, world, relations, placement, p, k) / listed
            if k == first or renewal:
                signed = listed
            price[p, k] = (1.0 - discount) * (signed if strategy.fixed[p] else listed)


@njit(cache=True)
def units_paid(demand, billed, l):
    units = 0.0
    for w in range(len(demand)):
        units += demand[w] * billed[w, l]
    return units


@njit(cache=True)
def charge_bills(market, relations, placement, price, bill, costs):
    bill[:, :] = 0.0
    demand, billed = market.demand, placement.billed
    for k in range(market.months):
        for l in range(len(market.owner)):
            p = market.owner[l]
            if k < relations.cut_off[p]:
                amount = HOURS_PER_MONTH * price[p, k] * units_paid(demand, billed[k], l)
                bill[p, k] += amount
                costs[SPEND] += market.month_discount[k] * amount


@njit(cache=True)
def charge_commitments(market, strategy, relations, bill, costs):
    for p in range(len(market.list_price)):
        if strategy.commitment[p].max() <= 0.0:
            continue
        end = market.months
        if relations.notice[p] < market.months:
            end = strategy.start[p] + strategy.term[p]
            while end < relations.notice[p]:
                end += strategy.term[p]
            end = min(min(end, relations.cut_off[p]), market.months)
        credit = 0.0
        k = in_force_from(market, strategy, relations, p)
        while k < end:
            year = (k - strategy.start[p]) // 12
            until = min(end, strategy.start[p] + 12 * (year + 1))
            due = strategy.commitment[p, year] * (until - k) / 12.0
            bought = bill[p, k:until].sum()
            costs[COMMITMENT_SHORTFALL] += market.month_discount[until] * max(0.0, due - bought - credit)
            credit = strategy.rollover[p] * max(0.0, bought - due)
            k = until


@njit(cache=True)
def qualifying_hours(market, world, l, qualification, hours):
    """Fills the hours by month in which l was down for the purposes of a contract."""
    begin, end = np.empty(world.edge_count[0]), np.empty(world.edge_count[0])
    n = 0
    for e in range(len(world.count)):
        if market.shared[e] or market.impact[e, l] == 0.0:
            continue
        for i in range(world.count[e]):
            if world.claim[e, i] < qualification:
                begin[n], end[n] = world.start[e, i], world.end[e, i]
                n += 1
    hours[:] = 0.0
    until = 0.0
    for i in np.argsort(begin[:n]):
        since = max(begin[i], until)
        until = max(until, end[i])
        k = int(12.0 * since)
        while k < market.months and since < end[i]:
            stop = min(end[i], (k + 1) / 12.0)
            hours[k] += max(0.0, stop - since) * HOURS_PER_YEAR
            since = max(since, stop)
            k += 1


@njit(cache=True)
def credit_rate(strategy, p, uptime):
    rate = 0.0
    for i in range(strategy.sla_uptime.shape[1]):
        if uptime < strategy.sla_uptime[p, i]:
            rate = max(rate, strategy.sla_credit[p, i])
    return rate


@njit(cache=True)
def credit_downtime(market, strategy, world, relations, placement, bill, costs):
    hours = np.zeros((len(market.owner), market.months))
    for p in range(len(market.list_price)):
        if strategy.sla_claim[p] <= 0.0:
            continue
        for l in range(len(market.owner)):
            if market.owner[l] == p:
                qualifying_hours(market, world, l, strategy.sla_qualification[p], hours[l])
        k = in_force_from(market, strategy, relations, p)
        while k < market.months:
            until = min(market.months, strategy.start[p] + 12 * ((k - strategy.start[p]) // 12 + 1))
            left = strategy.sla_cap_year[p] * bill[p, k:until].sum()
            for month in range(k, until):
                if bill[p, month] > 0.0:
                    left = credit_month(market, strategy, placement, hours, p, month, bill[p, month], left, costs)
            k = until


@njit(cache=True)
def credit_month(market, strategy, placement, hours, p, month, bill, left, costs):
    """Credits of one month, at most `left`; returns what is left of it."""
    units, billed = -1.0, placement.billed[month]
    for l in range(len(market.owner)):
        if market.owner[l] != p or hours[l, month] <= 0.0:
            continue
        if units < 0.0:
            units = 0.0
            for other in range(len(market.owner)):
                if market.owner[other] == p:
                    units += units_paid(market.demand, billed, other)
        rate = strategy.sla_claim[p] * credit_rate(strategy, p, 1.0 - hours[l, month] / HOURS_PER_MONTH)
        paid = min(min(rate, 1.0) * bill * units_paid(market.demand, billed, l) / units, left)
        left -= paid
        costs[SLA_CREDIT] -= market.month_discount[month + 1] * paid
    return left


@njit(cache=True)
def charge_relations(market, relations, costs):
    for p in range(len(market.list_price)):
        for i in range(relations.count[p]):
            if relations.regime[p, i] == RIVAL:
                costs[REGIME] += market.product_overlap[p] * market.rival_cost[p] * annuity(
                    market.discount_rate, relations.begin[p, i], end_of(market, relations, p, i))
