#!/usr/bin/python3
"""One result, made in many ways: threads x shards x ranks, in one sitting and killed and resumed. Are the bytes the same?

usage: equality.py HEDGEROW [HEDGEROW_WITH_MPI]
exit:  0 all results of a config have the same bytes, provenance aside; 1 not

The configs are the article's and validation world W-2, of 17 000 paths: 17 blocks, the last one not full. What is resumed was
killed (SIGKILL) at a random moment before, with a checkpoint saved every millisecond. Without a program that is built for MPI, or
mpirun, ranks are left out, which is said.
"""

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
CONFIGS = {"article": os.path.join(SOURCE, "configs", "openai-aws.yaml"), "W-2": os.path.join(SOURCE, "configs", "validation", "w2.yaml")}
PATHS = "17k"
THREADS, SHARDS, RANKS = (1, 2, 8), (1, 7, 16), (1, 2, 3, 4)
AS_ROOT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


def answer_in(path):
    with open(path, encoding="utf-8") as file:
        result = json.load(file)
    result.pop("provenance")
    return json.dumps(result)


class Matrix:
    def __init__(self, program, config):
        self.program, self.config = program, config
        self.moments = random.Random(8)
        self.killed = self.went_on = 0

    def run(self, folder, command, resumed, longest):
        """To its end; if it is to be resumed, not in one go. `longest` until it is killed [s]."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, "env": {**os.environ, **AS_ROOT}}
        if resumed:
            command = [*command, "--checkpoint", os.path.join(folder, "c.hrp"), "--checkpoint-every", "0.001s", "--resume"]
            with subprocess.Popen(command, **{**quiet, "stderr": subprocess.DEVNULL}) as first:
                time.sleep(self.moments.uniform(0.05, longest))
                first.kill()
            self.killed += first.returncode != 0
            self.wait_for_ranks(folder)
        done = subprocess.run(command, check=False, **quiet)
        assert done.returncode == 0, done.stderr
        self.went_on += "are there already" in done.stderr

    @staticmethod
    def wait_for_ranks(folder):
        """Those of a mpirun that was killed notice it, and end."""
        def playing():
            return subprocess.run(["pgrep", "-f", folder], stdout=subprocess.DEVNULL, check=False).returncode == 0
        latest = time.monotonic() + 60
        while playing():
            assert time.monotonic() < latest, "ranks go on without mpirun"
            time.sleep(0.05)

    def alone(self, threads, resumed):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "out.json")
            command = [self.program, "run", self.config, "--paths", PATHS, "--threads", str(threads), "-o", out]
            self.run(folder, command, resumed, 4.0)
            return answer_in(out)

    def shards(self, threads, count, resumed):
        with tempfile.TemporaryDirectory() as folder:
            parts = [os.path.join(folder, f"part-{i}.hrp") for i in range(1, count + 1)]
            for i, part in enumerate(parts, 1):
                command = [self.program, "run", self.config, "--paths", PATHS, "--shard", f"{i}/{count}", "--threads", str(threads), "-o", part]
                self.run(folder, command, resumed, 1.5 / count + 0.2)
                if resumed:
                    os.remove(os.path.join(folder, "c.hrp"))
            self.moments.shuffle(parts)
            out = os.path.join(folder, "out.json")
            subprocess.run([self.program, "merge", *parts, "--threads", str(threads), "-o", out], stdout=subprocess.DEVNULL, check=True)
            return answer_in(out)

    def ranks(self, with_mpi, threads, count, resumed):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "out.json")
            command = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(count), with_mpi, "run", self.config, "--paths", PATHS,
                       "--threads", str(threads), "-o", out]
            self.run(folder, command, resumed, 4.0)
            return answer_in(out)


def main(program, with_mpi=None):
    ranks_too = with_mpi is not None and os.path.exists(with_mpi) and shutil.which("mpirun") is not None
    for name, config in CONFIGS.items():
        matrix = Matrix(os.path.abspath(program), config)
        whole = matrix.alone(2, resumed=False)
        count = 0
        for threads, resumed in itertools.product(THREADS, (False, True)):
            made = {"alone": matrix.alone(threads, resumed)}
            made.update({f"{n} shards": matrix.shards(threads, n, resumed) for n in SHARDS})
            if ranks_too:
                made.update({f"{n} ranks": matrix.ranks(os.path.abspath(with_mpi), threads, n, resumed) for n in RANKS})
            for how, answer in made.items():
                assert answer == whole, f"{name}, {threads} threads, {how}{', resumed' * resumed}: DIFFERENT bytes"
            count += len(made)
        print(f"{name:9} {count} ways: the same bytes; {matrix.killed} runs were killed, {matrix.went_on} went on from a checkpoint", flush=True)
        assert matrix.went_on > 0
    if not ranks_too:
        print("ranks     NOT TESTED: they need a program that is built for MPI, and mpirun")
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
