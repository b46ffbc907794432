"""What moves where, month by month and for many paths at once, in NumPy."""

import numpy as np

from arrays import ROUNDING


class Placement:
    """Shares of demand [month, path, workload, location], and the present value of migration [path]."""

    def __init__(self, world, strategy, relations):
        market = world.market
        shape = (market.months, world.paths) + strategy.share.shape
        self.placed, self.capacity, self.billed = np.empty(shape), np.empty(shape), np.empty(shape)
        self.migration = np.zeros(world.paths)
        self.at = (market.owner == np.arange(len(market.list_price))[:, None]).astype(float)  # [provider, location]
        capacity = strategy.share * (1.0 + strategy.headroom)
        now = [np.repeat(start[None], world.paths, axis=0) for start in (strategy.share, capacity, capacity)]
        at_notice = np.zeros(relations.notice.shape)
        for k in range(market.months):
            rows, p = np.nonzero(relations.notice == k)
            at_notice[rows, p] = self._units(market, now[0])[rows, p]
            rows = np.flatnonzero((relations.notice < k).any(axis=1))
            if len(rows):
                self._move(world, strategy, relations, k, rows, now, at_notice[rows])
            self.placed[k], self.capacity[k], self.billed[k] = now

    def _units(self, market, placed):
        """Units by path and provider."""
        return np.einsum("w,nwl,pl->np", market.demand, placed, self.at)

    def _move(self, world, strategy, relations, k, rows, now, at_notice):
        market, notice = world.market, relations.notice[rows]
        placed_at = np.einsum("nwl,pl->nwp", now[0][rows], self.at)
        leaves = (k > notice[:, None, :] + strategy.exit_lead[None, :, None]) & (placed_at >= ROUNDING)
        chosen = leaves.any(axis=(1, 2))
        if not chosen.any():
            return
        rows, notice, placed_at, leaves, at_notice = (a[chosen] for a in (rows, notice, placed_at, leaves, at_notice))
        share = destinations(market, strategy, self.at, k, notice) * (placed_at * leaves)[..., None]
        limit(market, self.at, world.scarce[rows, k], share)
        moved = share.sum(axis=3)
        left = 1.0 - np.divide(moved, placed_at, out=np.zeros_like(moved), where=placed_at > 0.0) @ self.at
        arrived = share.sum(axis=2)
        now[0][rows] = now[0][rows] * left + arrived
        now[1][rows] = now[1][rows] * left + arrived
        now[2][rows] += arrived
        units = np.einsum("w,nwp->np", market.demand, moved)
        part = np.divide(units, at_notice, out=np.zeros_like(units), where=at_notice > 0.0)
        self.migration[rows] += market.month_discount[k] * (
            units @ strategy.migration_cost + part @ strategy.egress)


def destinations(market, strategy, at, k, notice):
    """Normalised weights [path, workload, leaver, location] of what is open in month k; zero if nothing is."""
    open_to = ((notice > k) & (market.provisioning[:, 0] > 0.0)) @ at
    open_to = open_to[:, None, None, :] * (1.0 - at)
    weights = strategy.exit_plan * open_to
    for others in (strategy.share[:, None, :], market.alternative[market.owner].astype(float)):
        none = weights.sum(axis=3, keepdims=True) <= 0.0
        weights = np.where(none, others * open_to, weights)
    total = weights.sum(axis=3, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0.0)


def limit(market, at, scarce, share):
    """Scales what is wanted [path, workload, leaver, location]: by the ramp of the leaver, then by the destination's."""
    supply = market.provisioning[:, scarce].T / 12.0  # [path, provider]
    units = np.einsum("w,nwpl->npl", market.demand, share)
    total, weighted = units.sum(axis=2), np.einsum("npl,nl->np", units, supply @ at)
    part = np.minimum(1.0, np.divide(weighted, total ** 2, out=np.ones_like(total), where=total > 0.0))
    share *= part[:, None, :, None]
    wanted = np.einsum("npl,np,ql->nq", units, part, at)
    share *= (np.minimum(1.0, np.divide(supply, wanted, out=np.ones_like(wanted), where=wanted > 0.0)) @ at)[:, None, None, :]
