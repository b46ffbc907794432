"""Paths on a disk instead of in memory: the same bytes, in less memory, and nothing left behind."""

import os
import resource
import subprocess
import unittest

from program import MINIMAL, PROGRAM, ProgramTest, hedgerow, parse, results, without_provenance

RUN = (MINIMAL, "--paths", "200k", "--strategies", "azure-only")  # some 62 MB by path, and more while they are sorted
LITTLE = 48 << 20  # [byte]


def run_in(memory, *arguments):
    """With so many bytes of memory that belongs to no file."""
    return subprocess.run([PROGRAM, "run", *arguments, "--threads", "2", "--format", "json"], capture_output=True, text=True,
                          check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (memory, memory)))


class Spill(ProgramTest):
    @unittest.skipIf("HEDGEROW_SANITIZED" in os.environ, "sanitizers have memory of their own")
    def test_a_run_that_does_not_fit_in_memory(self):
        self.assertEqual(run_in(LITTLE, *RUN).returncode, 2)
        spilled = run_in(LITTLE, *RUN, "--spill", self.folder)
        self.assertEqual((spilled.returncode, spilled.stderr), (0, ""))
        self.assertEqual(without_provenance(parse(spilled.stdout)), without_provenance(results(*RUN)))
        self.assertEqual(os.listdir(self.folder), [])

    def test_parts_and_their_merge(self):
        parts = []
        for index in ("1/2", "2/2"):
            parts.append(self.path(f"part-{index[0]}.hrp"))
            done = hedgerow("run", MINIMAL, "--paths", "6k", "--shard", index, "-o", parts[-1], "--spill", self.folder)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        merged = hedgerow("merge", *parts, "--spill", self.folder, "--format", "json")
        self.assertEqual((merged.returncode, merged.stderr), (0, ""))
        self.assertEqual(without_provenance(parse(merged.stdout)), without_provenance(results(MINIMAL, "--paths", "6k")))
        self.assertEqual(sorted(os.listdir(self.folder)), ["part-1.hrp", "part-2.hrp"])

    def test_where_it_cannot(self):
        for folder in (self.path("missing"), self.file("file", "")):
            done = hedgerow("run", MINIMAL, "--paths", "6k", "--spill", folder)
            self.assertEqual((done.returncode, done.stdout), (4, ""))
            self.assertIn(f"{folder}: cannot write to the folder of --spill: ", done.stderr)

    def test_a_disk_that_is_too_small_is_noticed_before_the_run(self):
        done = hedgerow("run", MINIMAL, "--paths", "1T", "--spill", self.folder)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertRegex(done.stderr, r"need [\d.]+ GB on the disk of .*, [\d.]+ GB are free there")
        self.assertIn("more with --spill FOLDER", hedgerow("run", MINIMAL, "--paths", "1T").stderr)


if __name__ == "__main__":
    unittest.main()
