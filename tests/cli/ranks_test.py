"""Runs under mpirun: whatever the number of ranks, and whatever happens to one of them, the bytes are those of one process.

The program of the mpi preset is tested (script/test --with mpi); that of any other has to refuse mpirun, and the rest is skipped.
"""

import contextlib
import os
import re
import signal
import subprocess
import time
import unittest

from program import ARTICLE, MINIMAL, PROGRAM, SOURCE, W0, ProgramTest, hedgerow, parse, results, without_provenance

BUILT_WITH_MPI = os.environ.get("HEDGEROW_MPI") == "1"
MPIRUN = ["mpirun", "--oversubscribe"]  # more ranks than this machine may have cores
AS_ROOT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
ALONE = ("--strategies", "azure-only")  # without what-ifs, which take most of the time of a short run


def with_ranks(count, *arguments):
    return [*MPIRUN, "-n", str(count), PROGRAM, "run", *arguments]


def mpirun(count, *arguments, **options):
    return subprocess.run(with_ranks(count, *arguments), capture_output=True, text=True, check=False, timeout=120,
                          env={**os.environ, **AS_ROOT}, **options)


def said_by_hedgerow(text):
    """Without what mpirun says."""
    return [line for line in text.splitlines() if line.startswith("hedgerow: ")]


class WithoutMpi(ProgramTest):
    @unittest.skipIf(BUILT_WITH_MPI, "this program is built with MPI")
    def test_ranks_that_cannot_speak_are_refused_before_they_overwrite_one_file(self):
        for variables in ({"OMPI_COMM_WORLD_SIZE": "3"}, {"PMI_SIZE": "3"}, {"PMIX_RANK": "1", "SLURM_NTASKS": "3"}):
            done = subprocess.run([PROGRAM, "run", MINIMAL, "-o", self.path("r.json")], capture_output=True, text=True, check=False,
                                  env={**os.environ, **variables})
            self.assertEqual((done.returncode, done.stdout, os.listdir(self.folder)), (2, "", []))
            self.assertIn("3 processes were started as the ranks of one run, and this program is built without MPI", done.stderr)

    def test_one_process_is_alone(self):
        done = subprocess.run([PROGRAM, "run", MINIMAL, *ALONE, "--paths", "1k"], capture_output=True, text=True, check=False,
                              env={**os.environ, "OMPI_COMM_WORLD_SIZE": "1", "SLURM_NTASKS": "3"})
        self.assertEqual((done.returncode, done.stderr), (0, ""))


