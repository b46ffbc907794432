#!/usr/bin/python3
"""Storage and clocks that misbehave while hedgerow runs: damaged parts, full and read-only disks, writers at once, jumps of time.

usage: faults.py HEDGEROW [STUDY...]       damage, full_disk, read_only, writers, clock; all where none is given
exit:  0 every answer was right or a clear error, and no file was half written; 1 not

Needs root, which mounts small disks in a namespace of its own, and faketime (script/bootstrap cluster). What cannot be tried
is said. Disks of a database are tried in tests/tables/database_test.py.
"""

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
MINIMAL = os.path.join(SOURCE, "configs", "minimal.yaml")
ASKED = (MINIMAL, "--strategies", "azure-only", "--paths", "2k")
NOBODY = 65534
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


def without_provenance(text):
    result = json.loads(text)
    result.pop("provenance")
    return json.dumps(result)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


class Hedgerow:
    def __init__(self, program):
        self.program = program

    def __call__(self, *arguments, **options):
        return subprocess.run([self.program, *arguments], capture_output=True, text=True, check=False, **options)

    def answer(self, *arguments):
        done = self(*arguments, "--format", "json")
        assert done.returncode == 0, done.stderr
        return without_provenance(done.stdout)

    # The answer in a file; an exception where the file is not whole.
    def of_results(self, path):
        return without_provenance(read(path))

    def of_part(self, path):
        return self.answer("merge", path)

    def of_page(self, path):
        page = read(path).decode()
        assert page.rstrip().endswith("</html>")
        inner = page[page.index(">", page.index('type="application/json"')) + 1:]
        return without_provenance(inner[:inner.index("</script>")])

    def writers(self, part):
        """By name: the command less the file that it writes at its end, and what reads that file."""
        run = ("run", *ASKED)
        return {"results": ((*run, "-o"), self.of_results), "page": ((*run, "--report"), self.of_page),
                "part": ((*run, "--shard", "1/1", "-o"), self.of_part), "merged results": (("merge", part, "-o"), self.of_results),
                "merged part": (("merge", part, "--part"), self.of_part)}


@contextlib.contextmanager
def disk(options="size=8m"):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=True)


def damage(hedgerow, moments):
    """Every region of a part: flipped bits, the file cut there, a page of zeros, bytes too many."""
    with tempfile.TemporaryDirectory() as folder:
        parts = [os.path.join(folder, f"{i}.hrp") for i in (1, 2)]
        for i, part in enumerate(parts, 1):
            assert hedgerow("run", *ASKED, "--shard", f"{i}/2", "-o", part).returncode == 0
        whole, out = read(parts[1]), os.path.join(folder, "out.json")
        size = int.from_bytes(whole[-40:-32], "little")
        numbers, description = len(whole) - 40 - size, len(whole) - 40
        places = [*range(16), *moments.sample(range(16, numbers), 60), *moments.sample(range(numbers, description), 60), *range(description, len(whole))]
        damaged = [whole[:at] + bytes([whole[at] ^ 1 << moments.randrange(8)]) + whole[at + 1:] for at in places]
        damaged += [whole[:at] for at in places[::2]]
        damaged += [whole[:at] + bytes(4096) + whole[at + 4096:] for at in range(4096, numbers - 4096, 4096 * 4)]
        damaged += [whole + b"\0", whole + whole, b"", whole[:16] + whole]
        damaged = [content for content in damaged if content != whole]  # zeros may stand where there were some
        for content in damaged:
            write(parts[1], content)
            for command in (("merge", *parts, "-o", out), ("run", *ASKED, "--shard", "2/2", "--checkpoint", parts[1], "--resume", "-o", out)):
                done = hedgerow(*command)
                assert (done.returncode, done.stdout) == (3, ""), done
                assert parts[1] in done.stderr and not os.path.exists(out)
            assert read(parts[1]) == content and sorted(os.listdir(folder)) == ["1.hrp", "2.hrp"]
    return f"{len(damaged)} kinds, each refused by merge and by --resume, with the name of the file"


