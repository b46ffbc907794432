"""hedgerow fit: an incident log to rates and durations, against a second implementation in this file."""

import csv
import datetime
import math
import os
import shlex
import unittest

from program import MINIMAL, SOURCE, ProgramTest, hedgerow, parse

SAMPLE = os.path.join(SOURCE, "configs", "incidents.csv")
REAL = os.path.join(SOURCE, "..", "shared", "data", "incidents")
HOURS_PER_YEAR = 8760.0


def fit(*arguments, **options):
    """The JSON of a fit that must succeed."""
    done = hedgerow("fit", *arguments, "--format", "json", **options)
    assert done.returncode == 0, done.stderr
    return parse(done.stdout)


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def hours(text):
    text = text.replace("Z", "+00:00")
    return datetime.datetime.fromisoformat(text).timestamp() / 3600.0


def events_of(path, start, end, keep, place, services, minimum, gap):
    """(start, end or None) of each event: postings of one place are sorted and merged by hand."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if keep(row)]
    by_place = {}
    for row in rows:
        by_place.setdefault(row[place], []).append(row)
    events = []
    for group in by_place.values():
        group.sort(key=lambda row: hours(row[start]))
        open_event = None
        for row in group:
            begin, finish = hours(row[start]), hours(row[end]) if row[end] else None
            if open_event and gap is not None and begin <= open_event["reach"] + gap:
                open_event["names"].add(row[services])
            else:
                open_event = {"start": begin, "end": None, "reach": begin, "names": {row[services]}}
                events.append(open_event)
            if finish is not None:
                open_event["end"] = max(finish, open_event["end"] or finish)
                open_event["reach"] = max(open_event["reach"], finish)
    return [(e["start"], e["end"]) for e in events if len(e["names"]) >= minimum]


def lognormal(durations):
    """Mean and standard deviation of the logarithms: the maximum of the likelihood where nothing is censored."""
    logs = [math.log(d) for d in durations]
    mean = sum(logs) / len(logs)
    return mean, math.sqrt(sum((x - mean) ** 2 for x in logs) / len(logs))


class RealLogs(unittest.TestCase):
    """Logs that providers posted. The numbers of the comparison are those of a fit made elsewhere, rounded, on an
    edition of the same logs that has one event more in each: they lie within each other's intervals."""

    def check_against_second_implementation(self, file, options, since, until, published, keep=lambda row: True,
                                            place="regions", minimum=1, gap=0.5):
        path = os.path.join(REAL, file)
        if not os.path.exists(path):
            self.skipTest(f"{path} is not here: real logs are not part of the project")
        found = fit(path, *options, "--from", since, "--until", until)
        window = [hours(since + "T00:00Z"), hours(until + "T00:00Z")]
        events = [e for e in events_of(path, "start_utc", "end_utc", keep, place, "services", minimum, gap)
                  if window[0] <= e[0] < window[1]]
        years = (window[1] - window[0]) / HOURS_PER_YEAR
        self.assertEqual(found["rate"]["events"], len(events))
        self.assertAlmostEqual(found["rate"]["log"]["value"], len(events) / years, places=10)
        mu, sigma = lognormal([end - start for start, end in events if end is not None and end > start])
        law = next(law for law in found["durations"]["laws"] if law["law"] == "lognormal")
        median, spread = law["parameters"]["median"], law["parameters"]["sigma"]
        self.assertAlmostEqual(math.log(median["value"]), mu, places=8)
        self.assertAlmostEqual(spread["value"], sigma, places=8)

        rate, published_mu, published_sigma = published
        lower, upper = found["rate"]["log"]["ci"]
        self.assertTrue(lower < rate < upper)
        self.assertLess(abs(rate / found["rate"]["log"]["value"] - 1.0), 0.055)
        self.assertLess(abs(mu - published_mu), 0.03)
        self.assertLess(abs(sigma - published_sigma), 0.01)

    def test_aws_in_one_region(self):
        self.check_against_second_implementation(
            "aws.csv", ["--provider", "AWS", "--region", "us-east-1", "--minimum-services", "3"], "2017-01-01",
            "2023-01-01", (3.5, 1.565, 0.950), keep=lambda row: row["regions"] == "us-east-1", minimum=3)

    def test_aws_in_any_region(self):
        self.check_against_second_implementation("aws.csv", ["--minimum-services", "3"], "2017-01-01", "2023-01-01",
                                                 (7.0, 1.198, 0.952), minimum=3)

    def test_azure_reviews(self):
        self.check_against_second_implementation("azure.csv", ["--cluster", "none"], "2020-01-01", "2025-01-01",
                                                 (24.6, 1.747, 1.199), gap=None)

    def test_no_real_log_is_too_much(self):
        for file in ("aws.csv", "azure.csv", "gcp.csv", "github.csv"):
            path = os.path.join(REAL, file)
            if not os.path.exists(path):
                self.skipTest(f"{path} is not here: real logs are not part of the project")
            done = hedgerow("fit", path, "--skip-bad-records")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("Before you believe it", done.stdout)


