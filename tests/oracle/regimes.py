"""Regimes of the regime groups from unit-rate clocks, by the hazard each clock has consumed."""

import numpy as np

ALIGNED, STRAINED, RIVAL, SEVERED = range(4)
NAMES = ("aligned", "strained", "rival", "severed")
TRANSITIONS = (("aligned>strained", 0, 1), ("aligned>rival", 0, 2), ("strained>aligned", 1, 0),
               ("strained>rival", 1, 2), ("strained>severed", 1, 3), ("rival>strained", 2, 1),
               ("rival>severed", 2, 3), ("severed>strained", 3, 1))
WORSENING = np.array([to > origin for _, origin, to in TRANSITIONS])
ORIGIN = np.array([origin for _, origin, _ in TRANSITIONS])
RATES = {"aligned_to_strained": 0.20, "aligned_to_rival": 0.02, "strained_to_aligned": 0.30, "strained_to_rival": 0.20,
         "strained_to_severed": 0.02, "rival_to_strained": 0.15, "rival_to_severed": 0.10}
COVARIATES = {"overlap": 1.0, "share": 0.8, "equity": -1.5, "reference_overlap": 0.3, "reference_share": 0.5,
              "feedback": False}


def divergence(case, g):
    """(first provider, its divergence block) of group `g`; the block is None if the group stays aligned."""
    first = int(np.flatnonzero(case.group == g)[0])
    block = case.provider(first).get("divergence")
    return first, block if isinstance(block, dict) else None


def has_feedback(case):
    """Whether any group's hazard follows the share that actually runs there."""
    blocks = [divergence(case, g)[1] for g in range(len(case.groups))]
    return any(block and block.get("covariates", {}).get("feedback", False) for block in blocks)


class Hazard:
    """Rates of all transitions [1/yr] of one group, given its share and how many others are rival or severed."""

    def __init__(self, case, g):
        first, block = divergence(case, g)
        self.members = np.flatnonzero(case.group == g)
        self.alive = block is not None
        block = block or {}
        rates = dict(RATES, **block.get("rates", {}))
        self.base = np.array([block.get("repair", 0.0) if name == "severed>strained"
                              else rates[name.replace(">", "_to_")] for name, _, _ in TRANSITIONS]) * self.alive
        self.covariates = dict(COVARIATES, **block.get("covariates", {}))
        self.contagion = block.get("contagion", 0.5)
        self.overlap = case.provider(first).get("product_overlap", 0.3)
        self.equity = case.provider(first).get("equity_stake", 0.0)

    def rates(self, shares_planned, shares_running, others_hostile):
        """Rates of the transitions; they count only in the regime each of them leaves."""
        weights = self.covariates
        share = (shares_running if weights["feedback"] else shares_planned)[self.members].sum()
        exponent = (weights["overlap"] * (self.overlap - weights["reference_overlap"]) + weights["share"] *
                    (share - weights["reference_share"]) + weights["equity"] * self.equity)
        worse = np.exp(exponent) * (1.0 + self.contagion * others_hostile)
        return self.base * np.where(WORSENING, worse, 1.0)


class Regimes:
    """The path of every group, as segments (begin, end, regime of each group) in years."""

    def __init__(self, groups):
        self.groups = groups
        self.segments = []

    def at(self, g, time):
        """Regime of group `g` at `time` [yr]."""
        return next(state[g] for begin, end, state in self.segments if begin <= time < end)

    def first_severance(self, g):
        """When group `g` is first severed [yr], or None."""
        return next((begin for begin, _, state in self.segments if state[g] == SEVERED), None)

    def breakpoints(self):
        """All instants at which a regime changes [yr]."""
        return [begin for begin, _, _ in self.segments]


def play(case, shares_by_year):
    """The regimes of one path. `shares_by_year[y]`: share of demand running at each provider from year y on.

    Every step looks back over the whole path so far: the hazard that a clock has consumed since its last
    firing is summed over all segments in which its group was in the regime that the transition leaves.
    """
    hazards = [Hazard(case, g) for g in range(len(case.groups))]
    planned = case.shares_of_demand(case.share, case.demand_at_start)
    clocks = _clocks(case)
    state = [ALIGNED] * len(hazards)
    since = np.zeros((len(hazards), len(TRANSITIONS)), dtype=int)  # segment after the last firing
    firings = np.zeros_like(since)
    past, regimes, time = [], Regimes(case.groups), 0.0
    while time < case.end:
        running = shares_by_year[min(int(np.floor(time + 1e-12)), len(shares_by_year) - 1)]
        now = _rates_now(hazards, state, planned, running)
        wait, g, j = _next_firing(now, past, since, firings, clocks)
        stop = min(case.end, np.floor(time + 1e-12) + 1.0, time + wait)
        regimes.segments.append((time, stop, tuple(state)))
        past.append(now * (stop - time))
        if time + wait <= stop and stop < case.end:
            state[g] = TRANSITIONS[j][2]
            since[g, j] = len(past)
            firings[g, j] += 1
        time = stop
    return regimes


def _clocks(case):
    """Firing thresholds by group and transition; none for a group that stays aligned."""
    return [[case.draws["clocks"].get(name, {}).get(transition, []) for transition, _, _ in TRANSITIONS]
            for name in case.groups]


def _rates_now(hazards, state, planned, running):
    hostile = np.array([regime in (RIVAL, SEVERED) for regime in state])
    return np.array([hazard.rates(planned, running, hostile.sum() - hostile[g]) * (ORIGIN == state[g])
                     for g, hazard in enumerate(hazards)])


def _next_firing(now, past, since, firings, clocks):
    """(wait [yr], group, transition) of the first clock to fire if the rates stay as they are."""
    best = (np.inf, None, None)
    for g, j in np.argwhere(now > 0):
        if not clocks[g][j]:
            continue
        consumed = sum(segment[g, j] for segment in past[since[g, j]:])
        best = min(best, ((clocks[g][j][firings[g, j]] - consumed) / now[g, j], int(g), int(j)))
    return best
