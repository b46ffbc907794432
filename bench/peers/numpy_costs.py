"""Contract prices, bills, commitments, service credits and the cost of rivals, for many paths at once in NumPy."""

import numpy as np

from arrays import HOURS_PER_MONTH, ROUNDING
from numpy_exits import destinations


def annuity(rate, begin, end):
    """Present value [yr] of flows of 1 a year over [begin, end]."""
    return end - begin if rate == 0.0 else (np.exp(-rate * begin) - np.exp(-rate * end)) / rate


def in_force_from(market, strategy, relations, p):
    """By path: the first month in which the contract with p is in force."""
    first = max(strategy.start[p], 0)
    return np.where(first < np.minimum(market.months, relations.notice[:, p]), first, market.months)


def credible_exit(world, strategy, relations, placement, p, k):
    """By path: the part of the units at p that could be re-homed within the notice."""
    market, at = world.market, placement.at
    placed, capacity = placement.placed[k], placement.capacity[k]
    here = placed @ at[p]
    present = here >= ROUNDING
    here = np.where(present, here, 0.0)
    units = here @ market.demand
    weights = destinations(market, strategy, at, k, relations.notice)[:, :, p, :]
    supply = market.provisioning[:, world.scarce[:, k]].T @ at
    ramp = np.einsum("w,nw,nwl,nl->n", market.demand, here, weights, supply)
    open_to = ((relations.notice > k) @ at) * (1.0 - at[p])
    spare = np.einsum("w,nw,nwl,nl->n", market.demand, present, np.maximum(0.0, capacity - placed), open_to)
    per_unit = np.divide(ramp, units, out=np.zeros_like(ramp), where=units > 0.0)
    chance = np.divide(strategy.notice_years[p] * per_unit + spare, units, out=np.ones_like(ramp), where=units > 0.0)
    return np.minimum(1.0, chance)


def best_alternative(world, relations, placement, p, k):
    """By path: the cheapest way to run elsewhere [USD/unit-hour]; infinite if there is none."""
    market = world.market
    present = (placement.placed[k] >= ROUNDING).any(axis=1) @ placement.at.T > 0
    porting = np.where(present, market.porting_cost, market.porting_cost_new)
    offers = (1.0 - market.alternative_discount) * world.price[:, :, k] * (1.0 + porting)
    barred = (relations.notice <= k) | ~market.alternative | (np.arange(len(market.list_price)) == p)
    return np.where(barred, np.inf, offers).min(axis=1)


def bargained_price(world, strategy, relations, placement, p, k):
    market, listed, scarce = world.market, world.price[:, p, k], world.scarce[:, k]
    cost = market.unit_cost_ratio[p] * listed / (1.0 + market.scarcity_premium[p] * scarce)
    least = (cost + market.resale[scarce] * (listed - cost)
             + relations.rival_at(p, k / 12.0) * market.rival_wedge * market.product_overlap[p] * listed)
    switching = market.switching_cost * listed / (strategy.term[p] / 12.0)
    credible = credible_exit(world, strategy, relations, placement, p, k)
    alternative = best_alternative(world, relations, placement, p, k)
    ceiling = credible * np.minimum(listed, alternative + switching) + (1.0 - credible) * listed
    equity, power = market.equity_stake[p], strategy.power[p]
    floor = np.maximum(0.0, (least - equity * ceiling) / (1.0 - equity))
    return np.where(floor < ceiling, power * floor + (1.0 - power) * ceiling, np.minimum(listed, floor))


