"""Runs in pieces: shards and their merge, checkpoints, budgets of time. Whatever happens, the bytes are those of one run."""

import json
import os
import random
import re
import resource
import signal
import subprocess
import time
import unittest

from program import MINIMAL, PROGRAM, SOURCE, W0, ProgramTest, hedgerow, parse, results, without_provenance

PATHS = "6k"  # six blocks, the last one not full
ALONE = ("--strategies", "azure-only")  # without what-ifs, which take most of the time of a short run


def environment(**variables):
    schedulers = ("SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "CLOUD_RUN_TASK_INDEX")
    return {**{k: v for k, v in os.environ.items() if k not in schedulers}, **variables}


def run_with(variables, *arguments, **options):
    return subprocess.run([PROGRAM, "run", *arguments], capture_output=True, text=True, check=False,
                          env=environment(**variables), **options)


class Runs(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.whole = without_provenance(results(MINIMAL, "--paths", PATHS))

    def shard(self, index, count, *arguments, config=MINIMAL, paths=PATHS, name=None):
        part = self.path(name or f"part-{index}-of-{count}.hrp")
        done = hedgerow("run", config, "--paths", paths, "--shard", f"{index}/{count}", "-o", part, *arguments)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        return part

    def merge(self, *arguments):
        done = hedgerow("merge", *arguments, "--format", "json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return parse(done.stdout)

    def refused(self, code, words, *arguments, **options):
        done = hedgerow(*arguments, **options)
        self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        self.assertIn(words, done.stderr)


class Shards(Runs):
    def test_any_number_in_any_order_gives_the_bytes_of_one_run(self):
        for count in (1, 3, 7):
            parts = [self.shard(i, count) for i in range(1, count + 1)]
            random.Random(count).shuffle(parts)
            merged = self.merge(*parts)
            self.assertEqual(merged["provenance"]["ranks"], count)
            self.assertEqual(without_provenance(merged), self.whole)

    def test_a_tree_of_merges(self):
        parts = [self.shard(i, 5) for i in range(1, 6)]
        left, right = self.path("left.hrp"), self.path("right.hrp")
        for part, of in ((left, parts[3::-2]), (right, parts[::2])):
            self.assertEqual(hedgerow("merge", *of, "--part", part).returncode, 0)
        self.assertEqual(without_provenance(self.merge(right, left)), self.whole)

    def test_a_mixture(self):
        options = ("--sampling", "importance", "--set", "outputs.percentiles=[99%]", "--set", "outputs.percentiles_of=[total_cost]")
        parts = [self.shard(i, 2, *options, config=W0, paths="8192") for i in (1, 2)]
        whole = results(W0, "--paths", "8192", *options)
        self.assertEqual(whole["sampling"]["used"], "importance")
        self.assertEqual(without_provenance(self.merge(*parts)), without_provenance(whole))

    def test_the_index_from_a_scheduler(self):
        asked = [MINIMAL, "--paths", PATHS]
        expected = self.shard(2, 3)
        part = self.path("auto.hrp")
        for variables in ({"SLURM_ARRAY_TASK_ID": "2"}, {"JOB_COMPLETION_INDEX": "1"}, {"AWS_BATCH_JOB_ARRAY_INDEX": "1"},
                          {"CLOUD_RUN_TASK_INDEX": "1"}):
            self.assertEqual(run_with(variables, *asked, "--shard", "auto/3", "-o", part).returncode, 0)
            self.refused(3, "both hold paths 2 048 to 4 095", "merge", expected, part)
        for variables, words in (({}, "this is no job array"), ({"SLURM_ARRAY_TASK_ID": "0"}, "must be from 1 to 3: submit it with --array=1-3"),
                                 ({"JOB_COMPLETION_INDEX": "3"}, "must be from 0 to 2"), ({"CLOUD_RUN_TASK_INDEX": "x"}, "is x"),
                                 ({"SLURM_ARRAY_TASK_ID": "1", "JOB_COMPLETION_INDEX": "0"}, "are set")):
            done = run_with(variables, *asked, "--shard", "auto/3", "-o", part)
            self.assertEqual(done.returncode, 2)
            self.assertIn(words, done.stderr)

    def test_what_does_not_go_together(self):
        asked = ("run", MINIMAL, "-o", self.path("p.hrp"))
        for shard in ("0/3", "4/3", "3", "a/b", "1/0", "-1/3", "1/3/5", "auto", "1/99999999999"):
            self.refused(2, "must be as 3/16", *asked, f"--shard={shard}")
        for option in (["--report", "x.html"], ["--csv", "d"], ["--tables"], ["--format", "json"], ["--time-budget", "1h"], ["--precision", "1%"]):
            self.refused(2, "do not go together", *asked, "--shard", "1/3", *option)
        self.refused(2, "has no shards", *asked, "--shard", "1/3", "--set", "simulation.precision=1%")
        self.refused(2, "needs -o", "run", MINIMAL, "--shard", "1/3")
        self.refused(2, "needs --checkpoint", "run", MINIMAL, "--resume")
        self.refused(2, "must be more than 0", "run", MINIMAL, "--time-budget", "0")
        self.refused(2, "would overwrite", *asked, "--checkpoint", self.path("p.hrp"))
        part = self.shard(1, 2)
        self.refused(2, "would overwrite", "merge", part, "--part", part)
        self.refused(2, "do not go together", "merge", part, "--part", self.path("q.hrp"), "--tables")
        self.assertFalse(os.path.exists(self.path("p.hrp")))

    def test_gaps_overlaps_and_other_runs_are_named(self):
        one, two, other = self.shard(1, 3), self.shard(2, 3), self.shard(3, 3, "--seed", "2")
        self.refused(3, "paths 4 096 to 5 999: shard 3/3", "merge", one, two)
        self.refused(3, "both hold paths 0 to 2 047", "merge", one, two, one)
        self.refused(3, "it has `simulation.seed = 2`, and that has `simulation.seed = 1`", "merge", one, two, other)
        self.refused(4, "cannot", "merge", one, self.path("missing.hrp"))

    def test_damage_is_found_before_anything_is_believed(self):
        parts = [self.shard(i, 2) for i in (1, 2)]
        with open(parts[1], "rb") as file:
            whole = file.read()
        out = self.path("out.json")
        description = int.from_bytes(whole[-40:-32], "little")
        numbers = len(whole) - 40 - description
        for at in (0, 15, 1000, len(whole) // 2, numbers - 1, numbers, len(whole) - 50, len(whole) - 40, len(whole) - 33, len(whole) - 32, len(whole) - 1):
            for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1:]):
                with open(parts[1], "wb") as file:
                    file.write(damaged)
                self.refused(3, "part-2-of-2.hrp: ", "merge", *parts, "-o", out)
        self.assertFalse(os.path.exists(out))

    def test_two_writers_on_one_file(self):
        part = self.path("one.hrp")
        command = [PROGRAM, "run", MINIMAL, "--paths", PATHS, "--shard", "1/1", "-o", part]
        writers = [subprocess.Popen(command) for _ in range(3)]
        self.assertEqual([writer.wait() for writer in writers], [0, 0, 0])
        self.assertEqual(os.listdir(self.folder), ["one.hrp"])
        self.assertEqual(without_provenance(self.merge(part)), self.whole)


class Storage(Runs):
    """A disk that is full, as a limit on the size of a file and as a small one that root mounts; a folder or disk that takes no file."""

    @staticmethod
    def with_small_files(*arguments):
        limit = 100_000
        return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))

    def test_a_full_disk_leaves_what_was_there(self):
        part = self.shard(1, 1, name="p.hrp")
        with open(part, "rb") as file:
            before = file.read()
        done = self.with_small_files("run", MINIMAL, "--paths", PATHS, "--seed", "2", "--shard", "1/1", "-o", part)
        self.assertEqual((done.returncode, done.stdout), (4, ""))
        self.assertIn("p.hrp: cannot write", done.stderr)
        self.assertEqual(os.listdir(self.folder), ["p.hrp"])
        with open(part, "rb") as file:
            self.assertEqual(file.read(), before)

    def test_a_checkpoint_that_cannot_be_saved_does_not_end_the_run(self):
        done = self.with_small_files("run", MINIMAL, *ALONE, "--paths", PATHS, "--checkpoint", self.path("c.hrp"), "--format", "csv")
        self.assertEqual(done.returncode, 0)
        self.assertIn("the checkpoint is not saved, the run goes on", done.stderr)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_folder_that_takes_no_file(self):
        self.refused(4, "cannot write", "run", MINIMAL, "--shard", "1/2", "-o", "/proc/p.hrp")
        self.refused(4, "cannot write", "run", MINIMAL, "--checkpoint", "/proc/c.hrp")
        self.refused(4, "cannot write", "merge", self.shard(1, 1), "--part", "/proc/p.hrp")

    def writers(self, target):
        part = self.shard(1, 1, *ALONE, paths="2k")
        run = ("run", MINIMAL, *ALONE, "--paths", "2k")
        return ((*run, "-o", target), (*run, "--report", target), (*run, "--shard", "1/1", "-o", target), ("merge", part, "-o", target),
                ("merge", part, "--part", target))

    def test_a_small_disk(self):
        folder = self.mounted("size=100k")
        target = os.path.join(folder, "target")
        with open(target, "w", encoding="utf-8") as file:
            file.write("old")
        for command in self.writers(target):
            self.refused(4, "No space left", *command)
            self.assertEqual(os.listdir(folder), ["target"])
            with open(target, encoding="utf-8") as file:
                self.assertEqual(file.read(), "old")

    def test_a_read_only_disk_is_noticed_before_the_run(self):
        folder = self.mounted("ro")
        target = os.path.join(folder, "target")
        for command in (*self.writers(target), ("run", MINIMAL, "--checkpoint", target)):
            self.refused(4, "Read-only", *("2M" if word == "2k" else word for word in command), timeout=10)


