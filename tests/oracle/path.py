"""One path of one strategy, from the draws to the ledger: an independent reading of docs/model/path.md."""

from bills import Bills, charge_commitments, charge_credits
from contracts import Market, contract_prices
from ledger import Ledger
from outages import Downtime
from placement import Placement, charge_migration, notice_months
from reading import Case, plan_draws
from regimes import RIVAL, SEVERED, has_feedback, play
from unserved import Shortage, charge_reputation, charge_shortage, cut, month_of, strategic_capacity


def evaluate(world, strategy, draws):
    """The ledger [USD] of `strategy` (a block of world["strategies"]) on the path with these draws."""
    case = Case(world, strategy, draws)
    ledger = Ledger(case.providers, case.months, case.rate)
    regimes, placement, cut_off = live_through(case, ledger)
    charge_regimes(case, regimes, ledger)
    charge_migration(case, placement, ledger)
    prices = contract_prices(case, Market(case, regimes, placement), ledger)
    bills = Bills(case, placement, prices, placement.notice, cut_off)
    bills.charge(ledger)
    charge_commitments(case, bills, cut_off, ledger)
    lose(case, regimes, placement, bills, cut_off, ledger)
    ledger.notice = {name: int(month) if month < case.months else None
                     for name, month in zip(case.providers, placement.notice)}
    return ledger


def evaluate_plan(world, strategy):
    """The ledger [USD] of the deterministic skeleton."""
    return evaluate(world, strategy, plan_draws(world))


def live_through(case, ledger):
    """(regimes, placement, months of cut-off). With feedback the shares of a year follow from the years before."""
    running = [case.shares_of_demand(case.share, case.demand[:, 0])]
    while True:
        regimes = play(case, running)
        notice, cut_off = notice_months(case, regimes)
        placement = Placement(case, notice)
        year = len(running)
        if not has_feedback(case) or year >= ledger.years:
            break
        month = 12 * year
        running.append(case.shares_of_demand(placement.placed[month], case.demand[:, month]))
    ledger.happened["feedback changes a hazard"] += any((abs(share - running[0]) > 1e-9).any() for share in running)
    return regimes, placement, cut_off


def charge_regimes(case, regimes, ledger):
    """What rival and severed relations cost while they last."""
    for p, g in enumerate(case.group):
        block = case.provider(p).get("divergence") or {}
        cost = {RIVAL: block.get("rival_cost", 0.0), SEVERED: block.get("severed_cost", 0.0)}
        for begin, end, state in regimes.segments:
            per_year = case.provider(p).get("product_overlap", 0.3) * cost.get(state[g], 0.0)
            ledger.flow("regime", p, per_year, begin, end)
            ledger.happened["rival"] += state[g] == RIVAL
    for g in range(len(case.groups)):
        history = [state[g] for _, _, state in regimes.segments]
        ledger.happened["repaired"] += any(a == SEVERED != b for a, b in zip(history, history[1:]))


def lose(case, regimes, placement, bills, cut_off, ledger):
    """What outages and cut-offs cost, and what providers credit for it."""
    downtime = Downtime(case)
    edges = cut(case, downtime, regimes)
    month = month_of(edges, case.months)
    strategic = strategic_capacity(case, regimes, placement.notice, cut_off, edges)
    shortage = Shortage(case, placement, downtime.availability(edges), strategic, edges, month)
    charge_shortage(case, shortage, ledger)
    charge_reputation(case, shortage, ledger)
    charge_credits(case, bills, downtime, edges, month, ledger)
    ledger.happened.update(downtime.happened)