def contract_prices(world, strategy, relations, placement):
    """[path, provider, month] in USD per unit-hour."""
    market = world.market
    price = world.price[:, :, :market.months].copy()
    for p in range(len(market.list_price)):
        discount, signed = np.full(world.paths, strategy.discount[p]), np.zeros(world.paths)
        first, term, start = in_force_from(market, strategy, relations, p), strategy.term[p], strategy.start[p]
        for k in range(market.months):
            listed = world.price[:, p, k]
            if k == max(start, 0):
                signed = listed
            elif term and k > start and (k - start) % term == 0:
                renews = (relations.notice[:, p] > k) & (first <= k)
                if strategy.bargain[p]:
                    agreed = bargained_price(world, strategy, relations, placement, p, k)
                    discount = np.where(renews, 1.0 - agreed / listed, discount)
                signed = np.where(renews, listed, signed)
            if k >= max(start, 0):
                base = signed if strategy.fixed[p] else listed
                price[:, p, k] = np.where(first <= k, (1.0 - discount) * base, listed)
    return price


def units_paid(world, relations, placement):
    """[path, location, month]: nothing from the cut-off on."""
    market = world.market
    units = np.einsum("w,knwl->nlk", market.demand, placement.billed)
    return units * (np.arange(market.months) < relations.cut_off[:, market.owner, None])


def commitment_shortfall(world, strategy, relations, bill, p):
    """Present value by path."""
    market, months = world.market, np.arange(world.market.months)
    notice, start, term = relations.notice[:, p], strategy.start[p], strategy.term[p]
    running = start + term * np.maximum(1, -(-(notice - start) // max(term, 1)))
    end = np.where(notice < market.months, np.minimum(running, relations.cut_off[:, p]), market.months)
    end = np.minimum(end, market.months)
    in_force = months >= in_force_from(market, strategy, relations, p)[:, None]
    cost, credit = np.zeros(world.paths), np.zeros(world.paths)
    for year in np.unique((months - start) // 12):
        counted = in_force & (months < end[:, None]) & ((months - start) // 12 == year)
        number = counted.sum(axis=1)
        due = strategy.commitment[p, year] * number / 12.0
        bought = (bill[:, p] * counted).sum(axis=1)
        until = np.minimum(end, start + 12 * (year + 1))
        cost += np.where(number > 0, market.month_discount[until] * np.maximum(0.0, due - bought - credit), 0.0)
        credit = np.where(number > 0, strategy.rollover[p] * np.maximum(0.0, bought - due), credit)
    return cost


def service_credits(world, strategy, relations, bill, units, p):
    """Present value by path; credits come month by month and location by location until the year's cap is reached."""
    market, months = world.market, np.arange(world.market.months)
    here = np.flatnonzero(market.owner == p)
    hours = world.qualifying_hours(strategy.sla_qualification[p])[:, here]
    rate = np.zeros_like(hours)
    for bound, credit in zip(strategy.sla_uptime[p], strategy.sla_credit[p]):
        rate = np.where(1.0 - hours / HOURS_PER_MONTH < bound, np.maximum(rate, credit), rate)
    all_units = units[:, here].sum(axis=1, keepdims=True)
    part = np.divide(units[:, here], all_units, out=np.zeros_like(hours), where=all_units > 0.0)
    in_force = months >= in_force_from(market, strategy, relations, p)[:, None]
    due = np.minimum(1.0, strategy.sla_claim[p] * rate) * part * (bill[:, p] * in_force)[:, None, :]
    total = np.zeros(world.paths)
    for year in np.unique((months - strategy.start[p]) // 12):
        chosen = np.flatnonzero((months - strategy.start[p]) // 12 == year)
        cap = strategy.sla_cap_year[p] * (bill[:, p, chosen] * in_force[:, chosen]).sum(axis=1)
        in_order = due[:, :, chosen].transpose(0, 2, 1).reshape(world.paths, -1)
        paid = np.diff(np.minimum(np.cumsum(in_order, axis=1), cap[:, None]), axis=1, prepend=0.0)
        total += paid @ np.repeat(market.month_discount[chosen + 1], len(here))
    return total


def regime_cost(world, relations):
    market = world.market
    per_year = (market.product_overlap * market.rival_cost)[relations.provider]
    value = per_year * annuity(market.discount_rate, relations.begin, relations.end)
    return np.bincount(relations.path, weights=value, minlength=world.paths)
