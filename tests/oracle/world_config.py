"""A plain world as the config that the program reads: the same numbers with their units."""

START_YEAR = 2026
CURRENCY = "USD"
SCALED = {  # by key: the unit that makes a plain number a config value
    "rate": "/yr", "to_scarce": "/yr", "to_normal": "/yr", "repair": "/yr", "decay": "/yr",
    "median": "h", "scale": "h", "fixed": "h", "tail_scale": "h", "recovery_time": "h", "time": "h",
    "rival_cost": "USD/yr", "severed_cost": "USD/yr", "demand": "units", "revenue_at_risk": "USD/h", "cap": "USD",
    "term": "mo", "exit_lead": "mo", "length": "mo", "migration_cost": "USD/unit", "switching_cost": "USD"}


def month_name(start):
    """'2027-03' for 14 months after the start of the horizon."""
    return f"{START_YEAR + start // 12}-{start % 12 + 1:02d}"


def months_or_years(years):
    """A notice in whole months if it is one."""
    months = round(12 * years)
    return f"{months}mo" if months / 12.0 == years else f"{years!r}yr"


def with_units(block):
    """A nested block with units at the keys of SCALED; all other numbers are fractions or pure numbers."""
    if isinstance(block, dict):
        scaled = {key for key, value in block.items() if key in SCALED and isinstance(value, (int, float))}
        return {key: f"{value!r} {SCALED[key]}" if key in scaled else with_units(value) for key, value in block.items()}
    return block


def provider_config(block):
    converted = with_units(block)
    converted["list_price"]["value"] = f"{block['list_price']['value']!r} USD/unit-hour"
    if "provisioning" in block:
        converted["provisioning"] = {supply: f"{rate!r} units/yr" for supply, rate in block["provisioning"].items()}
    if "divergence" in block:
        converted["divergence"]["rates"] = {name: f"{rate!r}/yr" for name, rate in block["divergence"]["rates"].items()}
    return converted


def contract_config(block):
    converted = with_units(block)
    converted["notice"] = months_or_years(block["notice"])
    converted["start"] = month_name(block["start"])
    if "commitment" in block:
        amounts = [f"{amount!r} USD/yr" for amount in block["commitment"]]
        converted["commitment"] = amounts if len(amounts) > 1 else amounts[0]
    if "volume_tiers" in block:
        converted["volume_tiers"] = [[f"{amount!r} USD/yr", discount] for amount, discount in block["volume_tiers"]]
    if "egress" in block:
        egress = block["egress"]
        converted["egress"] = {"price": f"{egress['price']!r} USD/TB", "volume": f"{egress['volume']!r} TB"}
    return converted


def strategy_config(block):
    converted = with_units({key: value for key, value in block.items() if key != "contracts"})
    converted["contracts"] = {name: contract_config(terms) for name, terms in block["contracts"].items()}
    return converted


def as_config(world):
    """The config of a plain world, ready for json.dump."""
    config = {"hedgerow": 1, "title": f"random world {world['seed']}", "currency": CURRENCY,
              "horizon": {"start": month_name(0), "length": f"{world['horizon']['length']}mo",
                          "discount_rate": world["horizon"]["discount_rate"]},
              "simulation": {"paths": 1, "seed": world["seed"]},
              "providers": {name: provider_config(block) for name, block in world["providers"].items()},
              "workloads": {name: with_units(block) for name, block in world["workloads"].items()},
              "strategies": {name: strategy_config(block) for name, block in world["strategies"].items()}}
    for key in ("frailty", "market", "shared_dependencies"):
        if world.get(key):
            config[key] = with_units(world[key])
    if "bargaining" in world:
        config["bargaining"] = world["bargaining"]
    return config
