#!/usr/bin/python3
"""A run that is killed at random moments and goes on from its checkpoint: does it end in the bytes of one that was not?

usage: kill_and_resume.py HEDGEROW [KILLS [CONFIG [PATHS [SEED]]]]      50, the article's config, 60k and 8 where not given
exit:  0 the bytes are the same, and most runs had a checkpoint to go on from; 1 not

Every kill is a SIGKILL; the checkpoint is saved every 50 ms, so that many hit a file in the making. After each the folder
may hold the checkpoint and nothing else. The disk is then full for once: a folder of a few hundred kilobytes, where a
namespace of its own can mount one.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

ARTICLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "configs", "openai-aws.yaml")


def bytes_of(path):
    with open(path, encoding="utf-8") as file:
        result = json.load(file)
    result.pop("provenance")
    return json.dumps(result)


def kill(command, folder, moments):
    """One kill: whether the run was still there to be killed, and what it said of the checkpoint that it found."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
        time.sleep(moments.uniform(0.1, 4.0))
        run.kill()
        told = run.stderr.read()
    assert run.returncode in (0, -signal.SIGKILL), told
    assert set(os.listdir(folder)) <= {"c.hrp", "out.json"}, os.listdir(folder)
    return run.returncode != 0, told.strip()


def full_disk(program, config):
    """What a run says on a disk that is full; None where none can be mounted."""
    script = f"""mount -t tmpfs -o size=300k none "$0" 2>/dev/null || exit 99
{program} run {config} --paths 20k --strategies azure-only --shard 1/1 -o "$0/p.hrp"; code=$?; ls "$0"; exit $code"""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["unshare", "--mount", "sh", "-c", script, folder], capture_output=True, text=True, check=False)
    return None if done.returncode in (1, 99) else (done.returncode, done.stdout, done.stderr)


def main(program, kills=50, config=ARTICLE, paths="60k", seed=8):
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        checkpoint, out, whole = (os.path.join(folder, name) for name in ("c.hrp", "out.json", "whole.json"))
        asked = [program, "run", config, "--paths", paths, "--progress", "none"]
        command = [*asked, "--checkpoint", checkpoint, "--checkpoint-every", "0.05s", "--resume", "-o", out]
        killed, went_on, last = 0, 0, ""
        for _ in range(kills):
            was_killed, told = kill(command, folder, moments)
            killed += was_killed
            went_on += "are there already" in told
            last = told or last
        print(f"killed            {killed} of {kills} times, {went_on} of them after it had gone on; at last {last}", flush=True)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        subprocess.run([*asked, "-o", whole], stdout=subprocess.DEVNULL, check=True)
        same = bytes_of(out) == bytes_of(whole)
        print(f"bytes             {'the same' if same else 'DIFFERENT'}")
    full = full_disk(program, config)
    print("full disk         " + ("cannot be mounted here" if full is None else f"exit code {full[0]}, {full[2].strip()}"))
    return 0 if same and 2 * went_on > kills and full in (None, (4, "", full and full[2])) else 1


if __name__ == "__main__":
    if len(sys.argv) not in range(2, 7):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], *(int(sys.argv[2]),) if len(sys.argv) > 2 else (), *sys.argv[3:]))
