"""Where workloads run: notice, cut-off, migration away from providers under notice, month by month."""

from collections import Counter

import numpy as np

from ledger import ROUNDING, month_ceiling
from reading import NEVER


def notice_months(case, regimes):
    """By provider: the first month under notice and the month of the cut-off (NEVER if there is none)."""
    notice = np.full(len(case.providers), NEVER)
    for p, g in enumerate(case.group):
        severed = regimes.first_severance(g)
        if severed is not None:
            notice[p] = month_ceiling(12.0 * severed)
    length = np.array([month_ceiling(12.0 * contract["notice"]) for contract in case.contracts])
    return notice, np.where(notice < NEVER, notice + length, NEVER)


def destinations(case, w, leaver, month, notice):
    """Normalised weights by location for what workload `w` takes away from `leaver`; None if there are none."""
    eligible = (notice > month) & (case.provisioning[:, 0] > 0)
    eligible[case.group == case.group[leaver]] = False
    open_to = eligible[case.owner]
    refuge = np.array([float(case.provider(p).get("alternative", True)) for p in case.owner])
    for weights in (case.exit_plans[w].get(leaver), case.share[w], refuge):
        if weights is not None and (weights * open_to).sum() > 0:
            return weights * open_to / (weights * open_to).sum()
    return None


class Placement:
    """Shares of demand by workload and location, constant within a month: lists indexed by month.

    placed, capacity, billed, reserved (the part of billed that is headroom), each [workload, location];
    moves: one dict per month, workload and provider that is left.
    """

    def __init__(self, case, notice):
        self.case, self.notice = case, notice
        self.placed, self.capacity, self.billed, self.reserved = [], [], [], []
        self.moves, self.happened = [], Counter()
        self._now = [case.share.copy(), case.share * (1.0 + case.headroom), case.share * (1.0 + case.headroom),
                     case.share * case.headroom]
        self._at_notice = {}
        self._taken = {}
        for month in range(case.months):
            self._remember_notice(month)
            self._move(month)
            for state, kept in zip(self._now, (self.placed, self.capacity, self.billed, self.reserved)):
                kept.append(state.copy())

    def _remember_notice(self, month):
        for p in np.flatnonzero(self.notice == month):
            self._at_notice[p] = self._now[0][:, self.case.at[p]].sum(axis=1)

    def _wanted(self, month):
        """What each workload wants to move away from each provider, as shares by destination."""
        case, wanted = self.case, {}
        for w in range(len(case.workloads)):
            for p in range(len(case.providers)):
                placed = self._now[0][w, case.at[p]].sum()
                if month > self.notice[p] + case.lead[w] and placed >= ROUNDING:
                    weights = destinations(case, w, p, month, self.notice)
                    self._note_exit(w, p, weights)
                    if weights is not None:
                        wanted[w, p] = weights * placed
        return wanted

    def _note_exit(self, w, p, weights):
        plan = self.case.exit_plans[w].get(p)
        planned = weights is not None and plan is not None and (plan * weights).sum() > 0
        self.happened["no destination" if weights is None else "exit by plan" if planned else "exit by shares"] += 1

    def _move(self, month):
        case, wanted = self.case, self._wanted(month)
        if not wanted:
            return
        possible = case.provisioning[:, case.scarce[month]] / 12.0
        wanted, by_provider = self._within_ramps(month, wanted, possible)
        groups = range(len(case.groups))
        by_group = np.array([by_provider[case.group == g].sum() for g in groups])
        supply = np.array([possible[case.group == g].max() for g in groups])
        part = np.where(by_group > supply, supply / np.maximum(by_group, 1e-300), 1.0)[case.group]
        self.happened["provisioning binds"] += int((part < 1.0).any())
        before = [state.copy() for state in self._now]
        for (w, p), share in wanted.items():
            self._carry_out(month, w, p, share * part[case.owner], before)
        for w, p in wanted:
            self._complete(month, w, p)

    def _within_ramps(self, month, wanted, possible):
        """Wishes scaled to each leaving group's ramp: the mean of its destinations' rates by the units wanted there."""
        case, scaled = self.case, {}
        by_provider = np.zeros(len(case.providers))
        for group in {case.group[p] for _, p in wanted}:
            of_group = {key: share for key, share in wanted.items() if case.group[key[1]] == group}
            units = sum(case.demand[w, month] * share for (w, _), share in of_group.items())
            total = units.sum()
            ramp = (units * possible[case.owner]).sum() / total if total > 0 else np.inf
            part = min(1.0, ramp / total) if total > 0 else 1.0
            self.happened["ramp binds"] += int(part < 1.0)
            scaled.update({key: share * part for key, share in of_group.items()})
            by_provider += np.array([part * units[here].sum() for here in case.at])
        return {key: scaled[key] for key in wanted}, by_provider

    def _carry_out(self, month, w, p, moved, before):
        """Moves the shares `moved` of workload `w` (by destination) away from provider `p`."""
        case, here = self.case, self.case.at[p]
        left = 1.0 - moved.sum() / before[0][w, here].sum()
        shrinks = (True, True, not case.contracts[p]["dual_run"], not case.contracts[p]["dual_run"])
        for state, shrink in zip(self._now, shrinks):
            if shrink:
                state[w, here] *= left
        for state in self._now[:3]:
            state[w] += moved
        self._taken[w, p] = self._taken.get((w, p), 0.0) + moved
        units_at_notice = case.demand[:, month] @ self._at_notice[p]
        self.moves.append({"month": month, "provider": p, "units": moved.sum() * case.demand[w, month],
                           "units_at_notice": units_at_notice})
        self.happened["dual run" if not shrinks[2] else "single run"] += 1
        self.happened["two leave at once"] += len({q for v, q in self._taken if v == w}) > 1

    def _complete(self, month, w, p):
        """When nothing is left at `p`, destinations that are not under notice get their headroom."""
        case = self.case
        if self._now[0][w, case.at[p]].sum() >= ROUNDING:
            self.happened["migration incomplete in a month"] += 1
            return
        self.happened["migration complete"] += 1
        if not case.rehomed[w]:
            return
        open_to = (self.notice > month)[case.owner]
        extra = case.headroom[w] * self._taken[w, p] * open_to
        self.happened["headroom re-homed"] += int(extra.sum() > 0)
        self.happened["headroom not re-homed: under notice"] += int((self._taken[w, p] * ~open_to).sum() > 0)
        for state in self._now[1:]:
            state[w] += extra


def charge_migration(case, placement, ledger):
    """Moving costs per unit, and egress in proportion to what leaves, at the provider that is left."""
    for move in placement.moves:
        contract, month = case.contracts[move["provider"]], move["month"]
        egress = contract["egress"]["price"] * contract["egress"]["volume"]
        part = move["units"] / move["units_at_notice"] if move["units_at_notice"] > 0 else 0.0
        amount = move["units"] * contract["migration_cost"] + egress * part
        ledger.pay("migration", move["provider"], amount, month / 12.0, month // 12)
    ledger.happened.update(placement.happened)
