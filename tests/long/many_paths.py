#!/usr/bin/python3
"""More paths than memory has room for: 10^8 of two strategies in memory, 10^9 of one on a disk.

usage: many_paths.py HEDGEROW [PATHS_IN_MEMORY [PATHS_ON_A_DISK]]      100M and 1B where they are not given
exit:  0 both ran in what `check` had foretold of memory, and agree with a run of a million paths within four
         standard errors; 1 not

The disk is that of the working folder (24 GB by 10^9 paths). Takes half an hour and more.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

CONFIG = os.path.join(os.path.dirname(os.path.abspath(__file__)), "one_region.yaml")
BESIDE = 0.3  # [GB] what the program takes beside what is by path


def foretold(program, *options):
    """[GB]"""
    told = subprocess.run([program, "check", CONFIG, *options], capture_output=True, text=True, check=False)
    return float(re.search(r"([\d.]+) GB", told.stdout + told.stderr)[1])


def run(program, *options):
    """The result, and the peak of memory that belongs to no file [GB]."""
    with tempfile.TemporaryDirectory() as folder:
        result = os.path.join(folder, "r.json")
        done = subprocess.Popen([program, "run", CONFIG, *options, "-o", result, "--progress", "none"], stdout=subprocess.DEVNULL)
        peak = 0
        while done.poll() is None:
            with open(f"/proc/{done.pid}/status", encoding="ascii") as status:
                found = re.search(r"RssAnon:\s*(\d+) kB", status.read())
            peak = max(peak, int(found[1]) if found else 0)
            try:
                done.wait(0.2)
            except subprocess.TimeoutExpired:
                pass
        assert done.returncode == 0, done.returncode
        with open(result, encoding="utf-8") as file:
            return json.load(file), peak * 1024 / 1e9


def means(result):
    return [strategy["measures"]["total_cost"]["mean"] for strategy in result["strategies"].values()]


def errors_apart(result, few):
    return max(abs(a["value"] - b["value"]) / (a["se"] ** 2 + b["se"] ** 2) ** 0.5 for a, b in zip(means(result), means(few)))


def main(program, in_memory="100M", on_disk="1B"):
    one = ("--strategies", "azure-only")
    good = True
    for paths, options in ((in_memory, ()), (on_disk, (*one, "--spill", os.getcwd()))):
        few, _ = run(program, *options, "--paths", "1M", "--set", "simulation.seed=2")
        result, peak = run(program, *options, "--paths", paths)
        need = foretold(program, *options[:2], "--paths", paths)
        apart = errors_apart(result, few)
        room = BESIDE if "--spill" in options else need + BESIDE
        print(f"{paths} paths, {'on a disk' if '--spill' in options else 'in memory'}: {result['paths']} played, "
              f"{result['provenance']['wall_seconds']:.0f} s, {peak:.1f} GB of memory where {need:.1f} GB are foretold for all, "
              f"means {apart:.1f} standard errors from those of a million", flush=True)
        good = good and result["complete"] and apart < 4.0 and peak < room
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
