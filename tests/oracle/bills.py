"""Bills with volume tiers, hedge premium, commitments and service credits."""

import numpy as np

from ledger import HOURS_PER_MONTH


def tiered(tiers, volume):
    """The bill for a gross volume [USD in a contract year] under marginal tiers [[from, discount], ...]."""
    bounds = [0.0] + [bound for bound, _ in tiers] + [np.inf]
    discounts = [0.0] + [discount for _, discount in tiers]
    return sum((1.0 - discount) * max(0.0, min(volume, high) - low)
               for low, high, discount in zip(bounds, bounds[1:], discounts))


def in_force_from(case, p, notice):
    """First month in which the contract of `p` is in force, or the end of the horizon if it never is."""
    first = max(case.contracts[p]["start"], 0)
    return first if first < min(case.months, notice[p]) else case.months


def contract_years(case, p, notice):
    """(index of the contract year, its months in force inside the horizon), in order."""
    start, first = case.contracts[p]["start"], in_force_from(case, p, notice)
    months = np.arange(first, case.months)
    for year in np.unique((months - start) // 12):
        yield int(year), months[(months - start) // 12 == year]


class Bills:
    """Gross and net bills [USD], [provider, month], and net bills by location, [location, month]."""

    def __init__(self, case, placement, prices, notice, cut_off):
        self.case, self.notice = case, notice
        billed, reserved = (np.array([case.demand[:, month] @ state[month] for month in range(case.months)]).T
                            for state in (placement.billed, placement.reserved))
        running = np.arange(case.months)[None, :] < cut_off[case.owner][:, None]
        self.units, self.reserved = billed * running, reserved * running
        provider_units = np.array([self.units[here].sum(axis=0) for here in case.at])
        self.gross = HOURS_PER_MONTH * prices * provider_units
        self.net = self.gross.copy()
        self.crossings = 0
        for p in range(len(case.providers)):
            self._apply_tiers(p)
        owner_units = provider_units[case.owner]
        part = np.divide(self.units, owner_units, out=np.zeros_like(self.units), where=owner_units > 0)
        headroom = np.divide(self.reserved, owner_units, out=np.zeros_like(self.units), where=owner_units > 0)
        self.at_location = self.net[case.owner] * part
        self.hedge = (self.net[case.owner] * headroom).sum(axis=0)

    def _apply_tiers(self, p):
        tiers = self.case.contracts[p]["volume_tiers"]
        for _, months in contract_years(self.case, p, self.notice):
            volume = np.cumsum(self.gross[p, months])
            total = np.array([tiered(tiers, amount) for amount in volume])
            self.net[p, months] = np.diff(total, prepend=0.0)
            self.crossings += sum(volume[-1] > bound for bound, _ in tiers)

    def charge(self, ledger):
        """Bills at the month starts, and the hedge premium in them."""
        for month in range(self.case.months):
            for p in range(len(self.case.providers)):
                ledger.pay("spend", p, self.net[p, month], month / 12.0, month // 12)
            ledger.pay_hedge(self.hedge[month], month / 12.0)
        ledger.happened["tier crossing"] += self.crossings


def commitment_end(case, p, notice, cut_off, happened):
    """The month in which the commitment to `p` ends (it does not count itself)."""
    contract = case.contracts[p]
    if notice[p] >= case.months:
        return case.months
    end = contract["start"] + contract["term"]
    while end < notice[p]:
        end += contract["term"]
    if contract["release_on_vendor_termination"]:
        happened["commitment released"] += int(cut_off[p] < min(end, case.months))
        return min(end, cut_off[p])
    happened["commitment outlives cut-off"] += int(cut_off[p] < min(end, case.months))
    return end


def charge_commitments(case, bills, cut_off, ledger):
    """What was promised and not bought, at the end of the last month that counts in each contract year."""
    for p, contract in enumerate(case.contracts):
        promised = contract["commitment"]
        promised = promised if isinstance(promised, list) else [promised]
        if not promised:
            continue
        end = commitment_end(case, p, bills.notice, cut_off, ledger.happened)
        credit = 0.0
        for year, months in contract_years(case, p, bills.notice):
            counted = months[months < end]
            if not len(counted):
                continue
            due = promised[min(year, len(promised) - 1)] * len(counted) / 12.0
            bought = bills.gross[p, counted].sum()
            last = int(counted[-1])
            shortfall = max(0.0, due - bought - credit)
            ledger.pay("commitment_shortfall", p, shortfall, (last + 1) / 12.0, last // 12)
            ledger.happened["commitment short"] += int(shortfall > 0)
            ledger.happened["rollover lowers a shortfall"] += int(credit > 0 and due > bought)
            ledger.happened["part year of a commitment"] += int(len(counted) < 12)
            credit = contract["rollover"] * max(0.0, bought - due)


def credit_rate(tiers, uptime):
    """Highest credit among the tiers [[uptime bound, credit], ...] that the uptime stays below."""
    return max((credit for bound, credit in tiers if uptime < bound), default=0.0)


def charge_credits(case, bills, downtime, edges, month_of_piece, ledger):
    """Service credits at month ends, up to the caps of month and contract year; at locations in order of names."""
    for p, contract in enumerate(case.contracts):
        sla = contract["sla"]
        if sla is None:
            continue
        hours = downtime.qualifying_hours(edges, month_of_piece, case.months, sla["qualification"],
                                          sla["covers_shared"])
        for _, months in contract_years(case, p, bills.notice):
            left = sla["cap_year"] * bills.net[p, months].sum()
            for month in months:
                left -= _credit_month(case, bills, sla, hours, p, int(month), left, ledger)


def _credit_month(case, bills, sla, hours, p, month, left, ledger):
    """Credits of one month at provider `p`, at most `left` [USD]; returns what was credited."""
    credited = 0.0
    for l in case.at[p]:
        rate = credit_rate(sla["tiers"], 1.0 - hours[l, month] / HOURS_PER_MONTH)
        bill = bills.at_location[l, month]
        due = min(sla["claim"] * rate, sla["cap_month"]) * bill
        paid = min(due, left - credited)
        credited += paid
        ledger.pay("sla_credit", p, -paid, (month + 1) / 12.0, month // 12)
        ledger.happened["service credit"] += int(paid > 0)
        ledger.happened["month cap of credits"] += int(bill > 0 and sla["claim"] * rate > sla["cap_month"])
        ledger.happened["year cap of credits"] += int(paid < due)
    return credited