def full_disk(hedgerow, moments):
    """More and more room: an old file stays, or the new one is whole."""
    told = []
    with tempfile.TemporaryDirectory() as outside:
        part = os.path.join(outside, "part.hrp")
        assert hedgerow("run", *ASKED, "--shard", "1/1", "-o", part).returncode == 0
        new = hedgerow.answer("run", *ASKED)
        for name, (command, content) in hedgerow.writers(part).items():
            codes = []
            assert hedgerow(*command, os.path.join(outside, "enough")).returncode == 0
            pages = os.path.getsize(os.path.join(outside, "enough")) // 4096
            for room in (0, 1, *sorted(moments.sample(range(2, pages), 6)), pages + 1, pages + 2):
                with disk(f"size={4 * (room + 1)}k") as folder:
                    target = os.path.join(folder, "target")
                    write(target, b"old")
                    done = hedgerow(*command, target)
                    codes.append(done.returncode)
                    assert os.listdir(folder) == ["target"], os.listdir(folder)
                    assert done.returncode in (0, 4), done
                    if done.returncode == 0:
                        assert content(target) == new
                    else:
                        assert read(target) == b"old" and "No space left" in done.stderr, done
            assert codes == sorted(codes, reverse=True) and set(codes) == {0, 4}, codes
            told.append(f"{name} {codes.count(4)} of {len(codes)}")
        with disk("size=16k") as folder:
            done = hedgerow("run", *ASKED, "--checkpoint", os.path.join(folder, "c.hrp"), "--checkpoint-every", "0.001s", "--format", "json")
            assert done.returncode == 0 and without_provenance(done.stdout) == new and "the checkpoint is not saved" in done.stderr, done.stderr
            assert os.listdir(folder) == []
    return "exit code 4 and the old file, else the new one: " + ", ".join(told) + "; a run whose checkpoint is not saved goes on"


def read_only(hedgerow, _):
    """A disk, and a folder of somebody else: noticed before anything is played."""
    with disk() as folder:
        program = shutil.copy(hedgerow.program, os.path.join(folder, "hedgerow"))
        config = shutil.copy(MINIMAL, os.path.join(folder, "config.yaml"))
        part, closed = os.path.join(folder, "part.hrp"), os.path.join(folder, "closed")
        assert hedgerow("run", *ASKED, "--shard", "1/1", "-o", part).returncode == 0
        os.chmod(folder, 0o755)
        os.mkdir(closed)
        shutil.copy(part, os.path.join(closed, "old"))
        before = read(part)

        def refused(target, **options):
            there = sorted(os.listdir(os.path.dirname(target)))
            long = ("run", config, "--paths", "4M", "--set", "outputs.percentiles_of=[total_cost]")
            for command in ((*long, "-o"), (*long, "--report"), (*long, "--csv"), (*long, "--db"), (*long, "--shard", "1/2", "-o"),
                            (*long, "--checkpoint"), ("merge", part, "-o"), ("merge", part, "--part")):
                done = Hedgerow(program)(*command, target, timeout=20, cwd=folder, **options)
                assert (done.returncode, done.stdout) == (4, "") and target in done.stderr, done
            assert sorted(os.listdir(os.path.dirname(target))) == there
        refused(os.path.join(closed, "new"), user=NOBODY, group=NOBODY, extra_groups=[])
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        refused(os.path.join(folder, "new"))
        assert read(part) == before and read(os.path.join(closed, "old")) == before
    return "8 commands each, exit code 4 before a path is played"


