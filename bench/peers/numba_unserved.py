"""Demand that outages and providers who turned away leave unserved, in numba: the horizon is cut wherever anything
changes, and every piece on which something is missing is worked out."""

import numpy as np
from numba import njit

from arrays import HOURS_PER_YEAR, RIVAL, ROUNDING, SEVERED
from numba_costs import CAPACITY_SHORTAGE, OUTAGE, REPUTATION, SPEND, annuity
from numba_relations import end_of


@njit(cache=True)
def set_edges(market, strategy, world, relations):
    """All instants at which anything changes, and those a recovery time later, in order [yr]."""
    n = world.edge_count[0]
    base = np.empty(n + 2 * relations.count.sum())
    base[:n] = world.edges[:n]
    for p in range(len(relations.count)):
        for i in range(relations.count[p]):
            if relations.regime[p, i] == RIVAL:
                base[n], base[n + 1] = relations.begin[p, i], end_of(market, relations, p, i)
                n += 2
    if n > world.edge_count[0]:
        base[:n].sort()
    edges = base[:n]
    for w in range(len(market.demand)):
        if strategy.recovery_hours[w] > 0.0:
            later = np.minimum(base[:n] + strategy.recovery_hours[w] / HOURS_PER_YEAR, market.months / 12.0)
            edges = merged(edges, later)
    return edges


@njit(cache=True)
def merged(a, b):
    """Two sorted arrays as one."""
    out = np.empty(len(a) + len(b))
    i = j = 0
    for k in range(len(out)):
        if j == len(b) or (i < len(a) and a[i] <= b[j]):
            out[k] = a[i]
            i += 1
        else:
            out[k] = b[j]
            j += 1
    return out


@njit(cache=True)
def set_restrictions(market, relations, begin, end, factor):
    """Fills when each provider delivers only a part, and how much, [p, i]; returns how many there are by provider.

    A provider withholds as a rival, and delivers nothing once it has cut us off.
    """
    count = np.zeros(len(relations.count), dtype=np.int64)
    for p in range(len(count)):
        for i in range(relations.count[p]):
            if relations.regime[p, i] == SEVERED:
                break
            if relations.regime[p, i] == RIVAL:
                begin[p, count[p]], end[p, count[p]] = relations.begin[p, i], end_of(market, relations, p, i)
                factor[p, count[p]] = 1.0 - market.withhold[p]
                count[p] += 1
        if relations.cut_off[p] < market.months:
            begin[p, count[p]], end[p, count[p]] = relations.cut_off[p] / 12.0, market.months / 12.0
            factor[p, count[p]] = 0.0
            count[p] += 1
    return count


@njit(cache=True)
def lost_for_long(edges, sudden, i, recovery):
    """The least that outages have taken at a location during the recovery time [yr] before the middle of piece i."""
    since = 0.5 * (edges[i] + edges[i + 1]) - recovery
    if since < 0.0:
        return 0.0
    least, j = sudden[i], i
    while j > 0 and edges[j] > since and least > 0.0:
        if edges[j] > edges[j - 1]:
            least = min(least, sudden[j - 1])
        j -= 1
    return least


@njit(cache=True)
def rescue(edges, i, placed, capacity, on_demand, recovery, up, delivered, sudden):
    """(unserved by outage, unserved strategically, bought part of what is offered) of one workload on one piece.

    `sudden` [location, piece] is what outages take from the workload; that of piece i is filled.
    """
    lost, announced, eligible = 0.0, 0.0, 0.0
    for l in range(len(up)):
        if placed[l] <= 0.0:
            continue
        lost_here = placed[l] - min(placed[l], up[l] * delivered[l] * capacity[l])
        announced_here = placed[l] - min(placed[l], delivered[l] * capacity[l])
        lost += lost_here
        announced += announced_here
        eligible += announced_here
        if recovery >= 0.0:
            sudden[l, i] = lost_here - announced_here
            if lost_here > announced_here:
                eligible += lost_for_long(edges, sudden[l], i, recovery)
    if lost <= 0.0:
        return 0.0, 0.0, 0.0
    reserved, spare_if_up, offered = lost - 1.0, announced - 1.0, 0.0  # what is served is not spare
    for l in range(len(up)):
        reserved += up[l] * delivered[l] * capacity[l]
        offered += up[l] * delivered[l] * on_demand[l]
        spare_if_up += delivered[l] * (capacity[l] + on_demand[l])
    rescued = min(1.0, (reserved + offered) / eligible) if eligible > 0.0 else 1.0
    rescued_if_up = min(1.0, spare_if_up / announced) if announced > 0.0 else 1.0
    strategic = announced - rescued_if_up * announced
    bought = max(0.0, rescued * eligible - reserved)
    return lost - rescued * eligible - strategic, strategic, bought / offered if offered > 0.0 else 0.0