@unittest.skipUnless(BUILT_WITH_MPI, "NOT TESTED: mpirun (script/test --with mpi builds the program that it needs)")
class Ranks(ProgramTest):
    def same(self, counts, *arguments):
        whole = results(*arguments)
        for count in counts:
            done = mpirun(count, *arguments, "--format", "json")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            ranks = parse(done.stdout)
            self.assertEqual(ranks["provenance"]["ranks"], count)
            self.assertEqual(without_provenance(ranks), without_provenance(whole))
        return whole

    def test_any_number_of_ranks_gives_the_bytes_of_one_process(self):
        self.same((1, 2, 3, 4, 8), MINIMAL, "--paths", "6k")  # six blocks: of eight ranks two have none
        self.same((3,), ARTICLE, "--paths", "4k")

    def test_however_the_paths_are_drawn(self):
        self.assertEqual(self.same((3,), MINIMAL, *ALONE, "--paths", "6k", "--sampling", "sobol")["sampling"]["used"], "sobol")
        self.assertEqual(self.same((2,), ARTICLE, "--paths", "2048", "--sampling", "sobol")["sampling"]["used"], "sobol")
        mixture = self.same((2, 3), W0, "--paths", "8192", "--sampling", "importance", "--set", "outputs.percentiles=[99%]")
        self.assertEqual(mixture["sampling"]["used"], "importance")

    def test_the_job_file_of_slurm(self):
        os.mkdir(self.path("bin"))
        os.symlink(PROGRAM, self.path("bin/hedgerow"))
        settings = {"CONFIG": MINIMAL, "RUN_PATHS": "6k", "RESULTS": self.path("r.json"), "CHECKPOINT": self.path("c.hrp"), "SLURM_CPUS_PER_TASK": "1"}
        done = subprocess.run(["bash", os.path.join(SOURCE, "configs", "cluster", "slurm-mpi.sbatch")], capture_output=True, text=True, check=False,
                              env={**os.environ, **AS_ROOT, **settings, "PATH": self.path("bin") + ":" + os.environ["PATH"]})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        with open(self.path("r.json"), encoding="utf-8") as file:
            self.assertEqual(without_provenance(parse(file.read())), without_provenance(results(MINIMAL, "--paths", "6k")))

    def test_paths_on_a_disk(self):
        run = (MINIMAL, *ALONE, "--paths", "60k")  # columns of a MiB by rank, so that they are spilled
        done = mpirun(2, *run, "--spill", self.folder, "--format", "json")
        self.assertEqual((done.returncode, done.stderr, os.listdir(self.folder)), (0, "", []))
        self.assertEqual(without_provenance(parse(done.stdout)), without_provenance(results(*run)))
        for paths, folder, code, told in (("6k", self.path("missing"), 4, "missing: cannot write to the folder of --spill: "),
                                          ("100B", self.folder, 2, r"the ranks on one host \(2\) need [\d.]+ GB on the disk of ")):
            done = mpirun(2, MINIMAL, "--paths", paths, "--spill", folder)
            self.assertEqual((done.returncode, len(said_by_hedgerow(done.stderr))), (code, 1))
            self.assertRegex(done.stderr, told)
        self.assertIn("--spill FOLDER", mpirun(2, MINIMAL, "--paths", "100B").stderr)

    def test_a_mistake_of_the_command_line_is_told_once(self):
        done = mpirun(3, MINIMAL, "--pathz", "2k")
        self.assertEqual((done.returncode, len(said_by_hedgerow(done.stderr))), (2, 1))
        self.assertIn("--pathz", said_by_hedgerow(done.stderr)[0])

    def test_the_config_from_standard_input_and_a_breached_limit(self):
        with open(MINIMAL, encoding="utf-8") as file:
            text = file.read() + "\nlimits: [{name: low, strategy: azure-only, measure: total_cost.mean, at_most: 1 USD}]\n"
        done = mpirun(2, "-", *ALONE, "--paths", "2k", "--format", "csv", input=text)
        self.assertEqual((done.returncode, said_by_hedgerow(done.stderr)), (1, []))
        self.assertEqual(done.stdout, hedgerow("run", "-", *ALONE, "--paths", "2k", "--format", "csv", stdin=text).stdout)

    def test_threads_are_shared_out(self):
        """As many ranks as cores have a thread each, as --threads 1 gives them."""
        cores = len(os.sched_getaffinity(0))

        def tasks(*threads):
            saved = [self.path(f"c-{i}-of-{cores}.hrp") for i in range(1, cores + 1)]
            with Started(cores, MINIMAL, "--paths", "10M", "--set", "outputs.percentiles_of=[total_cost]", "--checkpoint", self.path("c.hrp"),
                         "--checkpoint-every", "0.1s", *threads, binding="none") as run:
                while run.run.poll() is None and not all(map(os.path.exists, saved)):
                    time.sleep(0.02)
                playing = [len(os.listdir(f"/proc/{rank}/task")) for rank in run.ranks]
            for file in saved:
                os.remove(file)
            return playing
        self.assertEqual(tasks(), tasks("--threads", "1"))
        self.assertGreater(min(tasks("--threads", "4")), max(tasks("--threads", "1")))

    def refused(self, code, words, *arguments):
        done = mpirun(3, *arguments)
        self.assertEqual((done.returncode, done.stdout), (code, ""))
        told = said_by_hedgerow(done.stderr)
        self.assertEqual(len(told), 1, done.stderr)
        self.assertIn(words, told[0])
        self.assertEqual(os.listdir(self.folder), [])

    def test_what_is_wrong_is_told_once(self):
        asked = (MINIMAL, "-o", self.path("r.json"))
        self.refused(2, "mpirun and --precision do not go together", *asked, "--precision", "1%")
        self.refused(2, "mpirun and --time-budget do not go together", *asked, "--time-budget", "1h")
        self.refused(2, "mpirun and --shard do not go together", *asked, "--shard", "1/3")
        self.refused(2, "stops by its precision", *asked, "--set", "simulation.precision=1%")
        self.refused(2, "the ranks on one host (3) need", *asked, "--paths", "1e11")
        self.refused(4, "missing.yaml", "missing.yaml", "-o", self.path("r.json"))
        self.refused(4, "cannot write", MINIMAL, "-o", "/proc/r.json")
        self.refused(4, "c-1-of-3.hrp: cannot write", *asked, "--checkpoint", "/proc/c.hrp")
        done = mpirun(3, self.file("bad.yaml", "hedgerow: 1\nnonsense: 2\n"))
        self.assertEqual((done.returncode, done.stderr.count("nonsense is not a known key")), (2, 1))

    def test_a_full_disk(self):
        script = self.file("limited", 'ulimit -f 100; exec "$@"')  # [kB], of each file; mpirun keeps larger ones of its own
        done = subprocess.run([*MPIRUN, "-n", "2", "bash", script, PROGRAM, "run", MINIMAL, "--paths", "6k", "-o", self.path("r.json"),
                               "--checkpoint", self.path("c.hrp")],
                              capture_output=True, text=True, check=False, env={**os.environ, **AS_ROOT})
        self.assertEqual((done.returncode, done.stdout), (4, ""))
        self.assertIn("c-2-of-2.hrp: cannot write", done.stderr)  # the run goes on
        self.assertIn("r.json: cannot write", done.stderr)
        self.assertEqual(os.listdir(self.folder), ["limited"])

    def test_what_one_rank_meets_alone_ends_all(self):
        script = self.file("limited", 'test "$OMPI_COMM_WORLD_RANK" != 1 || ulimit -v 600000; exec "$@"')  # [kB] of address space
        done = subprocess.run([*MPIRUN, "-n", "3", "bash", script, PROGRAM, "run", MINIMAL, *ALONE, "--paths", "8M", "-o", self.path("r.json")],
                              capture_output=True, text=True, check=False, env={**os.environ, **AS_ROOT})
        self.assertEqual((done.returncode, done.stdout, os.listdir(self.folder)), (2, "", ["limited"]), done.stderr)
        self.assertEqual(said_by_hedgerow(done.stderr)[:2],
                         ["hedgerow: on rank 1 of 0 to 2:", "hedgerow: out of memory (ask for fewer paths or strategies)"])


