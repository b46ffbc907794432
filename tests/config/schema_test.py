"""The published JSON Schema accepts every example config and refuses broken ones.

An implementation of JSON Schema that is not ours (python3-jsonschema) reads docs/schema/config.schema.json.
"""

import copy
import json
import pathlib
import sys

import jsonschema
import yaml

root = pathlib.Path(sys.argv[1])
schema = json.loads((root / "docs/schema/config.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
failures = []


def errors_of(config):
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(config)]



def typed(path):
    """As an editor sees it: numbers are numbers."""
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"))
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def mutated(config, path, value):
    """A copy in which the value at `path` is replaced; None removes it."""
    copied = copy.deepcopy(config)
    inner = copied
    for key in path[:-1]:
        inner = inner[key]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return copied


job_files = root / "configs" / "cluster"  # of schedulers, not ours
examples = sorted(path for path in (root / "configs").glob("**/*.yaml") if path.parent != job_files) + sorted((root / "tests/config/good").glob("*.*"))
if not examples:
    failures.append("no example config was found")
for example in examples:
    for error in errors_of(typed(example)):
        failures.append(f"{example.relative_to(root)} is refused: {error}")

minimal = typed(root / "configs/minimal.yaml")
azure = ["providers", "azure"]
east = azure + ["regions", "east", "outages"]
contract = ["strategies", "azure-only", "contracts", "azure"]
training = ["strategies", "azure-only", "training"]
limit = {"name": "appetite", "strategy": "azure-only", "measure": "total_cost.es_99", "at_most": "2.1B USD"}
broken = {
    "unknown key at the top": (["provders"], {}),
    "unknown key in a provider": (azure + ["equity_steak"], "27%"),
    "unknown key in a contract": (contract + ["comitment"], "1M USD/yr"),
    "missing version": (["hedgerow"], None),
    "other version": (["hedgerow"], 2),
    "missing providers": (["providers"], None),
    "no strategy": (["strategies"], {}),
    "missing list price": (azure + ["list_price"], None),
    "missing rate": (east + ["rate"], None),
    "negative rate": (east + ["rate"], "-3/yr"),
    "rate without a unit": (east + ["rate"], 3),
    "rate in hours": (east + ["rate"], "3h"),
    "duration in dollars": (east + ["duration"], "3 USD"),
    "one quantile": (east + ["duration"], {"lognormal": {"p50": "2h"}}),
    "quantiles beside a parameter": (east + ["duration"], {"lognormal": {"p50": "2h", "p95": "9h", "sigma": 1}}),
    "quantile of everything": (east + ["duration"], {"weibull": {"p50": "2h", "p100": "9h"}}),
    "quantile in dollars": (east + ["duration"], {"weibull": {"p50": "2h", "p95": "9 USD"}}),
    "posterior without an exposure": (east + ["rate"], {"value": "3/yr", "posterior": {"events": 9}}),
    "posterior without a rate": (east + ["rate"], {"posterior": {"events": 9, "exposure": "3yr"}}),
    "posterior of another law": (east + ["duration"], {"lognormal": {
        "median": "2h", "sigma": 1, "posterior": {"log_shape": 0.1, "log_scale": 0.1, "correlation": 0}}}),
    "posterior beside quantiles": (east + ["duration"], {"lognormal": {
        "p50": "2h", "p95": "9h", "posterior": {"log_median": 0.1, "log_sigma": 0.1, "correlation": 0}}}),
    "two laws": (east + ["duration"], {"fixed": "3h", "weibull": {"shape": 1, "scale": "2h"}}),
    "price without a unit": (azure + ["list_price"], 2.0),
    "price per year": (azure + ["list_price"], "2.0 USD/yr"),
    "fraction above one": (azure + ["product_overlap"], 1.5),
    "not a number": (azure + ["product_overlap"], "many"),
    "not finite": (azure + ["product_overlap"], ".nan"),
    "whole vendor": (azure + ["equity_stake"], 1),
    "zero paths": (["simulation", "paths"], 0),
    "negative seed": (["simulation", "seed"], -1),
    "unknown mode": (contract + ["mode"], "fixd"),
    "thirteenth month": (["horizon", "start"], "2026-13"),
    "years and length": (["horizon", "length"], "84mo"),
    "unknown failover": (training + ["failover"], "warn"),
    "unknown key in a failover": (training + ["failover"], {"policy": "warm", "recovery": "1h"}),
    "headroom in units": (training + ["failover"], {"headroom": "20 units"}),
    "headroom by location in units": (training + ["failover"], {"headroom": {"azure.east": "20 units"}}),
    "on-demand headroom without a location": (training + ["failover"], {"on_demand_headroom": "5%"}),
    "flat exit plan": (training + ["exit_plan"], {"aws.east": "100%"}),
    "maybe": (training + ["rehomed_headroom"], "maybe"),
    "commitment without a unit": (contract + ["commitment"], [1, 2]),
    "empty commitment": (contract + ["commitment"], []),
    "flat tiers": (contract + ["volume_tiers"], ["1M USD/yr", "5%"]),
    "tiers of three": (contract + ["volume_tiers"], [["1M USD/yr", "5%", "6%"]]),
    "swapped tiers": (contract + ["volume_tiers"], [["5%", "1M USD/yr"]]),
    "service level without tiers": (contract + ["sla"], {"claim": "80%"}),
    "egress per unit": (contract + ["egress"], {"price": "80 USD/unit"}),
    "start without a month": (contract + ["start"], "2026"),
    "provisioning without a rate": (azure + ["provisioning"], {}),
    "group without a name": (azure + ["price_group"], ""),
    "whole branching": (east + ["clustering"], {"branching": 0.9, "decay": "1/yr"}),
    "full power": (["bargaining"], {"power": 1}),
    "limits in a map": (["limits"], {}),
    "limit without a bound": (["limits"], [{"name": "a", "strategy": "b", "measure": "loss.mean"}]),
    "limit with two bounds": (["limits"], [dict(limit, at_least="1M USD")]),
    "limit without a name": (["limits"], [dict(limit, name="")]),
    "limit on an unknown number": (["limits"], [dict(limit, measure="total_cost.median")]),
    "limit without a unit": (["limits"], [dict(limit, at_most=2.1)]),
    "limit with an unknown key": (["limits"], [dict(limit, unit="USD")]),
    "name too long": (["providers", "x" * 101], {"list_price": "2 USD/unit-hour"}),
    "level of one": (["outputs"], {"percentiles": [1]}),
}
for name, (path, value) in broken.items():
    if not errors_of(mutated(minimal, path, value)):
        failures.append(f"{name} is accepted")

good = {
    "no limits": (["limits"], []),
    "limits": (["limits"], [limit, dict(limit, name="b", measure="outage.p99_5"),
                            dict(limit, name="c", measure="probability_cheaper", at_most=0.5),
                            dict(limit, name="d", measure="providers.a.b.severed_by_horizon", at_most="1%")]),
    "zero without a unit": (east + ["rate"], 0),
    "rate per month": (east + ["rate"], "0.25/mo"),
    "sourced rate": (east + ["rate"], {"value": "1_000 /yr", "source": "status page"}),
    "rate with its posterior": (east + ["rate"], {"value": "3/yr", "source": "log",
                                                  "posterior": {"events": 9, "exposure": "3yr"}}),
    "fixed duration": (east + ["duration"], "30min"),
    "no divergence": (azure + ["divergence"], "none"),
    "price by magnitude": (azure + ["list_price"], "2k USD/unit-hour"),
    "other currency": (azure + ["list_price"], "2.5 EUR/unit-hour"),
    "paths by exponent": (["simulation", "paths"], "1e6"),
    "term in years": (contract + ["term"], "3yr"),
    "failover in a word": (training + ["failover"], "warm"),
    "failover in a block": (training + ["failover"], {"policy": "warm", "headroom": {"azure.east": "20%"}}),
    "sourced headroom": (training + ["failover"], {"headroom": {"value": "20%", "source": "plan"}}),
    "short on-demand headroom": (training + ["failover"], {"on_demand_headroom": {"azure.east": 0.05}}),
    "one commitment": (contract + ["commitment"], "1M USD/yr"),
    "commitments by year": (contract + ["commitment"], ["1M USD/yr", {"value": "2M USD/yr", "source": "letter"}]),
    "data in petabytes": (contract + ["egress"], {"price": "0.08 USD/GB", "volume": "2 PB"}),
    "data without a blank": (contract + ["egress"], {"volume": "500TB"}),
    "a boolean": (contract + ["dual_run"], False),
    "a word for a boolean": (contract + ["dual_run"], "no"),
    "switching cost as it is shown": (contract + ["switching_cost"], "by bargaining"),
}
for name, (path, value) in good.items():
    for error in errors_of(mutated(minimal, path, value)):
        failures.append(f"{name} is refused: {error}")

print(f"{len(examples)} configs, {len(broken)} broken and {len(good)} good variants: {len(failures)} failures")
print("\n".join(failures))
sys.exit(1 if failures else 0)
