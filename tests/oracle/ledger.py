"""Clocks, discounting and the ledger: component x provider x plan year, nominal and present value [USD]."""

from collections import Counter

import numpy as np

HOURS_PER_YEAR = 8760.0
HOURS_PER_MONTH = 730.0
ROUNDING = 1e-12  # amounts of demand below this share of a workload are rounding
COMPONENTS = ("spend", "outage", "reputation", "sla_credit", "capacity_shortage", "migration",
              "commitment_shortfall", "regime")


def month_ceiling(months):
    """The first whole month at or after `months`, forgiving 1e-9."""
    return int(np.ceil(months - 1e-9))


def present_factor(rate, time):
    """Present value of 1 paid at `time` [yr]."""
    return np.exp(-rate * time)


def annuity(rate, begin, end):
    """Present value [yr] of a flow of 1 per year over [begin, end] (arrays or numbers, yr)."""
    length = np.subtract(end, begin)
    if rate == 0:
        return length
    return np.exp(-rate * np.asarray(begin)) * -np.expm1(-rate * length) / rate


class Ledger:
    """What a strategy pays on a path, with what happened on the way.

    cells      component -> array [provider, plan year, (nominal, present)] in USD
    hedge      [nominal, present]: the part of spend that goes to reserved headroom
    notice     provider -> first month under notice, or None
    renewals   one dict per renewal by bargaining
    happened   counts of what the path exercised; tells whether a test means something
    """

    def __init__(self, providers, months, discount_rate):
        self.providers = list(providers)
        self.years = -(-months // 12)
        self.rate = discount_rate
        self.cells = {component: np.zeros((len(self.providers), self.years, 2)) for component in COMPONENTS}
        self.hedge = np.zeros(2)
        self.notice = {}
        self.renewals = []
        self.happened = Counter()

    def pay(self, component, provider, amount, time, year):
        """A payment at `time` [yr], booked in plan year `year` (from 0)."""
        self.cells[component][provider, year] += (amount, amount * present_factor(self.rate, time))

    def pay_hedge(self, amount, time):
        """The part of a payment at `time` [yr] that goes to reserved headroom; it is in spend already."""
        self.hedge += (amount, amount * present_factor(self.rate, time))

    def flow(self, component, provider, per_year, begin, end):
        """A flow [USD/yr] over [begin, end] in years, split at the plan years."""
        for year in range(self.years):
            low, high = max(begin, year), min(end, year + 1)
            if low < high:
                self.cells[component][provider, year] += (
                    per_year * (high - low), per_year * annuity(self.rate, low, high))

    def flows(self, component, provider, per_year, begin, end, year):
        """Flows [USD/yr] over many pieces [begin, end], each inside its plan year (arrays)."""
        for column, weight in enumerate((end - begin, annuity(self.rate, begin, end))):
            self.cells[component][provider, :, column] += np.bincount(
                year, weights=per_year * weight, minlength=self.years)

    def total(self, component):
        """Nominal value of a component over the horizon [USD]."""
        return self.cells[component][:, :, 0].sum()

    def scale(self):
        """The total absolute ledger: the larger of nominal and present [USD]."""
        return max(sum(np.abs(cell[:, :, column]).sum() for cell in self.cells.values()) for column in (0, 1))