class Sample(ProgramTest):
    """The example log."""

    MAPPED = ["--columns", "start=created_at,end=resolved_at", "--region", "east", "--minimum-services", "2", "--from",
              "2022-01-01", "--until", "2026-01-01"]

    def test_the_sample_by_a_second_implementation(self):
        found = fit(SAMPLE, *self.MAPPED, "--open-end", "unknown")
        events = events_of(SAMPLE, "created_at", "resolved_at", lambda row: row["region"] == "east", "region", "service",
                           2, 0.5)
        self.assertEqual(found["rate"]["events"], len(events))
        mu, sigma = lognormal([end - start for start, end in events if end is not None])
        law = next(law for law in found["durations"]["laws"] if law["law"] == "lognormal")
        self.assertAlmostEqual(math.log(law["parameters"]["median"]["value"]), mu, places=8)
        self.assertAlmostEqual(law["parameters"]["sigma"]["value"], sigma, places=8)
        self.assertEqual(found["durations"]["unknown_end"], 1)

    def test_columns_of_usual_names_need_no_mapping(self):
        plain, mapped = fit(SAMPLE), fit(SAMPLE, "--columns", "start=created_at,end=resolved_at,severity=severity")
        self.assertEqual(plain["rate"], mapped["rate"])
        self.assertEqual(plain["durations"], mapped["durations"])

    def test_the_command_in_the_fragment_gives_the_fragment(self):
        odd = self.file("o'dd name.csv", text_of(SAMPLE))
        for posterior in ((), ("--posterior",)):
            done = hedgerow("fit", odd, "--format", "yaml", "--region", "east", "--applies", "50%", "--until", "2026-01-01",
                            *posterior)
            self.assertEqual(done.returncode, 0, done.stderr)
            command = done.stdout.splitlines()[0].removeprefix("# hedgerow ")
            again = hedgerow(*shlex.split(command), "--format", "yaml")
            self.assertEqual(again.stdout, done.stdout)

    def test_the_same_question_has_the_same_answer(self):
        self.assertEqual(hedgerow("fit", SAMPLE).stdout, hedgerow("fit", SAMPLE).stdout)
        self.assertEqual(fit("-", stdin=text_of(SAMPLE))["rate"], fit(SAMPLE)["rate"])

    def test_files_and_standard_output(self):
        yaml, numbers = self.path("outages.yaml"), self.path("fit.json")
        done = hedgerow("fit", SAMPLE, "-o", yaml, "-o", numbers)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("outages:", done.stdout)
        self.assertNotIn("\033", done.stdout)
        fragment = text_of(yaml)
        self.assertIn("\noutages:\n", fragment)
        self.assertEqual(parse(text_of(numbers))["fragment"], fragment)
        self.assertIn("\noutages:\n", hedgerow("fit", SAMPLE).stdout)

    def test_a_pasted_fragment_is_checked_with_its_mean(self):
        found = fit(SAMPLE, *self.MAPPED)
        indented = "".join(f"        {line}\n" for line in found["fragment"].splitlines())
        lines = text_of(MINIMAL).splitlines()
        at = next(i for i, line in enumerate(lines) if line.strip().startswith("east: {outages:"))
        lines[at:at + 1] = ["      east:", indented]
        config = self.file("mine.yaml", "\n".join(lines) + "\n")
        done = hedgerow("check", config, "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        checked = parse(done.stdout)
        chosen = next(law for law in found["durations"]["laws"] if law["chosen"])
        implied = next(d for d in checked["outage_durations"] if d["entity"] == "region:azure.east")
        self.assertAlmostEqual(implied["mean_hours"] / chosen["mean_hours"], 1.0, places=4)
        self.assertAlmostEqual(implied["p99_hours"] / chosen["p99_hours"], 1.0, places=4)
        sources = {value["path"]: value["source"] for value in checked["values"]}
        self.assertIn("hedgerow fit", sources["providers.azure.regions.east.outages.rate"])

    def test_thinning(self):
        all_of_it, fifth = fit(SAMPLE), fit(SAMPLE, "--applies", "20%")
        self.assertAlmostEqual(fifth["rate"]["most_likely"], 0.2 * all_of_it["rate"]["most_likely"])
        self.assertEqual(fifth["durations"], all_of_it["durations"])
        self.assertIn("applies_assumed", [doubt["code"] for doubt in all_of_it["doubts"]])
        self.assertNotIn("applies_assumed", [doubt["code"] for doubt in fifth["doubts"]])


class Refusals(ProgramTest):
    def refused(self, code, words, *arguments, **options):
        done = hedgerow("fit", *arguments, **options)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(words, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_mistakes_in_the_command(self):
        self.refused(2, "did you mean --region", SAMPLE, "--regoin", "east")
        self.refused(2, "did you mean start?", SAMPLE, "--columns", "strat=created_at")
        self.refused(2, "did you mean east?", SAMPLE, "--region", "eats")
        self.refused(2, "above 0", SAMPLE, "--applies", "0")
        self.refused(2, "above 0", SAMPLE, "--applies", "120%")
        self.refused(2, "2025-01-01", SAMPLE, "--from", "yesterday")
        self.refused(2, "a day at least", SAMPLE, "--from", "2025-01-01", "--until", "2025-01-01")
        self.refused(2, "needs its unit", SAMPLE, "--cluster", "3")
        self.refused(2, "auto, ongoing, unknown", SAMPLE, "--open-end", "maybe")
        self.refused(2, "table, json, yaml", SAMPLE, "--format", "xml")
        self.refused(2, "required", "--format", "json")

    def test_bad_data(self):
        bad = self.file("bad.csv", "start,end\n2025-01-01T00:00Z,x\n2025-01-01T00:00Z\n")
        self.refused(3, f"{bad}:2:19: error: 'x' is no time", bad)
        self.refused(3, f"{bad}:3:1: error: has 1 fields", bad)
        self.refused(3, "there is no column opened", SAMPLE, "--columns", "start=opened")
        self.refused(3, "<stdin>:1:1: error: the log is empty", "-", stdin="")

    def test_files_that_cannot_be_read_or_written(self):
        self.refused(4, "cannot read", self.path("none.csv"))
        self.refused(4, "cannot read", self.folder)
        self.refused(4, "", SAMPLE, "-o", self.path("no/such/folder.yaml"))
        log = self.file("log.csv", "start\n2025-01-01\n")
        self.refused(2, "overwrite", log, "-o", log)
        one = self.path("one.yaml")
        self.refused(2, "overwrite", log, "-o", one, "-o", one)


if __name__ == "__main__":
    unittest.main()
