#!/usr/bin/python3
"""The numbers of a config as the peers read them: plain arrays, in the units the peers calculate in.

usage: model.py CONFIG_VALUES.json >MODEL.json      (CONFIG_VALUES: hedgerow check --resolved --format json)

Nothing is typed twice: every number comes from the values in force. A config that asks for something that the peers
do not model is refused, with the key that asks for it.

Units: years for rates, hours for outages and recovery, months for terms and leads, USD, USD per unit-hour, units.
Order: providers, locations, workloads and entities by name; index l: location, p: provider, w: workload.
"""

import json
import re
import sys

TRANSITIONS = ("aligned_to_strained", "aligned_to_rival", "strained_to_aligned", "strained_to_rival",
               "strained_to_severed", "rival_to_strained", "rival_to_severed")
POLICIES_WITHOUT_RECOVERY = {"none"}
NUMBER = re.compile(r"(-?[0-9.]+(?:e[+-]?[0-9]+)?)\s*(%?)[^,\]]*")

# A key (as a pattern) and the only value of it that the peers model.
ASSUMED = {
    r"market\.correlation": "none",
    r"frailty\..*\.persistence": "0%",
    r"providers\..*\.severity\.total|shared_dependencies\..*\.severity\.total": "100%",
    r".*\.outages\.overlap": "merge",
    r".*\.outages\.clustering": "none",
    r".*\.lognormal\.posterior\.correlation": "0",
    r".*\.covariates\.feedback": "no",
    r".*\.divergence\.repair": "0/yr",
    r".*\.divergence\.severed_cost": "0 USD/yr",
    r"workloads\..*\.growth": "0%",
    r"workloads\..*\.demand_volatility": "0%",
    r"workloads\..*\.reputation\.cap": "none",
    r"strategies\..*\.volume_tiers": "none",
    r"strategies\..*\.release_on_vendor_termination": "yes",
    r"strategies\..*\.dual_run": "yes",
    r"strategies\..*\.switching_cost": "by bargaining",
    r"strategies\..*\.covers_shared": "no",
    r"strategies\..*\.cap_month": "100%",
    r"strategies\..*\.pooled_headroom": "no",
    r"strategies\..*\.rehomed_headroom": "no",
    r"bargaining\.credible_exit": "yes",
    r"bargaining\.outside_option": "split",
}


class NotModelled(Exception):
    """The config asks for something that the peers do not model."""


def numbers(text):
    """All numbers of a value, without units; percentages as fractions."""
    return [float(number) / (100.0 if percent else 1.0) for number, percent in NUMBER.findall(text)]


class Values:
    """The values in force, by path."""

    def __init__(self, resolved):
        self.text = {re.sub(r"(outages\.rate)\.value$", r"\1", value["path"]): value["value"]  # with a posterior beside it
                     for value in resolved["values"]}
        for path, value in self.text.items():
            for pattern, only in ASSUMED.items():
                if re.fullmatch(pattern, path) and value != only:
                    raise NotModelled(f"{path} is {value}, and the peers only know {only}")

    def number(self, path, default=None):
        """The number at `path`; `default` where the path is not there or says none."""
        text = self.text.get(path, "none")
        if text == "none":
            if default is None:
                raise NotModelled(f"{path} is missing or none, and the peers need it")
            return default
        return numbers(text)[0]

    def names(self, prefix, key):
        """What stands between `prefix` and `key`, in order of names: names("providers", "product_overlap")."""
        pattern = re.compile(re.escape(prefix) + r"\.(.+)\." + re.escape(key))
        found = (pattern.fullmatch(path) for path in self.text)
        return sorted(match[1] for match in found if match)

    def month(self, path):
        """A date as months from the start of the horizon."""
        year, month = map(int, self.text[path].split("-"))
        start_year, start_month = map(int, self.text["horizon.start"].split("-"))
        return 12 * (year - start_year) + month - start_month


