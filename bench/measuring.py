"""How the comparison builds and measures: processor and wall time of programs, and medians of Google Benchmark."""

import json
import os
import resource
import statistics
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"
CONFIG = ROOT / "configs" / "openai-aws.yaml"
PROGRAM = BUILD / "hedgerow"


def build():
    for command in (["cmake", "--preset", "bench"], ["cmake", "--build", "--preset", "bench"]):
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def timed(program, only, repetitions, clock, config=None, least_seconds=0.1):
    """Median time [ns] on this clock by benchmark whose name begins so; their repetitions are interleaved.

    `config` is measured in place of the article's, by the benchmarks that know one.
    """
    environment = dict(os.environ, **({"HEDGEROW_BENCH_CONFIG": str(config)} if config else {}))
    ran = subprocess.run(
        [BUILD / "bench" / program, f"--benchmark_filter=^({only})", "--benchmark_format=json",
         f"--benchmark_repetitions={repetitions}", "--benchmark_enable_random_interleaving=true",
         f"--benchmark_min_time={least_seconds}"],
        check=True, capture_output=True, text=True, env=environment)
    scale = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}
    times = {}
    for run in json.loads(ran.stdout)["benchmarks"]:
        if run["run_type"] == "iteration":
            times.setdefault(run["run_name"], []).append(run[clock] * scale[run["time_unit"]])
    return {name.removesuffix("/real_time"): statistics.median(values) for name, values in times.items()}


class Run(NamedTuple):
    """One run of a program."""
    output: str
    errors: str
    wall: float       # [s]
    processor: float  # [s], of all its threads


def run(*command):
    """Runs a program to its end. Raises subprocess.CalledProcessError if it fails."""
    used, start = processor_seconds(), time.perf_counter()
    ran = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    return Run(ran.stdout, ran.stderr, time.perf_counter() - start, processor_seconds() - used)


def processor_seconds():
    """Of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
