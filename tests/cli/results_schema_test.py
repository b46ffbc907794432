"""Every result is what docs/schema/results.schema.json says, and nothing else is.

An implementation of JSON Schema that is not ours (python3-jsonschema) reads it.
"""

import copy
import json
import os
import signal
import subprocess
import unittest

import jsonschema

from program import ARTICLE, MINIMAL, PROGRAM, SOURCE, TWO_PROVIDERS, W0, W1, W2, W3, hedgerow, parse

SCHEMA = os.path.join(SOURCE, "docs", "schema", "results.schema.json")
LIMITS = ("limits=[{name: a, strategy: azure-only, measure: total_cost.es_99, at_most: 1B USD},"
          " {name: b, strategy: second-cloud, measure: probability_cheaper, at_least: 1%}]")
STUDIES = {
    "minimal, with limits": (MINIMAL, "--paths", "1000", "--set", LIMITS),
    "minimal, with a posterior": (
        MINIMAL, "--paths", "640", "--set", "outputs.parameter_uncertainty=yes", "--set",
        "providers.aws.regions.east.outages.rate={value: 3/yr, posterior: {events: 9, exposure: 3yr}}"),
    "article": (ARTICLE, "--paths", "500", "--strategies", "azure-only,second-cloud"),
    "two providers": (TWO_PROVIDERS, "--paths", "500"),
    "w0, with a precision": (W0, "--paths", "9000", "--precision", "0.1%"),
    "w0, one path": (W0, "--paths", "1"),
    "w0, importance sampling": (W0, "--paths", "9000", "--sampling", "importance"),
    "w3, Sobol points": (W3, "--paths", "1100", "--sampling", "sobol"),
    "w1": (W1, "--paths", "300"),
    "w2": (W2, "--paths", "500"),
    "w3": (W3, "--paths", "300"),
}
RARE = {"capped": "a price that meets a cap within the 1-in-100 future",
        "regime": "a vendor that comes back within the 1-in-100 future",
        "hours": "an outage of its own within the 1-in-100 future",
        "units": "demand that moves within the 1-in-100 future",
        "plan_units": "the same"}  # keys that a study may lack by chance, and why


def study(arguments):
    done = hedgerow("run", *arguments, "--format", "json")
    assert done.returncode in (0, 1, 5), done.stderr
    return parse(done.stdout)


def interrupted():
    """A result that SIGINT has cut short."""
    process = subprocess.Popen([PROGRAM, "run", MINIMAL, "--paths", "1M", "--format", "json", "--progress", "json"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    next(line for line in process.stderr if json.loads(line)["paths_done"] > 0)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130, process.returncode
    return parse(out)


def properties_of(schema):
    """(name of the definition, key) of every property that the schema declares."""
    def walk(node, name):
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                for key in node["properties"]:
                    yield name, key
            for key, below in node.items():
                if key != "$defs":
                    yield from walk(below, name)
        elif isinstance(node, list):
            for below in node:
                yield from walk(below, name)
    yield from walk(schema, "")
    for name, definition in schema["$defs"].items():
        yield from walk(definition, name)


def keys_of(node):
    if isinstance(node, dict):
        for key, below in node.items():
            yield key
            yield from keys_of(below)
    elif isinstance(node, list):
        for below in node:
            yield from keys_of(below)


class ResultsSchema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(SCHEMA, encoding="utf-8") as text:
            cls.schema = json.load(text)
        jsonschema.Draft202012Validator.check_schema(cls.schema)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)
        cls.results = {name: study(arguments) for name, arguments in STUDIES.items()}
        cls.results["interrupted"] = interrupted()

    def errors(self, result):
        return [f"{error.json_path}: {error.message[:200]}" for error in self.validator.iter_errors(result)]

    def test_the_program_prints_it(self):
        done = hedgerow("schema", "results")
        with open(SCHEMA, encoding="utf-8") as text:
            self.assertEqual((done.returncode, done.stdout), (0, text.read()))
        self.assertEqual(hedgerow("schema", "resluts").returncode, 2)

    def test_every_result_obeys_it(self):
        for name, result in self.results.items():
            self.assertEqual(self.errors(result), [], name)
        self.assertIs(self.results["interrupted"]["complete"], False)

    def test_every_property_occurs(self):
        seen = {key for result in self.results.values() for key in keys_of(result)}
        declared = {key for _, key in properties_of(self.schema)}
        self.assertGreater(len(declared), 150)
        self.assertEqual(declared - seen - RARE.keys(), set())

    def test_every_object_is_closed_and_every_property_described(self):
        def walk(node, place):
            if isinstance(node, dict):
                if node.get("type") == "object":
                    self.assertIn("additionalProperties", node, place)
                    if "properties" in node:
                        self.assertIs(node["additionalProperties"], False, place)
                for key, below in node.items():
                    walk(below, f"{place}/{key}")
            elif isinstance(node, list):
                for n, below in enumerate(node):
                    walk(below, f"{place}/{n}")
        walk(self.schema, "")

    def test_what_is_no_result_is_refused(self):
        good = copy.deepcopy(self.results["minimal, with limits"])
        del good["strategies"]["second-cloud"]  # what is left is quickly looked at
        del good["provenance"]["config"]["values"][1:]
        good["strategies"]["azure-only"]["curves"]["by_year"].clear()
        good["strategies"]["azure-only"]["distribution"]["quantiles"].clear()
        self.assertEqual(self.errors(good), [])
        mean = ("strategies", "azure-only", "measures", "total_cost", "mean")
        percentile = ("strategies", "azure-only", "measures", "total_cost", "percentiles", 0)
        for path, value in (((*mean, "value"), "NaN"), ((*mean, "value"), "1.5"), ((*mean, "se"), -1.0), ((*mean, "extra"), 1),
                            ((*percentile, "ci"), [1.0]), ((*percentile, "level"), 1.0), (("paths",), 1000), (("extra",), 1),
                            (("provenance", "seed"), 7), (("format",), "hedgerow-results/2"), (("complete",), "yes"),
                            (("limits", 0, "verdict"), "maybe"), (("limits", 0, "at_least"), 1.0), (("strategies",), {}),
                            (("horizon", "start"), "2026"), (("provenance", "config", "values", 0, "origin"), "guessed")):
            bad = copy.deepcopy(good)
            inner = bad
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = value
            self.assertFalse(self.validator.is_valid(bad), path)
        for path in (("precision",), (*mean, "se"), ("market",), ("strategies", "azure-only", "distribution"), ("limits", 0, "at_most")):
            bad = copy.deepcopy(good)
            inner = bad
            for key in path[:-1]:
                inner = inner[key]
            del inner[path[-1]]
            self.assertFalse(self.validator.is_valid(bad), path)


if __name__ == "__main__":
    unittest.main()
