"""Do a peer's answers agree with ours? Asked before anything is timed: a fast program with other answers is no peer.

Two numbers agree if they differ by at most 4 combined standard errors. That can only fail if the errors are small, so
they are bounded: 1 % for the mean total cost, 20 % for the mean of a component, 5 % for percentiles and shortfalls.
A percentile is compared if at least 50 paths of either program lie beyond it; with fewer its error is not known.
"""

from math import hypot

ERRORS_APART = 4.0
LEAST_BEYOND = 50
LARGEST_ERROR = {"total_cost": 0.01, "component": 0.20, "tail": 0.05}


class Disagreement(Exception):
    """The peer does not model what we model, or it cannot be told."""


def require_agreement(ours, peer):
    """Compares a results document of ours with a peer's summary; returns how many numbers agree.

    Raises Disagreement, which lists every number that does not.
    """
    if sorted(ours["strategies"]) != sorted(peer["strategies"]):
        raise Disagreement(f"strategies {sorted(peer['strategies'])} instead of {sorted(ours['strategies'])}")
    problems, compared = [], 0
    for name, strategy in ours["strategies"].items():
        if len(strategy["providers"]) != peer["providers"]:
            raise Disagreement(f"{peer['providers']} providers instead of {len(strategy['providers'])}")
        for what, pair, bound in pairs(strategy["measures"], peer["strategies"][name], int(ours["paths"]), peer["paths"]):
            compared += 1
            problems += [f"{name}: {what}: {problem}" for problem in differences(*pair, LARGEST_ERROR[bound])]
    if problems:
        raise Disagreement("\n  ".join(["the answers differ:"] + problems))
    return compared


def pairs(ours, peer, our_paths, peer_paths):
    """(what, ((value, error) of ours, (value, error) of the peer's), the bound of the error that holds for it)."""
    for measure, mean in peer["means"].items():
        bound = "total_cost" if measure == "total_cost" else "component"
        yield f"mean {measure}", (known(ours[measure]["mean"]), known(mean)), bound
    beyond = lambda level: min(our_paths, peer_paths) * min(level, 1.0 - level)
    for family in ("percentiles", "expected_shortfall"):
        mine = {entry["level"]: entry for entry in ours["total_cost"][family]}
        for entry in peer[family]:
            if round(beyond(entry["level"])) >= LEAST_BEYOND:
                yield f"{family} {entry['level']:g}", (known(mine[entry["level"]]), known(entry)), "tail"


def known(entry):
    """(value, standard error); ours has an interval of 95 % where it has no error."""
    error = entry["se"] if "se" in entry else (entry["ci"][1] - entry["ci"][0]) / (2 * 1.96)
    return entry["value"], error


def differences(ours, peer, largest_error):
    (value, error), (other, other_error) = ours, peer
    combined = hypot(error, other_error)
    if abs(other - value) > ERRORS_APART * combined:
        apart = abs(other - value) / combined if combined > 0 else float("inf")
        yield f"{other:.6g} instead of {value:.6g}, {apart:.1f} errors apart"
    if combined > largest_error * abs(value):
        yield f"known to {combined:.2g} of {value:.6g} only: nothing could be told"
