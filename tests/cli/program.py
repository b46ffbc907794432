"""Runs hedgerow for the tests of this folder."""

import json
import os
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["HEDGEROW"]
SOURCE = os.environ["HEDGEROW_SOURCE"]
ARTICLE = os.path.join(SOURCE, "configs", "openai-aws.yaml")
MINIMAL = os.path.join(SOURCE, "configs", "minimal.yaml")
VALIDATION = os.path.join(SOURCE, "configs", "validation")
W0, W1, W2, W3 = (os.path.join(VALIDATION, f"w{n}.yaml") for n in range(4))
TWO_PROVIDERS = os.path.join(VALIDATION, "two-providers.yaml")


def page(*path):
    """The text of a document of the repository."""
    with open(os.path.join(SOURCE, *path), encoding="utf-8") as text:
        return text.read()


def hedgerow(*arguments, stdin=None, timeout=3000 if os.environ.get("HEDGEROW_SANITIZED") else 300):
    """The finished process, with text output."""
    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, text=True,
                          timeout=timeout, check=False)


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def parse(text):
    return json.loads(text, parse_constant=refuse_constant)


def results(*arguments, **options):
    """The results of a run that must succeed."""
    done = hedgerow("run", *arguments, "--format", "json", **options)
    assert done.returncode == 0, done.stderr
    return parse(done.stdout)


def without_provenance(result):
    return json.dumps({key: value for key, value in result.items() if key != "provenance"})


class ProgramTest(unittest.TestCase):
    """A folder of its own for each test."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def path(self, name):
        return os.path.join(self.folder, name)

    def mounted(self, options):
        """The folder of a disk of its own, with these options of tmpfs; skips the test where none can be mounted."""
        folder = tempfile.mkdtemp(dir=self.folder)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder], capture_output=True, check=False)
        if done.returncode != 0:
            self.skipTest("NOT TESTED: no disk can be mounted here, so that neither a full nor a read-only one was tried")
        self.addCleanup(subprocess.run, ["umount", folder], check=True)
        return folder
