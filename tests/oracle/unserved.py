"""Unserved demand: what outages and cut-offs take, what failover and on-demand capacity rescue, what it costs.

The whole horizon is cut at every breakpoint there is (months, outages, changes of regime, and each of them a
recovery time later), so that everything is constant on a piece and is evaluated once for each.
"""

import numpy as np

from ledger import HOURS_PER_YEAR, ROUNDING
from regimes import RIVAL


def cut(case, downtime, regimes):
    """All breakpoints of the horizon [yr], from 0 to its end."""
    base = np.array(list(np.arange(case.months + 1) / 12.0) + downtime.breakpoints() + regimes.breakpoints())
    waits = [hours / HOURS_PER_YEAR for hours in case.recovery if np.isfinite(hours)]
    every = np.concatenate([base] + [base + wait for wait in waits])
    return np.unique(every[(every >= 0.0) & (every <= case.end)])


def month_of(edges, months):
    """Month of each piece."""
    return np.minimum((0.5 * (edges[1:] + edges[:-1]) * 12.0).astype(int), months - 1)


def strategic_capacity(case, regimes, notice, cut_off, edges):
    """b_p on each piece, [provider, piece]."""
    middle = 0.5 * (edges[1:] + edges[:-1])
    factor = np.ones((len(case.providers), len(middle)))
    for p, g in enumerate(case.group):
        withhold = (case.provider(p).get("divergence") or {}).get("withhold", 0.10)
        severed = regimes.first_severance(g)
        for begin, end, state in regimes.segments:
            if state[g] == RIVAL and (severed is None or begin < severed):
                factor[p, (middle > begin) & (middle < end)] = 1.0 - withhold
        factor[p, middle > cut_off[p] / 12.0] = 0.0
    return factor


def held_for(amount, edges, hours):
    """Least value of `amount` [location, piece] over the last `hours` before each piece's middle; 0 before t = 0."""
    middle = 0.5 * (edges[1:] + edges[:-1])
    since = middle - hours / HOURS_PER_YEAR
    first = np.maximum(np.searchsorted(edges, since, side="right") - 1, 0)
    bounds = np.stack([first, np.arange(len(middle)) + 1], axis=1).ravel()
    padded = np.concatenate([amount, np.full((len(amount), 1), np.inf)], axis=1)
    least = np.minimum.reduceat(padded, bounds, axis=1)[:, ::2]
    return np.where(since[None, :] < 0.0, 0.0, least) if hours > 0 else amount


def ratio(available, needed):
    """min(1, available / needed), 1 where nothing is needed."""
    return np.where(needed > 0, np.minimum(1.0, available / np.where(needed > 0, needed, 1.0)), 1.0)


class Shortage:
    """All the quantities of the unserved demand as shares of each workload: [workload, location, piece]."""

    def __init__(self, case, placement, available, strategic, edges, month):
        self.case, self.edges, self.month = case, edges, month
        placed, capacity = (np.stack([state[k] for k in range(case.months)], axis=2)[:, :, month]
                            for state in (placement.placed, placement.capacity))
        on_demand = case.on_demand[:, :, case.scarce[month]]
        running = strategic[case.owner]
        usable = available * running
        served = np.minimum(placed, usable * capacity)
        served_without_outages = np.minimum(placed, running * capacity)
        self.lost = placed - served
        self.announced = placed - served_without_outages
        self.reserved = usable * capacity - served
        self.offered = usable * on_demand
        self.spare = self.reserved + self.offered
        self.spare_without_outages = running * capacity - served_without_outages + running * on_demand
        self.eligible = self.announced + self._switched_over()
        self._rescue()

    def _switched_over(self):
        """The part of the outage that has been lost for the whole recovery time."""
        sudden = self.lost - self.announced
        return np.stack([held_for(sudden[w], self.edges, hours) if np.isfinite(hours) else np.zeros_like(sudden[w])
                         for w, hours in enumerate(self.case.recovery)])

    def _rescue(self):
        """Rescued fractions, unserved shares and units bought on demand [location, piece]."""
        case = self.case
        pooled = case.strategy.get("pooled_headroom", False)
        share = self._pooled if pooled else self._each_for_itself
        self.rescued = share(self.spare, self.eligible)
        rescued_without_outages = share(self.spare_without_outages, self.announced)
        self.strategic = self.announced - rescued_without_outages[:, None, :] * self.announced
        self.by_outage = self.lost - self.rescued[:, None, :] * self.eligible - self.strategic
        demand = case.demand[:, self.month]
        taken = self.rescued * self.eligible.sum(axis=1)
        reserved, offered = self.reserved.sum(axis=1), self.offered.sum(axis=1)
        if pooled:
            beyond = np.maximum(0.0, (demand * (taken - reserved)).sum(axis=0))
            offered = (demand * offered).sum(axis=0)
            part = np.divide(beyond, offered, out=np.zeros_like(beyond), where=offered > 0)[None, :]
        else:
            beyond = np.maximum(0.0, taken - reserved)
            part = np.divide(beyond, offered, out=np.zeros_like(beyond), where=offered > 0)
        self.bought = (demand * part)[:, None, :] * self.offered

    def _each_for_itself(self, spare, needed):
        return ratio(spare.sum(axis=1), needed.sum(axis=1))

    def _pooled(self, spare, needed):
        """Rescued fractions when all spare is one pool, served by value per unit of demand."""
        case = self.case
        demand = case.demand[:, self.month]
        pool = (demand * spare.sum(axis=1)).sum(axis=0)
        worth = [(-case.revenue_at_start[w] / case.demand_at_start[w] if case.demand_at_start[w] > 0 else np.inf, w)
                 for w in range(len(case.workloads))]
        rescued = np.ones((len(worth), len(self.month)))
        for _, w in sorted(worth):
            if case.demand_at_start[w] == 0:  # nothing in units: it cannot share, its own spare serves it
                rescued[w] = ratio(spare[w].sum(axis=0), needed[w].sum(axis=0))
                continue
            need = demand[w] * needed[w].sum(axis=0)
            rescued[w] = ratio(pool, need)
            pool = np.maximum(0.0, pool - rescued[w] * need)
        return rescued


