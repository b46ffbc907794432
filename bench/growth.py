"""How the cost of a path grows with what a config holds: variants of the article's config that have twice as much."""

import copy
import tempfile
from pathlib import Path

import yaml

from measuring import CONFIG, timed

PLAYED = "world_and_strategies/strategies:3"


class WithoutAnchors(yaml.SafeDumper):
    """Hedgerow refuses anchors: what stands twice is written twice."""

    def ignore_aliases(self, data):
        return True


def twice_the_providers(config):
    """Every provider has a twin that no strategy uses at first, and that shared dependencies reach as well."""
    for name, block in list(config["providers"].items()):
        config["providers"][f"{name}-twin"] = copy.deepcopy(block)
        for shared in config["shared_dependencies"].values():
            shared["impact"].update({f"{name}-twin.{region}": shared["impact"][f"{name}.{region}"]
                                     for region in block["regions"]})


def twice_the_entities(config):
    """Whatever can fail has a twin that fails as often, as long and at the same locations."""
    twins = {f"{name}-twin": copy.deepcopy(block) for name, block in config["shared_dependencies"].items()}
    for name, block in config["providers"].items():
        locations = [f"{name}.{region}" for region in block["regions"]]
        twins[f"{name}-twin"] = {"outages": copy.deepcopy(block["outages"]),
                                 "impact": {location: 1 for location in locations}}
        for region, terms in block["regions"].items():
            twins[f"{name}-{region}-twin"] = {"outages": copy.deepcopy(terms["outages"]),
                                              "impact": {f"{name}.{region}": 1}}
    config["shared_dependencies"].update(twins)


def twice_the_years(config):
    config["horizon"]["years"] *= 2


def without_contagion(config):
    """Where providers do not infect each other, more of them do not mean more ruptures, which is another cost."""
    for block in config["providers"].values():
        block["divergence"]["contagion"] = 0


VARIANTS = {  # by name: what is changed before the base is measured, what is doubled, and the target of the ratio
    "providers": (without_contagion, twice_the_providers, ""),
    "entities": (lambda config: None, twice_the_entities, "<= 1"),
    "years": (lambda config: None, twice_the_years, ""),
}


def rows(repetitions):
    """(name, cost of twice as much : twice the cost, target): 1 is linear."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (prepare, double, target) in VARIANTS.items():
            config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
            prepare(config)
            base = cost(config, Path(folder) / "base.yaml", repetitions)
            double(config)
            yield f"twice the {name} : 2 times a path", cost(config, Path(folder) / "twice.yaml", repetitions) / (
                2.0 * base), target


def cost(config, file, repetitions):
    """Of playing a path with three strategies [ns]."""
    file.write_text(yaml.dump(config, Dumper=WithoutAnchors, sort_keys=False), encoding="utf-8")
    return timed("bench_article", PLAYED, repetitions, file, least_seconds=0.3)[PLAYED].processor