@njit(cache=True)
def reputation_cost(market, w, start, hours):
    """Of an incident that began at `start` [yr] and took `hours` of everything."""
    if market.reputation_factor[w] <= 0.0:
        return 0.0
    return (np.exp(-market.discount_rate * start) * market.reputation_factor[w] * market.revenue_at_risk[w]
            * market.reputation_time[w] * (hours / market.reputation_time[w]) ** market.reputation_exponent[w])


@njit(cache=True)
def charge_unserved(market, strategy, world, relations, placement, costs):
    # Big tuples are slow to hand to functions, so the loop over the pieces takes what it needs out of them.
    workloads, locations, entities = len(market.demand), len(market.owner), len(world.count)
    rate, months, owner, impact = market.discount_rate, market.months, market.owner, market.impact
    demand, revenue = market.demand, market.revenue_at_risk
    outage_start, outage_end, outage_count = world.start, world.end, world.count
    price, scarce = world.price, world.scarce
    all_placed, all_capacity = placement.placed, placement.capacity
    on_demand, recovery = strategy.on_demand, strategy.recovery_hours / HOURS_PER_YEAR

    edges = set_edges(market, strategy, world, relations)
    restricted_from, restricted_to, factor = (np.empty((len(relations.count), relations.count.max() + 1)),
                                              np.empty((len(relations.count), relations.count.max() + 1)),
                                              np.empty((len(relations.count), relations.count.max() + 1)))
    restrictions = set_restrictions(market, relations, restricted_from, restricted_to, factor)
    following = np.zeros(entities, dtype=np.int64)
    up, delivered = np.empty(locations), np.empty(locations)
    sudden = np.zeros((workloads, locations, len(edges)))
    incident_start, incident_hours = np.full(workloads, -1.0), np.zeros(workloads)
    for i in range(len(edges)):
        begin, end = edges[i], edges[i + 1] if i + 1 < len(edges) else np.inf
        if end <= begin:
            continue
        middle = 0.5 * (begin + end)
        missing = False
        if i + 1 < len(edges):
            up[:] = 1.0
            for e in range(entities):
                while following[e] < outage_count[e] and outage_end[e, following[e]] < middle:
                    following[e] += 1
                j = following[e]
                if j < outage_count[e] and outage_start[e, j] < middle:
                    missing = True
                    for l in range(locations):
                        up[l] *= 1.0 - impact[e, l]
            for l in range(locations):
                p = owner[l]
                delivered[l] = 1.0
                for j in range(restrictions[p]):
                    if restricted_from[p, j] < middle and middle < restricted_to[p, j]:
                        delivered[l] = factor[p, j]
                        missing = True
        for w in range(workloads):
            by_outage = 0.0
            if missing:
                month = min(months - 1, int(middle * 12.0))
                offer = on_demand[w, scarce[month]]
                by_outage, strategic, bought = rescue(edges, i, all_placed[month, w], all_capacity[month, w], offer,
                                                      recovery[w], up, delivered, sudden[w])
                if by_outage > 0.0 or strategic > 0.0 or bought > 0.0:
                    hours = HOURS_PER_YEAR * annuity(rate, begin, end)
                    costs[OUTAGE] += revenue[w] * hours * by_outage
                    costs[CAPACITY_SHORTAGE] += revenue[w] * hours * strategic
                    if bought > 0.0:
                        for l in range(locations):
                            costs[SPEND] += (hours * demand[w] * bought * up[l] * delivered[l] * offer[l]
                                             * price[owner[l], month])
            if by_outage > ROUNDING:
                if incident_start[w] < 0.0:
                    incident_start[w], incident_hours[w] = begin, 0.0
                incident_hours[w] += by_outage * (end - begin) * HOURS_PER_YEAR
            elif incident_start[w] >= 0.0:
                costs[REPUTATION] += reputation_cost(market, w, incident_start[w], incident_hours[w])
                incident_start[w] = -1.0
