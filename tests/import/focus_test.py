"""hedgerow import focus: sums against pandas and decimal arithmetic, what real files do, and the config that comes out."""

import csv
import gzip
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from decimal import Decimal

import pandas
import yaml

sys.path[:0] = [os.path.join(os.environ["HEDGEROW_SOURCE"], "tests", "cli"), os.path.dirname(os.path.abspath(__file__))]
import make_export  # noqa: E402
from program import PROGRAM, SOURCE, ProgramTest, hedgerow, parse  # noqa: E402

SHARED = os.path.normpath(os.path.join(SOURCE, "..", "shared", "data", "focus"))
OFFICIAL = os.path.join(SHARED, "focus_1.0_sample_1000.csv")
NULLS = ["NULL", "null", "Null", "None", "NaN", "\\N", ""]
MINIMUM = "BilledCost,EffectiveCost,ListCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ProviderName,RegionId,ServiceCategory"


def row(billed="1", effective="1", listed="1", currency="USD", month="2025-01-01T00:00:00Z", start="2025-01-01T00:00:00Z",
        end="2025-02-01T00:00:00Z", category="Usage", provider="P", region="r", service="Compute"):
    return ",".join([billed, effective, listed, currency, month, start, end, category, provider, region, service])


def imported(path, *arguments, **options):
    done = hedgerow("import", "focus", path, "--format", "json", *arguments, **options)
    assert done.returncode == 0, done.stderr
    return parse(done.stdout)


def repairs(document):
    return {repair["kind"]: repair["count"] for repair in document["repairs"]}


