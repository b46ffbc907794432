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


class Time(NamedTuple):
    """Of one iteration of a benchmark [ns]."""
    processor: float  # of all its threads where it has several
    wall: float


def timed(program, only, repetitions, config=None, least_seconds=0.1):
    """Median time by benchmark whose name begins so; their repetitions are interleaved.

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
    for one in json.loads(ran.stdout)["benchmarks"]:
        if one["run_type"] == "iteration":
            name = one["run_name"].removesuffix("/process_time/real_time")
            unit = scale[one["time_unit"]]
            times.setdefault(name, []).append(Time(one["cpu_time"] * unit, one["real_time"] * unit))
    return {name: Time(*map(statistics.median, zip(*values))) for name, values in times.items()}


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
