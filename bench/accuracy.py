"""Fewer paths for the same answer: what a way of drawing paths is worth, time included.

Worth is the ratio of variance times processor time of the whole run, plain : other, at as many paths: how many times
longer a plain run would have to work for the same standard error. Means of several seeds, since an error read off a
sample is uncertain itself. Both must agree within 4 standard errors first.
"""

import json
import math
import resource
import statistics
import subprocess

from measuring import BUILD, ROOT

CASES = (
    # what, config, sampling, paths, statistic, wanted
    ("importance sampling, ES 99.9 % in W-0", "w0.yaml", "importance", 100_000, "99.9%", ">= 20"),
    ("Sobol points, ES 95 % in price-severance", "price-severance.yaml", "sobol", 65_536, "95%", ">= 10"),
    ("importance sampling, the mean in W-0", "w0.yaml", "importance", 100_000, None, ""),
)


def measured(config, sampling, paths, level, seed):
    """(value, variance, processor seconds) of the total cost of the only strategy."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [BUILD / "hedgerow", "run", ROOT / "configs" / "validation" / config, "--paths", str(paths), "--sampling", sampling,
         "--seed", str(seed), "--set", f"outputs.expected_shortfall=[{level or '95%'}]",
         "--set", "outputs.percentiles_of=[total_cost]", "--format", "json", "--progress", "none"],
        check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    (strategy,) = json.loads(ran.stdout)["strategies"].values()
    total = strategy["measures"]["total_cost"]
    number = total["expected_shortfall"][0] if level else total["mean"]
    return number["value"], number["se"] ** 2, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def worth(config, sampling, paths, level, repetitions):
    plain, other = [], []
    for seed in range(1, repetitions + 1):
        plain.append(measured(config, "plain", paths, level, seed))
        other.append(measured(config, sampling, paths, level, seed))
    mean = lambda runs, part: statistics.fmean(run[part] for run in runs)
    apart = mean(plain, 0) - mean(other, 0)
    allowed = 4 * math.sqrt((mean(plain, 1) + mean(other, 1)) / repetitions)
    if abs(apart) > allowed:
        raise RuntimeError(f"{sampling} and plain differ by {apart:.4g} in {config}, more than {allowed:.4g}")
    return mean(plain, 1) * mean(plain, 2) / (mean(other, 1) * mean(other, 2))


def common_numbers(repetitions):
    """Variance of the difference of two strategies from runs of their own over that on the same paths, in W-2."""
    ratios = []
    for seed in range(1, repetitions + 1):
        ran = subprocess.run(
            [BUILD / "hedgerow", "run", ROOT / "configs" / "validation" / "w2.yaml", "--paths", "50000", "--seed", str(seed),
             "--strategies", "concentrated,diversified", "--set", "outputs.percentiles_of=[total_cost]", "--format", "json",
             "--progress", "none"], check=True, capture_output=True, text=True)
        result = json.loads(ran.stdout)
        apart = sum(of["measures"]["total_cost"]["mean"]["se"] ** 2 for of in result["strategies"].values())
        ratios.append(apart / result["comparisons"][0]["mean"]["se"] ** 2)
    return statistics.median(ratios)


def rows(repetitions):
    for what, config, sampling, paths, level, wanted in CASES:
        yield f"plain : {what}, variance x time", worth(config, sampling, paths, level, repetitions), wanted
    yield "own paths : common random numbers, difference in W-2, variance", common_numbers(repetitions), ">= 7"
