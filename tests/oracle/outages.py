"""Outages: from raw arrivals to what is down, on pieces of time between breakpoints."""

from collections import Counter

import numpy as np

from ledger import HOURS_PER_YEAR

QUALIFYING = 0.999  # share of a location's capacity that an outage must take to count for an SLA


def occurrences(arrivals, overlap):
    """Arrivals that take place as (start, end, severity, claim), in years; those that merge share one claim."""
    taken, busy_until, claim = [], -np.inf, None
    for arrival in sorted(arrivals, key=lambda arrival: arrival["start"]):
        free = arrival["start"] > busy_until
        if overlap == "ignore" and arrival["start"] < busy_until:
            continue
        if free or overlap == "ignore":
            claim = arrival["claim"]
        busy_until = max(busy_until, arrival["end"])
        taken.append((arrival["start"], arrival["end"], arrival["severity"], claim))
    return taken


def reach(case, entity):
    """Impact of an entity ('region:A.r', 'provider:A', 'shared:dns') on each location, and its outage block."""
    kind, name = entity.split(":", 1)
    if kind == "region":
        provider, region = name.split(".", 1)
        block = case.world["providers"][provider]["regions"][region]["outages"]
        return case.by_location({name: 1.0}), block
    if kind == "provider":
        return (case.owner == case.providers.index(name)).astype(float), case.world["providers"][name]["outages"]
    dependency = case.world["shared_dependencies"][name]
    return case.by_location(dependency["impact"]), dependency["outages"]


class Downtime:
    """All outages of a path, asked on pieces of time."""

    def __init__(self, case):
        self.entities, self.happened = [], Counter()
        for name in sorted(case.draws["arrivals"]):
            impact, block = reach(case, name)
            raw = [arrival for arrival in case.draws["arrivals"][name] if arrival["start"] < case.end]
            taken = occurrences(raw, block.get("overlap", "merge"))
            self.entities.append((name, impact, taken))
            self.happened["arrival ignored"] += len(taken) < len(raw)
            self.happened["arrivals merged"] += len({claim for _, _, _, claim in taken}) < len(taken)
        self.locations = len(case.locations)

    def breakpoints(self):
        """Starts and ends [yr]."""
        return [time for _, _, taken in self.entities for event in taken for time in event[:2]]

    def on(self, edges):
        """Per entity (name, impact, severity on each piece, claim uniform of its cluster on each piece)."""
        for name, impact, taken in self.entities:
            severity, claim = np.zeros(len(edges) - 1), np.full(len(edges) - 1, np.inf)
            for start, end, severe, uniform in taken:
                low, high = np.searchsorted(edges, (start, end))
                severity[low:high] = np.maximum(severity[low:high], severe)
                claim[low:high] = uniform
            yield name, impact, severity, claim

    def availability(self, edges):
        """a_l on each piece, [location, piece]."""
        available = np.ones((self.locations, len(edges) - 1))
        for _, impact, severity, _ in self.on(edges):
            available *= 1.0 - impact[:, None] * severity[None, :]
        return available

    def qualifying_hours(self, edges, month, months, qualification, covers_shared):
        """Hours of each month in which a location is down for the purposes of an SLA, [location, month]."""
        down = np.zeros((self.locations, len(edges) - 1), dtype=bool)
        for name, impact, severity, claim in self.on(edges):
            if covers_shared or not name.startswith("shared:"):
                down |= (impact[:, None] * severity[None, :] >= QUALIFYING) & (claim < qualification)[None, :]
        hours = np.diff(edges) * HOURS_PER_YEAR
        return np.array([np.bincount(month, weights=hours * row, minlength=months) for row in down])