class Started:
    """Ranks that play, until they are told otherwise: `ranks` are their process ids."""

    def __init__(self, count, *arguments, binding="core:overload-allowed"):
        command = with_ranks(count, *arguments)
        self.run = subprocess.Popen([command[0], "--bind-to", binding, *command[1:]], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                    text=True, env={**os.environ, **AS_ROOT})
        self.ranks = []
        while len(self.ranks) < count and self.run.poll() is None:
            time.sleep(0.02)
            with open(f"/proc/{self.run.pid}/task/{self.run.pid}/children", encoding="ascii") as children:
                self.ranks = sorted(int(child) for child in children.read().split())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.run.poll() is None:
            self.run.kill()
            for rank in self.ranks:
                os.kill(rank, signal.SIGKILL)
        self.run.communicate()


@unittest.skipUnless(BUILT_WITH_MPI, "NOT TESTED: mpirun (script/test --with mpi builds the program that it needs)")
class Ends(ProgramTest):
    """A rank that dies, or is asked to stop."""

    def asked(self, *more):
        return (MINIMAL, *ALONE, "--paths", "60k", "--checkpoint", self.path("c.hrp"), "--checkpoint-every", "0.05s", "--resume", "-o",
                self.path("r.json"), *more)

    def end(self, number):
        """Ends rank 1 of 3 by a signal, once all have saved something; what is said then."""
        saved = {f"c-{i}-of-3.hrp" for i in (1, 2, 3)}
        with Started(3, *self.asked()) as started:
            while started.run.poll() is None and set(os.listdir(self.folder)) != saved:
                time.sleep(0.01)
            os.kill(started.ranks[1], number)
            told = started.run.communicate(timeout=60)
        self.assertEqual((told[0], set(os.listdir(self.folder))), ("", saved))
        return started.run.returncode, told[1]

    def goes_on(self):
        """How many paths each rank had."""
        done = mpirun(3, *self.asked())
        self.assertEqual(done.returncode, 0, done.stderr)
        told = said_by_hedgerow(done.stderr)
        self.assertEqual(len(told), 3)
        there = [re.fullmatch(r"hedgerow: .*c-[123]-of-3.hrp: ([\d ]+) paths are there already", line)[1] for line in told]
        with open(self.path("r.json"), encoding="utf-8") as file:
            ranks = without_provenance(parse(file.read()))
        self.assertEqual(ranks, without_provenance(results(MINIMAL, *ALONE, "--paths", "60k")))
        return [int(paths.replace(" ", "")) for paths in there]

    def test_a_rank_is_killed(self):
        code, told = self.end(signal.SIGKILL)
        self.assertEqual(code, 128 + signal.SIGKILL)
        self.assertRegex(told, r"process rank 1 .* exited on signal 9")
        self.goes_on()

    def test_a_rank_is_asked_to_stop(self):
        code, told = self.end(signal.SIGTERM)
        self.assertEqual(code, 130)
        self.assertEqual(said_by_hedgerow(told), ["hedgerow: stopped before all ranks were done; nothing is written (go on with --resume)"])
        self.assertLess(max(self.goes_on()), 20_000)  # nobody played on to the end
        parts = [self.path(f"c-{i}-of-3.hrp") for i in (3, 1, 2)]
        merged = hedgerow("merge", *parts, "--format", "json")
        self.assertEqual(without_provenance(parse(merged.stdout)), without_provenance(results(MINIMAL, *ALONE, "--paths", "60k")))

    def shards(self, *indices):
        for index in indices:
            done = hedgerow("run", MINIMAL, "--paths", "60k", "--shard", f"{index}/3", "-o", self.path(f"c-{index}-of-3.hrp"))
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_rank_that_is_done_is_asked_to_stop_while_others_play(self):
        self.shards(2)
        whole = [word for word in self.asked() if word not in ALONE]
        with Started(3, *whole) as started:
            while started.run.poll() is None and not os.path.exists(self.path("c-3-of-3.hrp")):
                time.sleep(0.01)
            os.kill(started.ranks[1], signal.SIGTERM)
            told = started.run.communicate(timeout=120)[1]
        self.assertEqual((started.run.returncode, os.path.exists(self.path("r.json"))), (130, False))
        self.assertIn("hedgerow: stopped before all ranks were done; nothing is written (go on with --resume)", said_by_hedgerow(told))

    def test_a_rank_is_asked_to_stop_while_the_ranks_answer(self):
        self.shards(1, 2, 3)
        whole = [word for word in self.asked() if word not in ALONE]
        ends = set()
        for delay in (0.02, 0.1, 0.2, 0.4, 0.8):
            with Started(3, *whole) as started:
                for _ in range(3):  # the ranks that have read what is there
                    self.assertIn("paths are there already", started.run.stderr.readline())
                time.sleep(delay)
                with contextlib.suppress(ProcessLookupError):  # where it was done by then
                    os.kill(started.ranks[1], signal.SIGTERM)
                started.run.communicate(timeout=120)
            ends.add(started.run.returncode)
            if not os.path.exists(self.path("r.json")):
                self.assertEqual(started.run.returncode, 130)  # before the answers had begun
                continue
            with open(self.path("r.json"), encoding="utf-8") as file:
                result = parse(file.read())
            os.remove(self.path("r.json"))
            self.assertEqual((result["complete"], "waterfall" in result["comparisons"][0]), (started.run.returncode == 0,) * 2)
        self.assertIn(130, ends)

    def test_other_ranks_do_not_take_up_what_these_saved(self):
        self.end(signal.SIGTERM)
        there = self.path("c-1-of-3.hrp")
        for count in (1, 2):
            done = mpirun(count, *self.asked())
            self.assertEqual(done.returncode, 2)
            self.assertRegex(said_by_hedgerow(done.stderr)[0], r"c-[123]-of-3.hrp is there, saved by one of 3 ranks")
        self.assertEqual(mpirun(3, *(word for word in self.asked() if word != "--resume")).returncode, 2)
        os.rename(there, self.path("c.hrp"))
        for name in ("c-2-of-3.hrp", "c-3-of-3.hrp"):
            os.remove(self.path(name))
        done = mpirun(3, *self.asked())
        self.assertEqual(done.returncode, 2)
        self.assertIn("c.hrp is there, saved without mpirun", said_by_hedgerow(done.stderr)[0])


if __name__ == "__main__":
    unittest.main()
