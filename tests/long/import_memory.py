#!/usr/bin/python3
"""A long billing export through `hedgerow import focus`: are the sums exact, and does memory stand still?

usage: import_memory.py HEDGEROW [ROWS]       ROWS is ten million where it is not given
exit:  0 sums are exact and memory grew by less than 1 MiB, 1 not

The export is made while it is read and never lies on a disk. Its sums are known without reading it: it is a
block of 10 000 rows again and again (tests/import/make_export.py).
"""

import json
import os
import re
import subprocess
import sys
import threading
import time
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "import"))
import make_export  # noqa: E402

MOST_GROWTH = 1024  # [KiB]


def expected(count):
    sums = {"billed": Decimal(0), "effective": Decimal(0), "list": Decimal(0)}
    for row in make_export.rows():
        for name, column in (("billed", "BilledCost"), ("effective", "EffectiveCost"), ("list", "ListCost")):
            sums[name] += Decimal(row[column])
    return {name: value * (count // make_export.BLOCK) for name, value in sums.items()}


def peak_memory(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmHWM:\s*(\d+) kB", status.read())[1])


def run(program, count):
    """Peak memory after a hundredth of the rows and at the end [KiB], processor and wall time [s], the answer."""
    start = time.monotonic()
    with subprocess.Popen([program, "import", "focus", "-", "--format", "json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as hedgerow:
        answer = []
        reader = threading.Thread(target=lambda: answer.append(hedgerow.stdout.read()))
        reader.start()
        first = None
        for part in range(100):
            make_export.write_part(count // 100 * part, count // 100, hedgerow.stdin)
            hedgerow.stdin.flush()
            last = peak_memory(hedgerow.pid)
            first = last if first is None else first
        hedgerow.stdin.close()
        reader.join()
        _, status, usage = os.wait4(hedgerow.pid, 0)
        hedgerow.returncode = os.waitstatus_to_exitcode(status)
    assert hedgerow.returncode == 0
    return first, last, usage.ru_utime + usage.ru_stime, time.monotonic() - start, json.loads(answer[0])


def main(program, count=10_000_000):
    count -= count % (100 * make_export.BLOCK)
    first, last, processor, wall, answer = run(program, count)
    total = answer["currencies"]["EUR"]["total"]
    wanted = expected(count)
    exact = answer["rows"] == count and all(Decimal(total[name]) == wanted[name] for name in wanted)
    print(f"rows              {count:,}")
    print(f"sums              {'exact' if exact else 'WRONG'}: " + ", ".join(f"{name} {total[name]}" for name in wanted))
    print(f"peak memory       {first / 1024:.1f} MiB after 1 % of the rows, {last / 1024:.1f} MiB at the end")
    print(f"processor time    {processor:.1f} s, {processor / count * 1e6:.2f} us a row")
    print(f"wall time         {wall:.1f} s, making the export included")
    return 0 if exact and last - first < MOST_GROWTH else 1


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], *(int(argument) for argument in sys.argv[2:])))