def writers(hedgerow, _, rounds=5):
    """Four at once write one file, each another answer: one of them is in it, whole."""
    with tempfile.TemporaryDirectory() as outside:
        parts = {seed: os.path.join(outside, f"{seed}.hrp") for seed in "1234"}
        for seed, part in parts.items():
            assert hedgerow("run", *ASKED, "--seed", seed, "--shard", "1/1", "-o", part).returncode == 0
        answers = {seed: hedgerow.of_part(part) for seed, part in parts.items()}
        for _ in range(rounds):
            for name, (command, content) in hedgerow.writers("PART").items():
                with tempfile.TemporaryDirectory() as folder:
                    target = os.path.join(folder, "target")
                    def started_with(seed):
                        seeded = [parts[seed] if word == "PART" else word for word in command[:-1]]
                        by_seed = ["--seed", seed] if command[0] == "run" else []
                        return subprocess.Popen([hedgerow.program, *seeded, *by_seed, command[-1], target], stdout=subprocess.DEVNULL)
                    started = [started_with(seed) for seed in parts]
                    assert [process.wait() for process in started] == [0] * 4, name
                    assert os.listdir(folder) == ["target"] and content(target) in answers.values(), name
            with tempfile.TemporaryDirectory() as folder:
                saved = os.path.join(folder, "c.hrp")
                command = [hedgerow.program, "run", *ASKED, "--checkpoint", saved, "--checkpoint-every", "0.001s", "--resume", "--format", "json"]
                started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(4)]
                for process in started:
                    assert without_provenance(process.communicate()[0]) == answers["1"] and process.returncode == 0
                assert os.listdir(folder) == ["c.hrp"] and hedgerow.of_part(saved) == answers["1"]
    return f"{rounds} rounds of 4 writers at once on each kind of file and on a checkpoint"


def clock(hedgerow, moments):
    """The calendar jumps by years twenty times a second; what is measured goes by another clock."""
    if not os.path.exists(FAKETIME):
        return "NOT TRIED: faketime is missing (script/bootstrap cluster)"
    with tempfile.TemporaryDirectory() as folder:
        jumps, saved = os.path.join(folder, "jumps"), os.path.join(folder, "c.hrp")
        write(jumps, b"+0d")
        fake = {**os.environ, "LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": jumps, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

        def jumping(*arguments):
            count, begin = 0, time.monotonic()
            out = os.path.join(folder, "out.json")
            with subprocess.Popen([hedgerow.program, "run", *arguments, "-o", out], stdout=subprocess.DEVNULL, env=fake) as run:
                while run.poll() is None:
                    draft = jumps + ".new"
                    write(draft, b"%+dd" % moments.randrange(-9000, 9000))
                    os.rename(draft, jumps)
                    count += 1
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        run.wait(0.05)
            assert run.returncode == 0
            return json.loads(read(out)), count, time.monotonic() - begin

        write(jumps, b"-9000d")
        year = int(subprocess.run(["date", "+%Y"], env=fake, capture_output=True, text=True, check=True).stdout)
        assert year < time.gmtime().tm_year - 20, "faketime does not work here"
        config = (MINIMAL, "--strategies", "azure-only", "--set", "outputs.percentiles_of=[total_cost]")
        result, count, _ = jumping(*config, "--paths", "200k", "--checkpoint", saved, "--checkpoint-every", "0.1s")
        assert without_provenance(json.dumps(result)) == hedgerow.answer("run", *config, "--paths", "200k") == hedgerow.of_part(saved)
        fitted, more, seconds = jumping(*config, "--paths", "10M", "--time-budget", "4s")
        assert without_provenance(json.dumps(fitted)) == hedgerow.answer("run", *config, "--paths", fitted["paths"])
        assert 1 < seconds < 8 and 0 < fitted["provenance"]["wall_seconds"] < 8, (seconds, fitted["provenance"]["wall_seconds"])
    return f"{count + more} jumps in two runs: the same bytes, checkpoints saved; a budget of 4 s took {seconds:.1f} s"


STUDIES = {study.__name__: study for study in (damage, full_disk, read_only, writers, clock)}
IN_NAMESPACE = "HEDGEROW_IN_NAMESPACE"


def main(program, *names):
    if IN_NAMESPACE not in os.environ:
        again = ["unshare", "--mount", "--propagation", "private"]
        if subprocess.run([*again, "true"], capture_output=True, check=False).returncode == 0:
            os.execvpe("unshare", [*again, sys.executable, "-B", *sys.argv], {**os.environ, IN_NAMESPACE: "1"})
    hedgerow = Hedgerow(os.path.abspath(program))
    for name in names or STUDIES:
        needs_mounts = name in ("full_disk", "read_only")
        if needs_mounts and IN_NAMESPACE not in os.environ:
            told = "NOT TRIED: no disk can be mounted here"
        else:
            told = STUDIES[name](hedgerow, random.Random(8))
        print(f"{name:17} {told}", flush=True)
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= set(STUDIES):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