def charge_shortage(case, shortage, ledger):
    """Lost revenue by cause, and capacity bought on demand, as flows over the pieces."""
    edges, month = shortage.edges, shortage.month
    revenue = case.revenue[:, None, month] * HOURS_PER_YEAR
    flows = {"outage": (revenue * shortage.by_outage).sum(axis=0),
             "capacity_shortage": (revenue * shortage.strategic).sum(axis=0),
             "spend": shortage.bought.sum(axis=0) * case.list_price[:, month][case.owner] * HOURS_PER_YEAR}
    for component, flow in flows.items():
        for p, here in enumerate(case.at):
            ledger.flows(component, p, flow[here].sum(axis=0), edges[:-1], edges[1:], month // 12)
    _note_shortage(case, shortage, ledger)


def _note_shortage(case, shortage, ledger):
    """Counts of what failover did."""
    some = lambda amount: int((amount > 1e-9).any())
    need = shortage.eligible.sum(axis=1)
    rescue = shortage.rescued * need
    pooled = case.strategy.get("pooled_headroom", False)
    ledger.happened["on-demand purchase"] += some(shortage.bought.sum(axis=(0, 1)))
    ledger.happened["rescue in part"] += some(np.where(shortage.rescued < 1.0, rescue, 0.0))
    ledger.happened["rescue in full"] += some(np.where(shortage.rescued >= 1.0, rescue, 0.0))
    ledger.happened["announced shortage rescued"] += some(shortage.announced.sum(axis=1) * shortage.rescued)
    ledger.happened["outage during announced shortage"] += some(
        np.minimum(shortage.strategic.sum(axis=1), shortage.by_outage.sum(axis=1)))
    ledger.happened["waiting for failover"] += some((shortage.lost - shortage.eligible)[np.isfinite(case.recovery)])
    ledger.happened["workload without demand"] += int((case.demand_at_start == 0).any())
    if pooled:
        own = np.minimum(need, shortage.spare.sum(axis=1))
        ledger.happened["pooled"] += 1
        ledger.happened["pooled: helped by another workload"] += some(rescue - own)
        ledger.happened["pooled: pushed back by another workload"] += some(own - rescue)


def charge_reputation(case, shortage, ledger):
    """Incidents: maximal intervals with demand unserved by outages; their cost falls due when they start."""
    lengths = np.diff(shortage.edges) * HOURS_PER_YEAR
    for w, name in enumerate(case.workloads):
        block = case.world["workloads"][name].get("reputation")
        if block is None:
            continue
        by_provider = np.array([shortage.by_outage[w, here].sum(axis=0) for here in case.at])
        hit = np.concatenate([[False], by_provider.sum(axis=0) > ROUNDING, [False]]).astype(int)
        for begin, end in zip(np.flatnonzero(np.diff(hit) == 1), np.flatnonzero(np.diff(hit) == -1)):
            hours = (by_provider[:, begin:end] * lengths[begin:end]).sum(axis=1)
            _charge_incident(case, block, w, hours, shortage.edges[begin], int(shortage.month[begin]), ledger)


def _charge_incident(case, block, w, hours, start, month, ledger):
    """One incident with `hours` of full outage by provider."""
    time, exponent, cap = block.get("time", 24.0), block.get("exponent", 1.5), block.get("cap", np.inf)
    uncapped = block["factor"] * case.revenue[w, month] * time * (hours.sum() / time) ** exponent
    ledger.happened["incident"] += 1
    ledger.happened["incident capped"] += int(uncapped > cap)
    ledger.happened["incident of several providers"] += int((hours > 1e-9).sum() > 1)
    for p in np.flatnonzero(hours):
        ledger.pay("reputation", p, min(cap, uncapped) * hours[p] / hours.sum(), start, month // 12)