class FocusTest(ProgramTest):
    def export(self, *rows, header=MINIMUM, name="bill.csv", end="\n"):
        return self.file(name, end.join([header, *rows]) + end)

    def refused(self, path, *expected, arguments=(), code=3):
        done = hedgerow("import", "focus", path, *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        for text in expected:
            self.assertIn(text, done.stderr)


def with_pandas(path):
    """The cube and the commitments of an export, by another reader and another arithmetic."""
    table = pandas.read_csv(path, dtype=str, keep_default_na=False)
    for column in ("BilledCost", "EffectiveCost", "ListCost"):
        table[column] = table[column].map(lambda text: Decimal(0) if text in NULLS else Decimal(text))
    table = table.apply(lambda column: column.map(lambda text: "" if isinstance(text, str) and text in NULLS else text))
    table["region"] = table.RegionId.where(table.RegionId != "", table.get("RegionName", table.RegionId))
    table["month"] = table.BillingPeriodStart.str[:7]
    cube = {}
    for key, rows in table.groupby(["ProviderName", "region", "ServiceCategory", "month"]):
        cube[key] = tuple(sum(rows[c], Decimal(0)) for c in ("BilledCost", "EffectiveCost", "ListCost")) + (len(rows),)
    committed = {}
    for key, rows in table[table.CommitmentDiscountId != ""].groupby("CommitmentDiscountId"):
        used = rows.CommitmentDiscountStatus != "Unused"
        committed[key] = (sum(rows.EffectiveCost[used], Decimal(0)), sum(rows.EffectiveCost[~used], Decimal(0)))
    return cube, committed


def as_decimals(document):
    cube = {(g["provider"], g["region"], g["category"], g["month"]): (Decimal(g["billed"]), Decimal(g["effective"]), Decimal(g["list"]), g["rows"])
            for g in document["groups"]}
    return cube, {c["id"]: (Decimal(c["used"]), Decimal(c["unused"])) for c in document["commitments"]}


def memory_and_answer(path):
    """Peak resident memory [KiB] once the program has read all but what a pipe holds, and its answer."""
    with subprocess.Popen([PROGRAM, "import", "focus", "-", "--format", "json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        with open(path, "rb") as source:
            shutil.copyfileobj(source, run.stdin)
        run.stdin.flush()
        with open(f"/proc/{run.pid}/status", encoding="ascii") as status:
            peak = int(re.search(r"VmHWM:\s*(\d+) kB", status.read())[1])
        answer, _ = run.communicate()
    assert run.returncode == 0
    return peak, json.loads(answer)


class Sums(FocusTest):
    def big(self, count, name="big.csv"):
        path = self.path(name)
        with (gzip.open(path, "wb", compresslevel=1) if name.endswith(".gz") else open(path, "wb")) as out:
            make_export.write(count, out)
        return path

    def test_sums_are_those_of_pandas_to_the_last_digit(self):
        path = self.big(make_export.BLOCK)
        document = imported(path, "--strict")
        cube, committed = with_pandas(path)
        found, uses = as_decimals(document)
        self.assertGreater(len(cube), 90)
        self.assertEqual(found, cube)
        self.assertEqual(uses, committed)
        self.assertEqual(len(committed), 5)
        total = document["currencies"]["EUR"]["total"]
        self.assertEqual(Decimal(total["billed"]), sum(value[0] for value in cube.values()))
        for side, position in (("providers", 0), ("months", 3)):
            for line in document["currencies"]["EUR"][side]:
                expected = sum(value[1] for key, value in cube.items() if key[position] == line["name"])
                self.assertEqual(Decimal(line["effective"]), expected)

    @unittest.skipIf("HEDGEROW_SANITIZED" in os.environ, "sanitizers have memory of their own")
    def test_two_hundred_thousand_rows_take_no_more_memory_than_ten_thousand(self):
        """Exact: the big export is the block twenty times over. Packed, through a pipe."""
        small, big = self.big(make_export.BLOCK, "small.csv.gz"), self.big(20 * make_export.BLOCK, "big.csv.gz")
        (rss_small, one), (rss_big, twenty) = (memory_and_answer(path) for path in (small, big))
        self.assertEqual(twenty["rows"], 200_000)
        for column in ("billed", "effective", "list"):
            total = [Decimal(document["currencies"]["EUR"]["total"][column]) for document in (one, twenty)]
            self.assertEqual(total[1], 20 * total[0])
        self.assertLess(rss_big, rss_small + 1024)  # [KiB]
        self.assertLess(rss_big, 64 * 1024)


class Tolerance(FocusTest):
    def test_each_repair_is_counted_placed_and_refused_when_strict(self):
        cases = {
            "null_as_text": row(region="NULL"),
            "date_iso_like": row(month="2025-01-01 00:00:00"),
            "date_month_day_year": row(month="1/1/25"),
            "money_as_written": row(billed='"$10,100.00 "'),
            "blanks_around": row(provider=" P "),
            "currency_case": row(currency="usd"),
            "value_missing": row(service=""),
            "period_unreadable": row(start="soon"),
        }
        for kind, bad in cases.items():
            with self.subTest(kind):
                path = self.export(row(), bad, bad)
                document = imported(path)
                self.assertEqual(repairs(document), {kind: 2})
                self.assertEqual(document["repairs"][0]["first"]["line"], 3)
                self.refused(path, "bill.csv:3:", "without --strict", arguments=["--strict"])
        money = imported(self.export(row(billed='"$10,100.00 "')))
        self.assertEqual(money["currencies"]["USD"]["total"]["billed"], "10100")

    def test_headers_of_real_files(self):
        header = MINIMUM.replace("RegionId", "regionid") + ",Id,x_Mine"
        path = self.export(row() + ",7,8", header="\ufeff" + header)
        self.assertEqual(repairs(imported(path)), {"column_case": 1, "column_unknown": 1})
        self.refused(path, ":1:", "`Id`", "`regionid`", arguments=["--strict"])
        no_list = self.export(",".join(row().split(",")[:2] + row().split(",")[3:]), header=MINIMUM.replace("ListCost,", ""))
        self.assertEqual(repairs(imported(no_list)), {"column_missing": 1})
        self.assertIn("discount: FILL_IN", hedgerow("import", "focus", no_list, "-o", "-").stdout)

    def test_what_is_not_wrong_is_no_repair(self):
        path = self.export(row(), row(billed="-5.25"), row(region=""), row(category="Tax"), end="\r\n")
        document = imported(path, "--strict")
        self.assertEqual(document["repairs"], [])
        self.assertEqual(document["as_it_was"]["negative_rows"], 1)
        self.assertEqual(document["as_it_was"]["rows_without_region"], 1)
        self.assertEqual(document["currencies"]["USD"]["total"]["billed"], "-2.25")

    def test_rows_that_cannot_be_used_are_all_told(self):
        path = self.export(row(), row(billed="much"), row(effective=""), row(currency="dollars"), row(month="31/12/2024"), "1,2", row(billed="1,23"))
        self.refused(path, "bill.csv:3:1: error: BilledCost is `much` (must be a number", "bill.csv:4:3: error: EffectiveCost is empty",
                     "bill.csv:5:7: error: BillingCurrency is `dollars`", "bill.csv:6:11: error: BillingPeriodStart is `31/12/2024`",
                     "bill.csv:7:1: error: the record has 2 fields (the header names 11)", "bill.csv:8:1: error: the record has 12 fields")

    def test_files_that_are_no_export(self):
        self.refused(self.file("a.csv", ""), "the file is empty")
        self.refused(self.export(), "the export has no rows")
        self.refused(self.file("b.csv", "a,b\n1,2\n"), "the column BilledCost is missing", "the column ProviderName is missing")
        self.refused(self.export(row(), header=MINIMUM.replace("ListCost", "BilledCost")), "the column BilledCost is there twice")
        self.refused(self.path("nowhere.csv"), "nowhere.csv", code=4)
        self.refused(self.folder, code=4)
        with open(self.path("cut.csv.gz"), "wb") as out:
            out.write(gzip.compress(self.export(row()).encode())[:-4])
        self.refused(self.path("cut.csv.gz"), "cut.csv.gz: error: the packed data end too early")

    def test_a_missing_billing_period_is_that_of_the_charge(self):
        document = imported(self.export(row(month="", start="2025-03-02T00:00:00Z", end="2025-03-05T00:00:00Z")))
        self.assertEqual(repairs(document), {"value_missing": 1})
        self.assertEqual([line["name"] for line in document["currencies"]["USD"]["months"]], ["2025-03"])


class Currencies(FocusTest):
    def test_currencies_are_never_added_up(self):
        path = self.export(row(), row(currency="EUR", billed="2"), row(currency="EUR", billed="3"))
        document = imported(path)
        self.assertEqual({name: c["total"]["billed"] for name, c in document["currencies"].items()}, {"EUR": "5", "USD": "1"})
        self.refused(path, "the bill is in EUR, USD", arguments=["-o", "-"], code=2)
        self.refused(path, "--currency is GBP", arguments=["-o", "-", "--currency", "GBP"], code=2)
        self.assertIn("currency: EUR", hedgerow("import", "focus", path, "-o", "-", "--currency", "EUR").stdout)


class Versions(FocusTest):
    def test_the_version_is_told_by_the_columns(self):
        for column, version in (("Tags", "1.0"), ("SkuMeter", "1.1"), ("InvoiceId", "1.2"), ("AllocatedTags", "1.3")):
            self.assertEqual(imported(self.export(row() + ",", header=MINIMUM + "," + column))["focus_version"], version)

    def test_focus_1_3_names_who_serves_and_who_hosts(self):
        header = MINIMUM.replace("ProviderName", "ServiceProviderName") + ",HostProviderName"
        path = self.export(row(provider="Saas") + ",Cloud", row(provider="Cloud") + ",Cloud", header=header)
        euros = imported(path)["currencies"]["USD"]
        self.assertEqual({p["name"] for p in euros["providers"]}, {"Saas", "Cloud"})
        self.assertEqual([(h["name"], h["rows"]) for h in euros["hosts"]], [("Cloud", 2)])

    def test_contract_commitments_and_what_counts_towards_them(self):
        applied = '"{""Elements"":[{""ContractId"":""K"",""ContractCommitmentId"":""CC"",""ContractCommitmentAppliedCost"":%s}]}"'
        bill = self.export(row() + "," + applied % "0.1", row() + "," + applied % "0.2", row() + ",", header=MINIMUM + ",ContractApplied")
        dataset = self.file("contracts.csv", "ContractCommitmentId,ContractCommitmentType,ContractCommitmentCategory,ContractCommitmentCost,ContractCommitmentPeriodStart,"
                            "ContractCommitmentPeriodEnd,ContractId,BillingCurrency\nCC,Minimum Spend,Spend,3650,2025-01-01T00:00:00Z,2026-01-01T00:00:00Z,K,USD\n")
        use, = imported(bill, "--contracts", dataset)["contracts"]
        self.assertEqual((use["id"], use["provider"], use["applied"], use["committed"]), ("CC", "P", "0.3", "3650"))
        self.assertAlmostEqual(use["part_of_period"], 31 / 365)
        contract = yaml.safe_load(hedgerow("import", "focus", bill, "--contracts", dataset, "-o", "-").stdout)["strategies"]["as-billed"]["contracts"]["p"]
        self.assertEqual((contract["term"], contract["start"]), ("12mo", "2025-01"))
        self.assertAlmostEqual(float(contract["commitment"]["value"].split()[0]), 3650, delta=0.1)
        self.refused(self.export(row() + ",oops", header=MINIMUM + ",ContractApplied"), "ContractApplied is `oops`")


def filled(skeleton):
    """The skeleton with an answer in each gap, as its reader would give them."""
    answers = {"outages": "{rate: 3/yr, duration: {lognormal: {median: 2h, sigma: 1.2}}}", "normal": "1 units/yr", "revenue_at_risk": "5 {c}/h",
               "mode": "fixed", "term": "36mo", "start": "2025-01", "notice": "6mo", "discount": "10%", "commitment": "0 {c}/yr", "demand": "1 units"}
    currency = re.search(r"^currency: (\w+)", skeleton, re.M)[1]
    return re.sub(r"(\w+): FILL_IN", lambda gap: f"{gap[1]}: {answers[gap[1]].replace('{c}', currency)}", skeleton)


class Skeleton(FocusTest):
    def skeleton_of(self, path, *arguments):
        target = self.path("skeleton.yaml")
        done = hedgerow("import", "focus", path, "-o", target, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(target, encoding="utf-8") as text:
            return text.read()

    def gaps_are_all_that_is_wrong(self, skeleton):
        """check names each gap once, with its place, and nothing else."""
        path = self.file("gaps.yaml", skeleton)
        done = hedgerow("check", path)
        self.assertEqual(done.returncode, 2)
        lines = skeleton.split("\n")
        gaps = [(number, line.split("#")[0].index("FILL_IN") + 1) for number, line in enumerate(lines, 1) if "FILL_IN" in line.split("#")[0]]
        found = [(int(m[1]), int(m[2])) for m in re.finditer(r"^.*gaps\.yaml:(\d+):(\d+): error", done.stderr, re.M)]
        self.assertEqual(found, gaps)
        self.assertGreater(len(gaps), 2)

    def test_check_names_the_gaps_and_a_filled_skeleton_runs(self):
        path = self.path("bill.csv")
        with open(path, "wb") as out:
            make_export.write(make_export.BLOCK, out)
        skeleton = self.skeleton_of(path)
        self.gaps_are_all_that_is_wrong(skeleton)
        config = self.file("filled.yaml", filled(skeleton))
        done = hedgerow("run", config, "--paths", "200", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.spend_is_that_of_the_bill(path, config)

    def spend_is_that_of_the_bill(self, path, config):
        """Placement, demand and discount bring the bill back: list cost of usage an hour, provider by provider, less what it was cheaper."""
        table = pandas.read_csv(path, dtype=str, keep_default_na=False)
        usage = table[table.CommitmentDiscountStatus != "Unused"]
        with open(config, encoding="utf-8") as text:
            study = yaml.safe_load(text)
        hours = (pandas.to_datetime(table.ChargePeriodEnd).max() - pandas.to_datetime(table.ChargePeriodStart).min()).total_seconds() / 3600
        number = lambda text: float(str(text).split()[0].rstrip("%"))
        choices = study["strategies"]["as-billed"]
        for original, name in (("Northcloud", "northcloud"), ("Südwolke", "s-dwolke"), ("Easthost, Inc.", "easthost-inc")):
            listed = usage[usage.ProviderName == original].ListCost.astype(float).sum() / hours
            placed = sum(number(workload["demand"]["value"]) * number(share["value"]) / 100 for key, workload in study["workloads"].items()
                         for location, share in choices[key]["placement"].items() if location.startswith(name + "."))
            self.assertLess(abs(placed / listed - 1), 0.01)
            effective = usage[usage.ProviderName == original].EffectiveCost.astype(float).sum() / hours
            self.assertAlmostEqual(number(choices["contracts"][name]["discount"]["value"]), 100 * (1 - effective / listed), delta=0.051)
            committed = table[(table.ProviderName == original) & (table.CommitmentDiscountId != "")].EffectiveCost.astype(float).sum()
            if "commitment" in choices["contracts"][name]:
                self.assertGreater(committed, 0)

    def test_a_column_can_say_what_a_workload_is(self):
        header = MINIMUM + ",x_Team"
        path = self.export(row() + ",red", row() + ",blue", row() + ",contracts", header=header)
        self.assertEqual(set(yaml.safe_load(self.skeleton_of(path, "--workloads", "x_Team"))["workloads"]), {"red", "blue", "contracts-2"})
        self.refused(path, "there is no column `x_team`", "did you mean x_Team?", arguments=["--workloads", "x_team"])

    def test_small_parts_are_joined_and_small_providers_left_out_and_told(self):
        rows = [row(region=f"r{i}", listed="3") for i in range(33)] + [row(provider="Tiny", listed="0.5"), row(region="big", listed="900")]
        skeleton = self.skeleton_of(self.export(*rows))
        self.assertIn("# Left out, 0.1 % of the spend: Tiny", skeleton)
        self.assertEqual(set(yaml.safe_load(skeleton)["providers"]["p"]["regions"]), {"big", "other"})

    def test_names_cannot_break_the_config(self):
        nasty = ['"a: {b}\n# c"', '"x"" y"', "contracts", "null", "true", "industry", "\x1b[31mred", "名前", "-", "a.b"]
        rows = [row(provider=p, region=r, service=s) for p, r, s in zip(nasty, reversed(nasty), nasty)]
        path = self.export(*rows)
        self.gaps_are_all_that_is_wrong(self.skeleton_of(path))
        done = hedgerow("check", self.file("filled.yaml", filled(self.skeleton_of(path))))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("\x1b", hedgerow("import", "focus", path).stdout + self.skeleton_of(path))

    def test_numbers_that_no_config_takes_are_gaps(self):
        """A hundred trillion in a second; a region that YAML would take for nothing (both found by fuzzing)."""
        skeleton = self.skeleton_of(self.export(row(listed="1e14", end="2025-01-01T00:00:01Z", region="null!")))
        self.assertIn("demand: FILL_IN", skeleton)
        self.assertRegex(skeleton, r"\n      null-2: +# null!\n        outages: FILL_IN\n")
        self.gaps_are_all_that_is_wrong(skeleton)

    def test_a_bill_of_refunds_gives_no_config(self):
        self.refused(self.export(row("-1", "-1", "-1")), "no positive cost in USD", arguments=["-o", "-"])

    def test_outputs_and_options(self):
        path = self.export(row())
        self.refused(path, "cannot both go to standard output", arguments=["-o", "-", "--format", "json"], code=2)
        self.refused(path, "would overwrite", arguments=["-o", path], code=2)
        self.refused(path, "unknown option --strickt (did you mean --strict?)", arguments=["--strickt"], code=2)
        self.assertIn("did you mean focus?", hedgerow("import", "fokus", path).stderr)
        self.assertIn("EXPORT.csv", hedgerow("import", "focus", "--help").stdout)
        self.refused(path, arguments=["-o", self.path("no/such/folder.yaml")], code=4)


@unittest.skipUnless(os.path.isfile(OFFICIAL), f"the official FOCUS samples are not at {SHARED}")
class Official(FocusTest):
    def test_totals_of_the_official_sample(self):
        document = imported(OFFICIAL)
        total = document["currencies"]["USD"]["total"]
        self.assertEqual((f"{Decimal(total['billed']):.2f}", f"{Decimal(total['effective']):.2f}"), ("20.52", "14.98"))
        self.assertEqual(as_decimals(document)[0], with_pandas(OFFICIAL)[0])
        self.assertEqual(document["as_it_was"]["negative_rows"], 13)
        self.assertEqual(repairs(document)["column_unknown"], 1)
        table = hedgerow("import", "focus", OFFICIAL).stdout
        self.assertRegex(table, r"total +20\.52 +14\.98 ")
        self.assertEqual(hedgerow("import", "focus", OFFICIAL, "--strict").returncode, 3)

    def test_its_skeleton(self):
        skeleton = hedgerow("import", "focus", OFFICIAL, "-o", "-").stdout
        done = hedgerow("run", self.file("filled.yaml", filled(skeleton)), "--paths", "200")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_examples_of_the_specification(self):
        """Those with a provider are read; those without are refused for that."""
        read = 0
        folder = os.path.join(SHARED, "spec-1.2-examples")
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8-sig") as text:
                rows = list(csv.DictReader(line for line in io.StringIO(text.read()) if line.strip()))
            if "ProviderName" not in rows[0]:
                self.refused(path, "the column ProviderName is missing")
                continue
            document = imported(path)
            billed = sum(Decimal(re.sub("[$, ]", "", r["BilledCost"])) for r in rows)
            self.assertEqual(Decimal(document["currencies"]["USD"]["total"]["billed"]), billed, name)
            read += 1
        self.assertGreater(read, 10)

    def test_excerpts_of_1_3(self):
        document = imported(os.path.join(SHARED, "focus_1.3_header_synthetic_sample.csv"), "--contracts",
                            os.path.join(SHARED, "focus_1.3_contractcommitment_aws_sample.csv"))
        self.assertEqual(document["focus_version"], "1.3")
        contracts = {c["id"]: c for c in document["contracts"]}
        self.assertEqual(contracts["CC-MACC-STORAGE-0002"]["applied"], "124.615632816")
        self.assertEqual(contracts["CC-EA-SPEND-0001"]["committed"], "250000")


if __name__ == "__main__":
    unittest.main()
