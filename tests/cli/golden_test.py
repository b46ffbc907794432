"""Small results that are kept under tests/golden, compared with what the program says today.

They freeze behaviour and prove nothing: oracles stand in tests/unit, tests/statistical and tests/oracle.
HEDGEROW_UPDATE_EXPECTED=1 writes them anew.
"""

import json
import math
import os
import unittest

from program import MINIMAL, SOURCE, TWO_PROVIDERS, W2, results

GOLDEN = os.path.join(SOURCE, "tests", "golden")
CASES = {  # name of the file: what `run` is asked
    "minimal": (MINIMAL, "--paths", "1000", "--seed", "7"),
    "two-providers": (TWO_PROVIDERS, "--paths", "1000", "--strategies", "one,both"),
    "w2": (W2, "--paths", "1000", "--strategies", "concentrated,diversified"),
}
RELATIVE = 1e-9  # compilers and their libm differ by less
NOTHING = 1e-9  # money: what adding up leaves of 0
EVENTS = 5  # of a story


def without_machine(result):
    """A result without what hangs on the machine, the revision or the day, and without most of the story."""
    for key in ("git_revision", "compiler", "wall_seconds", "threads"):
        del result["provenance"][key]
    result["provenance"]["config"]["name"] = os.path.basename(result["provenance"]["config"]["name"])
    del result["provenance"]["config"]["source"]  # its SHA-256 stays
    del result["provenance"]["config"]["values"]  # tests/config holds what is in force
    for strategy in result["strategies"].values():
        story = strategy["story"]["story"]
        story["events"] = story["events"][:EVENTS]
    return result


def differences(expected, found, pointer=""):
    """(pointer, expected, found) of every leaf that differs."""
    if isinstance(expected, dict) and isinstance(found, dict):
        if list(expected) != list(found):
            yield pointer, f"keys {list(expected)}", f"keys {list(found)}"
        for key in expected.keys() & found.keys():
            yield from differences(expected[key], found[key], f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield pointer, f"{len(expected)} entries", f"{len(found)} entries"
        for n, (one, other) in enumerate(zip(expected, found)):
            yield from differences(one, other, f"{pointer}/{n}")
    elif type(expected) is float and type(found) in (int, float) or type(expected) is int and type(found) is float:
        if not math.isclose(expected, found, rel_tol=RELATIVE, abs_tol=NOTHING):
            yield pointer, expected, found
    elif type(expected) is not type(found) or expected != found:
        yield pointer, expected, found


class Golden(unittest.TestCase):
    def test_results_are_what_they_were(self):
        for name, arguments in CASES.items():
            found = without_machine(results(*arguments))
            path = os.path.join(GOLDEN, name + ".json")
            if os.environ.get("HEDGEROW_UPDATE_EXPECTED"):
                with open(path, "w", encoding="utf-8") as out:
                    out.write(json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace('},{', '},\n{') + "\n")
            with open(path, encoding="utf-8") as golden:
                expected = json.load(golden)
            self.assertLess(os.path.getsize(path), 150_000)
            found_differences = sorted(differences(expected, found))
            told = "\n".join(f"  {pointer}: {before} is now {now}" for pointer, before, now in found_differences[:20])
            self.assertFalse(
                found_differences,
                f"\n{len(found_differences)} values of tests/golden/{name}.json changed:\n{told}\n"
                "If that is meant, say why in CHANGELOG.md and run the test with HEDGEROW_UPDATE_EXPECTED=1.")


class Differences(unittest.TestCase):
    """The comparison itself, so that the test above can fail."""

    def test_every_kind_of_difference_is_found_at_its_place(self):
        was = {"a": {"b/c": [1.0, "x", None, True]}, "n": 3}
        for changed, pointer in ((1.000001, "/a/b~1c/0"), ("y", "/a/b~1c/1"), (0, "/a/b~1c/2"), (1, "/a/b~1c/3")):
            now = json.loads(json.dumps(was))
            now["a"]["b/c"][int(pointer[-1])] = changed
            self.assertEqual([where for where, *_ in differences(was, now)], [pointer])
        self.assertEqual([where for where, *_ in differences(was, {"a": was["a"]})], [""])
        self.assertEqual([where for where, *_ in differences(was, {**was, "a": {"b/c": []}})], ["/a/b~1c"])
        self.assertEqual(list(differences(was, {"a": {"b/c": [1.0 + 1e-12, "x", None, True]}, "n": 3})), [])


if __name__ == "__main__":
    unittest.main()
