"""Renewal by bargaining: Nash's solution between a vendor with an outside market and a buyer with an alternative."""

from math import exp, inf, log

from dataclasses import dataclass

SETTINGS = {"power": 0.5, "share_effect": 2.0, "resale": {"normal": 0.2, "scarce": 0.7}, "rival_wedge": 0.2,
            "switching_cost": 0.25, "porting_cost": 0.10, "porting_cost_new": 0.20, "alternative_discount": 0.10,
            "credible_exit": True, "outside_option": "split"}


@dataclass
class Position:
    """What the two sides bring to the table; prices in USD per unit-hour, the rest are fractions."""
    list_price: float
    unit_cost: float
    resale: float              # chance that the vendor sells the capacity at list elsewhere
    wedge: float               # what rivalry adds to the vendor's floor, as a part of list
    alternative: float = inf   # the buyer's best alternative, porting included
    switching: float = 0.0     # switching cost spread over the new term
    credible: float = 1.0      # part of the units that could leave within the notice
    equity: float = 0.0        # vendor's stake in the buyer
    power: float = 0.5         # buyer's


@dataclass
class Deal:
    """The outcome: price [USD/unit-hour] and the share of the vendor's list margin that the buyer gets."""
    price: float
    leverage: float
    floor: float
    ceiling: float
    agreed: bool


def buyer_power(base, share_effect, share_of_vendor, share_of_buyer):
    """logistic(logit base + effect (vendor's dependence - buyer's dependence))."""
    logit = log(base / (1.0 - base)) + share_effect * (share_of_vendor - share_of_buyer)
    return 1.0 / (1.0 + exp(-logit))


def bargain(position, outside_option="split"):
    """The deal that both sides settle on."""
    listed, cost = position.list_price, position.unit_cost
    minimum = cost + position.resale * (listed - cost) + position.wedge * listed
    ceiling = (position.credible * min(listed, position.alternative + position.switching)
               + (1.0 - position.credible) * listed)
    floor = max(0.0, (minimum - position.equity * ceiling) / (1.0 - position.equity))
    agreed = floor < ceiling
    if not agreed:
        price = min(listed, floor)
    elif outside_option == "split":
        price = position.power * floor + (1.0 - position.power) * ceiling
    else:
        price = min(ceiling, position.power * floor + (1.0 - position.power) * listed)
    return Deal(price, (listed - price) / (listed - cost), floor, ceiling, agreed)
