"""The same bits for any number of threads, any order of providers, strategies alone or together."""

import json
import re
import unittest

from program import ARTICLE, W2, ProgramTest, results, without_provenance

PATHS = "2100"  # three blocks, the last one not full


def reversed_blocks(text, key):
    """The config with the entries of a top-level block in the opposite order."""
    start = text.index(f"\n{key}:\n") + len(f"\n{key}:\n")
    end = re.compile(r"^\S", re.MULTILINE).search(text, start).start()
    entries = re.split(r"(?m)^(?=  \S)", text[start:end])
    head, entries = entries[0], [e if e.endswith("\n") else e + "\n" for e in entries[1:]]
    return text[:start] + head + "".join(reversed(entries)) + text[end:]


class Reproducible(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.plain = results(ARTICLE, "--paths", PATHS, "--threads", "1")

    def test_threads_change_no_number(self):
        for n in ("2", "8"):
            threaded = results(ARTICLE, "--paths", PATHS, "--threads", n)
            self.assertEqual(threaded["provenance"]["threads"], int(n))
            self.assertEqual(without_provenance(threaded), without_provenance(self.plain))

    def test_the_order_of_providers_changes_no_number(self):
        with open(ARTICLE, encoding="utf-8") as config:
            text = config.read()
        permuted = reversed_blocks(text, "providers")
        self.assertGreater(permuted.index("\n  azure:"), permuted.index("\n  coreweave:"))
        self.assertLess(text.index("\n  azure:"), text.index("\n  coreweave:"))
        other = self.file("permuted.yaml", permuted)
        self.assertEqual(without_provenance(self.plain), without_provenance(results(other, "--paths", PATHS)))

    def test_units_change_no_number(self):
        """M2: the same world in other units of time."""
        with open(W2, encoding="utf-8") as config:
            text = config.read()
        for old, new in (("rate: 3/yr", "rate: 0.25/mo"), ("median: 2h", "median: 120min"), ("median: 3h", "median: 0.125d"),
                         ("recovery_time: 1h", "recovery_time: 60min"), ("time: 24h", "time: 1d"),
                         ("years: 7", "length: 84mo"), ("50_000 USD/h", "438M USD/yr")):
            self.assertIn(old, text)
            text = text.replace(old, new)
        one, other = (results(config, "--paths", PATHS, "--strategies", "diversified")["strategies"]["diversified"]["measures"]
                      for config in (W2, self.file("units.yaml", text)))
        for name, measure in one.items():
            for part in ("value", "se"):
                self.assertAlmostEqual(other[name]["mean"][part], measure["mean"][part], delta=1e-9 * abs(measure["mean"][part]))

    def test_strategies_alone_or_together(self):
        for name, expected in self.plain["strategies"].items():
            alone = results(ARTICLE, "--paths", PATHS, "--strategies", name)
            self.assertEqual(list(alone["strategies"]), [name])
            self.assertEqual(json.dumps(alone["strategies"][name]), json.dumps(expected))

    def test_another_seed_gives_another_sample_of_the_same_world(self):
        second = results(ARTICLE, "--paths", PATHS, "--seed", "2")
        for name in second["strategies"]:
            a, b = (r["strategies"][name]["measures"]["total_cost"]["mean"] for r in (self.plain, second))
            self.assertNotEqual(a["value"], b["value"])
            self.assertLess(abs(a["value"] - b["value"]), 4 * (a["se"]**2 + b["se"]**2)**0.5)


if __name__ == "__main__":
    unittest.main()
