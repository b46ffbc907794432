"""Contract prices month by month, with renewals at list or by bargaining."""

import numpy as np

from bargaining import SETTINGS, Position, bargain, buyer_power
from ledger import HOURS_PER_YEAR, ROUNDING
from placement import destinations
from regimes import RIVAL


class Market:
    """What a bargain over provider `p` in a month looks like to both sides."""

    def __init__(self, case, regimes, placement):
        self.case, self.regimes, self.placement = case, regimes, placement
        self.notice = placement.notice
        self.settings = dict(SETTINGS, **case.world.get("bargaining", {}))
        self.planned = case.shares_of_demand(case.share, case.demand_at_start)

    def units_at(self, p, month):
        """Units of demand placed at `p`."""
        placed = self.placement.placed[month][:, self.case.at[p]].sum(axis=1)
        return float(self.case.demand[:, month] @ placed)

    def alternative(self, p, month):
        """The cheapest way to run elsewhere [USD/unit-hour]; infinite without one."""
        case, settings, offers = self.case, self.settings, [np.inf]
        for other in range(len(case.providers)):
            if (case.group[other] == case.group[p] or self.notice[other] <= month
                    or not case.provider(other).get("alternative", True)):
                continue
            present = (self.placement.placed[month][:, case.at[other]] >= ROUNDING).any()
            porting = settings["porting_cost" if present else "porting_cost_new"]
            offers.append((1.0 - settings["alternative_discount"]) * case.list_price[other, month] * (1.0 + porting))
        return min(offers)

    def switching(self, p, month):
        """Switching cost per unit-hour over the new term [USD/unit-hour]."""
        contract, term_years = self.case.contracts[p], self.case.contracts[p]["term"] / 12.0
        if contract["switching_cost"] is None:
            return self.settings["switching_cost"] * self.case.list_price[p, month] / term_years
        units = self.units_at(p, month)
        return contract["switching_cost"] / (HOURS_PER_YEAR * units * term_years) if units > 0 else np.inf

    def credible(self, p, month):
        """Part of the units at `p` that could be re-homed within the notice."""
        case, units = self.case, self.units_at(p, month)
        if not self.settings["credible_exit"] or units <= 0:
            return 1.0
        placed, capacity = self.placement.placed[month], self.placement.capacity[month]
        here = [w for w in range(len(case.workloads)) if placed[w, case.at[p]].sum() >= ROUNDING]
        ramp, spare = 0.0, 0.0
        elsewhere = (self.notice > month)[case.owner] & (case.group[case.owner] != case.group[p])
        for w in here:
            weights = destinations(case, w, p, month, self.notice)
            if weights is not None:
                leaving = case.demand[w, month] * placed[w, case.at[p]].sum() / units
                ramp += leaving * (weights * case.provisioning[case.owner, case.scarce[month]]).sum()
            spare += case.demand[w, month] * (np.maximum(capacity[w] - placed[w], 0.0) * elsewhere).sum()
        return min(1.0, (case.contracts[p]["notice"] * ramp + spare) / units)

    def position(self, p, month):
        """Both sides' positions over a renewal of provider `p`."""
        case, settings, block = self.case, self.settings, self.case.provider(p)
        rival = self.regimes.at(case.group[p], month / 12.0) == RIVAL
        return Position(
            list_price=case.list_price[p, month],
            unit_cost=block.get("unit_cost_ratio", 0.4) * case.price_without_premium[p, month],
            resale=settings["resale"]["scarce" if case.scarce[month] else "normal"],
            wedge=settings["rival_wedge"] * block.get("product_overlap", 0.3) * rival,
            alternative=self.alternative(p, month), switching=self.switching(p, month),
            credible=self.credible(p, month), equity=block.get("equity_stake", 0.0),
            power=buyer_power(settings["power"], settings["share_effect"],
                              block.get("buyer_share_of_vendor", 0.02), self.planned[p]))

    def deal(self, p, month):
        """The deal, and what it depended on, for the record of what happened."""
        position = self.position(p, month)
        deal = bargain(position, self.settings["outside_option"])
        return deal, {"renewal by bargaining": 1, "no deal": not deal.agreed, "captive": np.isinf(position.alternative),
                      "exit not credible": position.credible < 1.0, "rival at renewal": position.wedge > 0,
                      "bargain with equity": position.equity > 0, "bargain in scarcity": self.case.scarce[month],
                      "alternative bounds the ceiling":
                          position.alternative + position.switching < position.list_price,
                      "explicit switching cost": self.case.contracts[p]["switching_cost"] is not None,
                      "outside option as constraint": self.settings["outside_option"] == "constraint"}


def signing_months(case, p, notice):
    """Months in which the contract of `p` is signed; the first is its signature, the others renewals."""
    contract = case.contracts[p]
    first, term = max(contract["start"], 0), contract["term"]
    if first >= min(case.months, notice[p]):
        return []
    later = [month for month in range(1, min(case.months, notice[p])) if term and month > contract["start"]
             and (month - contract["start"]) % term == 0]
    return [first] + later


def contract_prices(case, market, ledger):
    """Price of each provider in each month [USD/unit-hour], [provider, month]; the list price without contract."""
    prices = case.list_price[:, :case.months].copy()
    for p, contract in enumerate(case.contracts):
        signings = signing_months(case, p, market.notice)
        discount = contract["discount"]
        _note_start(contract, signings, market.notice[p], ledger.happened)
        for number, (month, until) in enumerate(zip(signings, signings[1:] + [case.months])):
            if number and contract["renewal"] == "bargain":
                discount = _renew(case, market, ledger, p, month)
            ledger.happened["renewal at list"] += bool(number and contract["renewal"] == "list")
            signed, listed = case.list_price[p, month], case.list_price[p, month:until]
            base = {"fixed": np.full(until - month, signed), "cap": np.minimum(signed, listed), "float": listed}
            prices[p, month:until] = (1.0 - discount) * base[contract["mode"]]
            ledger.happened["price in mode " + contract["mode"]] += 1
    return prices


def _renew(case, market, ledger, p, month):
    """The discount that a renewal by bargaining gives, recorded."""
    deal, happened = market.deal(p, month)
    listed = case.list_price[p, month]
    ledger.renewals.append({"provider": case.providers[p], "month": month, "list_price": float(listed),
                            "price": float(deal.price), "leverage": float(deal.leverage)})
    ledger.happened.update({name: int(count) for name, count in happened.items()})
    return 1.0 - deal.price / listed


def _note_start(contract, signings, notice, happened):
    """Counts of what the start of a contract means."""
    happened["contract of the past"] += contract["start"] < 0
    happened["contract of the future"] += bool(contract["start"] > 0 and signings)
    happened["contract never signed"] += bool(not signings and contract["start"] >= notice)