class Clocks(unittest.TestCase):
    def test_only_the_clock_that_does_not_jump_is_read(self):
        """What is timed goes on whatever happens to the calendar (tests/long/faults.py lets it jump)."""
        calendar = re.compile(r"\b(system_clock|high_resolution_clock|file_clock|gettimeofday|clock_gettime|std::time|time\((0|NULL|nullptr)\))")
        read = 0
        for floor in ("engine", "models", "apps"):
            for folder, _, names in os.walk(os.path.join(SOURCE, floor)):
                for name in names:
                    if name.endswith((".cpp", ".hpp")):
                        with open(os.path.join(folder, name), encoding="utf-8") as file:
                            text = file.read()
                        self.assertIsNone(calendar.search(text), name)
                        read += "steady_clock" in text
        self.assertGreater(read, 3)


class Checkpoints(Runs):
    def command(self, *arguments):
        return [PROGRAM, "run", MINIMAL, *ALONE, "--paths", "24k", "--checkpoint", self.path("c.hrp"), "--checkpoint-every", "0.02s", "--resume",
                *arguments]

    def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(self):
        moment = random.Random(8)
        killed = saved = 0
        for _ in range(6):
            with subprocess.Popen(self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
                time.sleep(moment.uniform(0.02, 0.25))
                run.kill()
            killed += run.returncode == -signal.SIGKILL
            saved += os.path.exists(self.path("c.hrp"))
            self.assertLessEqual(set(os.listdir(self.folder)), {"c.hrp"})
        self.assertGreaterEqual(killed, 1)
        done = subprocess.run(self.command("--format", "json"), capture_output=True, text=True, check=True)
        if saved:
            self.assertIn("are there already", done.stderr)
        self.assertEqual(without_provenance(parse(done.stdout)), without_provenance(results(MINIMAL, *ALONE, "--paths", "24k")))
        self.assertEqual(without_provenance(self.merge(self.path("c.hrp"))), without_provenance(parse(done.stdout)))  # it is the whole run now

    def test_asked_to_stop_it_saves_and_goes_on(self):
        part = self.path("p.hrp")
        shard = self.command("--shard", "2/2", "-o", part)
        with subprocess.Popen([*shard, "--progress", "json"], stderr=subprocess.PIPE, text=True) as run:
            self.assertIn("progress", run.stderr.readline())
            run.send_signal(signal.SIGTERM)
            told = run.stderr.read()
        if run.returncode == 130:  # it may have been done by then
            self.assertIn("go on with --resume", told)
            self.assertEqual(os.listdir(self.folder), ["c.hrp"])
        self.assertEqual(subprocess.run(shard, check=False, capture_output=True).returncode, 0)
        first = self.shard(1, 2, *ALONE, paths="24k")
        self.assertEqual(without_provenance(self.merge(first, part)), without_provenance(results(MINIMAL, *ALONE, "--paths", "24k")))

    def test_nothing_is_overwritten_or_believed_unseen(self):
        checkpoint = self.shard(1, 2, name="c.hrp")
        asked = ("run", MINIMAL, "--paths", PATHS, "--checkpoint", checkpoint)
        self.refused(2, "is there already", *asked)
        self.refused(3, "simulation.seed", *asked, "--resume", "--seed", "2")
        self.refused(3, "another shard", *asked, "--resume", "--shard", "2/2", "-o", self.path("p.hrp"))
        done = hedgerow(*asked, "--resume", "--format", "json")
        self.assertIn("3 072 paths are there already", done.stderr)
        self.assertEqual(without_provenance(parse(done.stdout)), self.whole)
        with open(checkpoint, "r+b") as file:
            file.truncate(5000)
        self.refused(3, "damaged", *asked, "--resume")

    def test_a_run_for_a_precision_goes_on(self):
        asked = (W0, "--precision", "0.8%", "--set", "outputs.percentiles=[90%]", "--set", "outputs.expected_shortfall=[]")
        whole = results(*asked)
        self.assertGreater(len(whole["precision"]["batches"]), 1)
        saved = ("--checkpoint", self.path("c.hrp"), "--resume")
        first = results(*asked, *saved)
        again = results(*asked, *saved)
        for result in (first, again):
            self.assertEqual(without_provenance(result), without_provenance(whole))


class TimeBudgets(Runs):
    def test_what_fits_is_a_run_of_so_many_paths(self):
        done = hedgerow("run", MINIMAL, *ALONE, "--time-budget", "1s", "--paths", "10M", "--format", "json",
                        "--set", "outputs.percentiles_of=[total_cost]")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("of 10 000 000 paths fit into the time", done.stderr)
        fitted = parse(done.stdout)
        self.assertTrue(fitted["complete"])
        self.assertLess(int(fitted["paths"]), 10_000_000)
        same = results(MINIMAL, *ALONE, "--paths", fitted["paths"], "--set", "outputs.percentiles_of=[total_cost]")
        self.assertEqual(without_provenance(fitted), without_provenance(same))

    def test_time_to_spare(self):
        fitted = results(MINIMAL, "--time-budget", "10min", "--paths", PATHS)
        self.assertEqual(without_provenance(fitted), self.whole)

    def test_no_time_at_all(self):
        fitted = results(MINIMAL, *ALONE, "--time-budget", "0.001s", "--paths", "1M")
        self.assertGreaterEqual(int(fitted["paths"]), 1024)
        self.assertLess(int(fitted["paths"]), 100_000)


if __name__ == "__main__":
    unittest.main()