class Reader:
    """Builds the model from the values."""

    def __init__(self, values):
        self.v = values
        self.providers = values.names("providers", "product_overlap")
        self.locations = sorted(f"{p}.{region}" for p in self.providers
                                for region in values.names(f"providers.{p}.regions", "outages.rate"))
        self.workloads = values.names("workloads", "demand")
        self.factors = values.names("frailty", "variance")

    def model(self):
        v = self.v
        return {
            "years": int(v.number("horizon.years")),
            "discount_rate": v.number("horizon.discount_rate"),
            "to_scarce": v.number("market.scarcity.to_scarce"),
            "to_normal": v.number("market.scarcity.to_normal"),
            "frailty_variance": [v.number(f"frailty.{name}.variance") for name in self.factors],
            "providers": [self.provider(name) for name in self.providers],
            "locations": [{"name": name, "provider": self.owner(name)} for name in self.locations],
            "entities": self.entities(),
            "workloads": [self.workload(name) for name in self.workloads],
            "bargaining": self.bargaining(),
            "strategies": [self.strategy(name) for name in self.v.text["strategies"].split(", ")],
        }

    def owner(self, location):
        return self.providers.index(location.split(".")[0])

    def by_location(self, prefix, suffix=""):
        return [self.v.number(f"{prefix}.{name}{suffix}", 0.0) for name in self.locations]

    def provider(self, name):
        v, here = self.v, f"providers.{name}"
        for group in ("price_group", "regime_group", "frailty_group"):
            if v.text[f"{here}.{group}"] != name:
                raise NotModelled(f"{here}.{group}: the peers know no groups")
        covariates = f"{here}.divergence.covariates"
        return {
            "name": name,
            **{key: v.number(f"{here}.list_price.{path}", default) for key, path, default in (
                ("list_price", "value", None), ("drift", "drift", None), ("volatility", "volatility", None),
                ("jump_rate", "jumps.rate", 0.0), ("jump_mean", "jumps.mean", 0.0), ("jump_sd", "jumps.sd", 0.0),
                ("scarcity_premium", "scarcity_premium", None), ("loading", "price_loading", None))},
            **{key: v.number(f"{here}.{key}") for key in (
                "product_overlap", "equity_stake", "unit_cost_ratio", "buyer_share_of_vendor")},
            "provisioning": [v.number(f"{here}.provisioning.{supply}", 0.0) for supply in ("normal", "scarce")],
            "alternative": v.text[f"{here}.alternative"] == "yes",
            "rates": [v.number(f"{here}.divergence.rates.{key}") for key in TRANSITIONS],
            **{f"{key}_effect": v.number(f"{covariates}.{key}") for key in ("overlap", "share", "equity")},
            **{key: v.number(f"{covariates}.{key}") for key in ("reference_overlap", "reference_share")},
            **{key: v.number(f"{here}.divergence.{key}") for key in ("contagion", "withhold", "rival_cost")},
        }

    def entities(self):
        """Whatever can fail, with the locations it takes down (impact), the frailty factors it hangs on and what is not
        known of it: events behind its rate (0: it is known) and standard errors of its durations (0: they are)."""
        found = []
        for l, name in enumerate(self.locations):
            provider, region = name.split(".", 1)
            found.append(self.entity(f"providers.{provider}.regions.{region}.outages", False,
                                     [float(l == other) for other in range(len(self.locations))]))
        for p, name in enumerate(self.providers):
            found.append(self.entity(f"providers.{name}.outages", False,
                                     [float(self.owner(location) == p) for location in self.locations]))
        for name in self.v.names("shared_dependencies", "outages.rate"):
            here = f"shared_dependencies.{name}"
            impact = self.by_location(f"{here}.impact")
            for location, part in zip(self.locations, impact):
                if part not in (0.0, 1.0):
                    raise NotModelled(f"{here}.impact.{location}: the peers know only what is wholly down")
            found.append(self.entity(f"{here}.outages", True, impact))
        return found

    def entity(self, here, shared, impact):
        v = self.v
        return {"name": here.removesuffix(".outages"), "shared": shared, "impact": impact,
                "rate": v.number(f"{here}.rate"),
                "median_hours": v.number(f"{here}.duration.lognormal.median"),
                "sigma": v.number(f"{here}.duration.lognormal.sigma"),
                "rate_events": v.number(f"{here}.rate.posterior.events", 0.0),
                "log_median_error": v.number(f"{here}.duration.lognormal.posterior.log_median", 0.0),
                "log_sigma_error": v.number(f"{here}.duration.lognormal.posterior.log_sigma", 0.0),
                "own_weight": v.number(f"{here}.frailty.own", 0.0),
                "weights": [v.number(f"{here}.frailty.{factor}", 0.0) for factor in self.factors]}

    def workload(self, name):
        v, here = self.v, f"workloads.{name}"
        return {"name": name, "demand": v.number(f"{here}.demand"),
                "revenue_at_risk": v.number(f"{here}.revenue_at_risk"),
                "reputation_factor": v.number(f"{here}.reputation.factor", 0.0),
                "reputation_time": v.number(f"{here}.reputation.time", 1.0),
                "reputation_exponent": v.number(f"{here}.reputation.exponent", 1.0)}

    def bargaining(self):
        keys = ("power", "share_effect", "rival_wedge", "switching_cost", "porting_cost", "porting_cost_new",
                "alternative_discount")
        return {**{key: self.v.number(f"bargaining.{key}") for key in keys},
                "resale": [self.v.number(f"bargaining.resale.{supply}") for supply in ("normal", "scarce")]}

    def strategy(self, name):
        here = f"strategies.{name}"
        return {"name": name,
                "workloads": [self.choice(f"{here}.{workload}") for workload in self.workloads],
                "contracts": [self.contract(f"{here}.contracts.{provider}") for provider in self.providers]}

    def choice(self, here):
        v = self.v
        recovers = v.text[f"{here}.failover.policy"] not in POLICIES_WITHOUT_RECOVERY
        headroom = v.text.get(f"{here}.failover.headroom")
        return {"share": self.by_location(f"{here}.placement"),
                "recovery_hours": v.number(f"{here}.failover.recovery_time") if recovers else -1.0,
                "headroom": [numbers(headroom)[0]] * len(self.locations) if headroom
                            else self.by_location(f"{here}.failover.headroom"),
                "on_demand": [self.by_location(f"{here}.failover.on_demand_headroom", f".{supply}")
                              for supply in ("normal", "scarce")],
                "exit_lead": int(v.number(f"{here}.exit_lead")),
                "exit_plan": [self.by_location(f"{here}.exit_plan.{provider}") for provider in self.providers]}

    def contract(self, here):
        v = self.v
        term = int(v.number(f"{here}.term"))
        commitment = numbers(v.text[f"{here}.commitment"])
        if v.text[f"{here}.mode"] not in ("fixed", "float"):
            raise NotModelled(f"{here}.mode: the peers know fixed and float")
        if commitment and term == 0:
            raise NotModelled(f"{here}: the peers know no commitment without a term")
        has_sla = f"{here}.sla.tiers" in v.text
        tiers = numbers(v.text[f"{here}.sla.tiers"]) if has_sla else []
        return {"fixed": v.text[f"{here}.mode"] == "fixed", "bargain": v.text[f"{here}.renewal"] == "bargain",
                "term": term, "start": v.month(f"{here}.start"), "commitment": commitment,
                **{key: v.number(f"{here}.{key}") for key in ("discount", "rollover", "migration_cost")},
                "notice_years": v.number(f"{here}.notice"),
                "egress": v.number(f"{here}.egress.price") * v.number(f"{here}.egress.volume"),
                "sla_uptime": tiers[0::2], "sla_credit": tiers[1::2],
                **{f"sla_{key}": v.number(f"{here}.sla.{key}", 0.0)
                   for key in ("qualification", "claim", "cap_year")}}


def model_of(resolved):
    """The model of what `hedgerow check --resolved --format json` says (a dict)."""
    return Reader(Values(resolved)).model()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.split("\n\n")[1])
    with open(sys.argv[1], encoding="utf-8") as file:
        try:
            json.dump(model_of(json.load(file)), sys.stdout, indent=1)
        except NotModelled as reason:
            sys.exit(f"model: {reason}")


if __name__ == "__main__":
    main()
