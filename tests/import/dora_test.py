"""hedgerow import dora: who hangs on whom, against joins in pandas; what is broken; and the config that comes out."""

import io
import os
import re
import sys
import unittest
import zipfile

import pandas
import yaml

sys.path[:0] = [os.path.join(os.environ["HEDGEROW_SOURCE"], "tests", "cli"), os.path.dirname(os.path.abspath(__file__))]
from make_register import NAME, TABLES, write_folder, write_zip  # noqa: E402
from program import SOURCE, ProgramTest, hedgerow, parse  # noqa: E402

SYNTHETIC = os.path.normpath(os.path.join(SOURCE, "..", "shared", "data", "dora", "synthetic"))


def imported(package, *arguments):
    done = hedgerow("import", "dora", package, "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    return parse(done.stdout)


def changed(table, *pairs):
    """TABLES with `old` replaced by `new` in one table; both must be there to replace."""
    text = TABLES[table]
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return {**TABLES, table: text}


class DoraTest(ProgramTest):
    def package(self, tables=None):
        return write_folder(self.folder, tables)

    def refused(self, package, *expected, arguments=(), code=3):
        done = hedgerow("import", "dora", package, *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        for text in expected:
            self.assertIn(text, done.stderr)


def with_pandas():
    """Groups and findings by joins over the tables."""
    table = {name: pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False) for name, text in TABLES.items()}
    uses, providers, functions, links, found = (table[f"b_{n}.csv"] for n in ("02.02", "05.01", "06.01", "05.02", "07.01"))
    critical = set(functions[functions.c0050 == "eba_BT:x28"].c0010)
    parent = dict(zip(providers.c0010, providers.c0110))
    uses = uses.assign(group=uses.c0030.map(parent), critical=uses.c0050.isin(critical))
    chains = links[links.c0050.astype(int) > 1].merge(uses[uses.critical][["c0010", "c0050"]].drop_duplicates(), on="c0010", suffixes=("", "_function"))
    chains = chains.assign(group=chains.c0030.map(parent))
    groups = {}
    for group in set(parent.values()):
        mine = uses[uses.group == group]
        direct = set(mine[mine.critical].c0050)
        groups[group] = (set(mine.c0010), direct, set(chains[chains.group == group].c0050_function) - direct)
    hard = found.merge(uses[uses.critical], left_on=["c0010", "c0020"], right_on=["c0010", "c0030"], suffixes=("", "_use"))
    hard = hard[hard.c0050.isin(["eba_ZZ:x959", "eba_ZZ:x960", "eba_ZZ:x961"])]
    return groups, {(r.c0010, r.c0020) for r in hard.itertuples()}, {(r.c0010, r.c0030, int(r.c0050)) for r in chains.itertuples()}


class Concentration(DoraTest):
    def test_groups_chains_and_findings_are_those_of_joins(self):
        document = imported(self.package(), "--rate", "USD=0.9")
        names = {"F1": "Payments", "F2": "Lending", "F3": "Newsletter"}
        groups, hard, chains = with_pandas()
        found = {g["parent"]: (set(g["arrangements"]), set(g["critical_functions"]), set(g["critical_functions_through_others"])) for g in document["groups"]}
        named = lambda ids: {names[i] for i in ids}
        self.assertEqual(found, {parent: (arrangements, named(direct), named(through)) for parent, (arrangements, direct, through) in groups.items()})
        article = document["article_29"]
        self.assertEqual({(h["arrangement"], h["provider"]) for h in article["1a_not_easily_substitutable"]}, hard)
        self.assertEqual({(s["arrangement"], s["provider"], s["rank"]) for s in article["2_subcontracting"]}, chains)

    def test_by_hand(self):
        """HOLDING: 1.8 M EUR of 2.16 M; Payments and Lending. GAMMA: 0.36 M; Lending. DELTA: Payments, through BETA."""
        document = imported(self.package(), "--rate", "USD=0.9")
        self.assertEqual([g["parent"] for g in document["groups"]], ["HOLDING", "GAMMA", "DELTA"])
        cost = [1.8 / 2.16, 0.36 / 2.16]
        concentration = document["concentration"]
        self.assertAlmostEqual(concentration["by_cost"]["herfindahl"], sum(c * c for c in cost))
        self.assertAlmostEqual(concentration["by_critical_function"]["herfindahl"], (4 + 1) / 9)
        self.assertEqual(concentration["critical_functions"], 2)
        several, = document["article_29"]["1b_several_arrangements"]
        self.assertEqual((several["group"], several["arrangements"], several["through_subcontracting"]), ("HOLDING", ["K-1", "K-2"], ["K-3"]))
        self.assertEqual({(t["arrangement"], *t["countries"]) for t in document["article_29"]["2_third_countries"]}, {("K-2", "US"), ("K-3", "US")})
        self.assertEqual({(w["arrangement"], w["function"]) for w in document["without_exit_plan"]}, {("K-1", "Payments"), ("K-1", "Lending")})
        holding = document["groups"][0]
        self.assertEqual((holding["substitutability"], holding["exit_plan"], holding["first_end"], holding["provider_notice_days"]),
                         ("not substitutable", "no", "2026-12-31", 60))
        payments = next(f for f in document["functions"] if f["name"] == "Payments")
        self.assertEqual((payments["critical"], payments["recovery_time_hours"], payments["impact"]), ("yes", 4, "high"))
        self.assertEqual([r["reliance"] for r in payments["leans_on"]], ["full reliance", "material reliance"])
        self.assertEqual(document["doubts"], [])

    def test_without_a_rate_costs_are_not_compared(self):
        document = imported(self.package())
        self.assertIsNone(document["concentration"]["by_cost"])
        self.assertEqual(document["concentration"]["currencies_without_rate"], ["USD"])
        self.assertIn("give --rate USD=", hedgerow("import", "dora", self.package()).stdout)
        self.refused(self.package(), "--rate is USD (must be as USD=0.92)", arguments=["--rate", "USD"], code=2)
        self.refused(self.package(), "--rate is USD=0", arguments=["--rate", "USD=0"], code=2)

    def test_a_zip_says_what_its_folder_says(self):
        of_folder, of_zip = (imported(write(self.folder), "--rate", "USD=0.9", "--strict") for write in (write_folder, write_zip))
        for document in (of_folder, of_zip):
            del document["package"]
        self.assertEqual(of_zip, of_folder)


class Broken(DoraTest):
    def test_values_that_cannot_be_used_are_told_with_their_place(self):
        for table, old, new, message in [
                ("b_07.01.csv", "eba_ZZ:x959", "eba_ZZ:x999", "c0050 is `eba_ZZ:x999` (must be one of eba_ZZ:x959 (not substitutable)"),
                ("b_02.02.csv", "2027-02-28", "28.02.2027", "c0080 is `28.02.2027` (must be a date such as 2026-12-31)"),
                ("b_05.02.csv", ",2,BETA", ",0,BETA", "c0050 is `0` (must be a whole number from 1 on)"),
                ("b_02.01.csv", "1000000", "a lot", "c0050 is `a lot` (must be a number"),
                ("b_05.01.csv", "eba_CU:USD", "eba_CU:DOLLAR", "must be eba_CU: and 3 capital letters"),
                ("parameters.csv", "iso4217:EUR", "iso4217:euro", "value is `iso4217:euro` (must be a currency such as iso4217:EUR)"),
                ("b_06.01.csv", ",4,1,", ",-4,1,", "c0080 is `-4` (must be at least 0)")]:
            with self.subTest(new):
                tables = changed(table, (old, new))
                before = tables[table][:tables[table].index(new) + new.startswith(",")]
                place = f"{table}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}: error"
                self.refused(self.package(tables), place, message)
        self.refused(self.package(changed("b_02.02.csv", ("c0050", "c0055"))), "b_02.02.csv:1:1: error: the column c0050 is missing")

    def test_what_can_be_mended_is_counted_and_refused_when_strict(self):
        for table, old, new, kind in [("b_07.01.csv", "eba_ZZ:x959", "x959", "code_unprefixed"),
                                      ("b_05.01.csv", "eba_GA:SE", "SE", "code_unprefixed"),
                                      ("b_02.01.csv", "1000000", '"1,000,000"', "money_as_written"),
                                      ("b_02.02.csv", "2025-03-01", "3/1/25", "date_month_day_year"),
                                      ("b_02.02.csv", "K-2,E1,BETA", "K-9,E1,BETA", "reference_dangling"),
                                      ("b_05.01.csv", "DELTA,", "EPSILON,", "reference_dangling")]:
            with self.subTest(new):
                package = self.package(changed(table, (old, new)))
                document = imported(package)
                self.assertIn(kind, [r["kind"] for r in document["repairs"]])
                self.assertEqual(bool(document["doubts"]), kind == "reference_dangling")
                self.refused(package, "without --strict", arguments=["--strict"])

    def test_what_does_not_fit_together_is_doubted(self):
        self.assertIn("the arrangements of Alpha Cloud add up to 1 200 000.00 EUR, B_05.01 says 2 200 000.00",
                      imported(self.package(changed("b_05.01.csv", ("1200000", "2200000"))))["doubts"])
        for table in ("b_07.01.csv", "b_05.02.csv", "b_06.01.csv", "b_02.01.csv", "parameters.csv"):
            with self.subTest(table):
                rest = {name: text for name, text in TABLES.items() if name != table}
                document = imported(write_zip(self.folder, rest))
                self.assertEqual(len([d for d in document["doubts"] if table in d]), 1)

    def test_what_is_no_package(self):
        self.refused(self.folder, "the package holds no b_02.02.csv")
        self.refused(self.file("a.zip", "not a zip"), "the ZIP file cannot be read")
        self.refused(self.path("nowhere"), "nowhere", code=4)
        os.makedirs(self.path("two/copy"))
        for copy in ("two", "two/copy"):
            self.file(f"{copy}/b_02.02.csv", TABLES["b_02.02.csv"])
        self.refused(self.path("two"), "each table must be there once")

    def test_damaged_zips(self):
        """Cut off, and with one digit of a cost changed, which the checksum alone can tell."""
        with open(write_zip(self.folder, compression=zipfile.ZIP_STORED), "rb") as source:
            whole = source.read()
        self.assertEqual(whole.count(b"1000000"), 1)
        for damage in (whole[:len(whole) // 2], whole.replace(b"1000000", b"9000000")):
            with open(self.path("damaged.zip"), "wb") as out:
                out.write(damage)
            self.refused(self.path("damaged.zip"), "the ZIP file cannot be read")

    def test_a_zip_that_unpacks_without_end_is_cut_off(self):
        """Sixty-four MiB without a comma: given up at the limit of a field."""
        path = self.path("bomb.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
            with out.open("b_02.02.csv", "w", force_zip64=True) as entry:
                for _ in range(64):
                    entry.write(b"x" * (1 << 20))
            out.writestr("b_05.01.csv", TABLES["b_05.01.csv"])
        self.refused(path, "b_02.02.csv:1:1: error")


class Skeleton(DoraTest):
    ANSWERS = {"outages": "{rate: 3/yr, duration: {lognormal: {median: 2h, sigma: 1.2}}}", "normal": "10 units/yr",
               "revenue_at_risk": "500 EUR/h", "mode": "fixed", "demand": "7 units", "notice": "6mo"}

    def skeleton(self, *arguments, tables=None):
        done = hedgerow("import", "dora", self.package(tables), "-o", "-", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def filled(self, skeleton):
        return re.sub(r"(\w+): FILL_IN", lambda gap: f"{gap[1]}: {self.ANSWERS[gap[1]]}", skeleton)

    def test_check_names_the_gaps_and_a_filled_skeleton_runs(self):
        skeleton = self.skeleton("--rate", "USD=0.9")
        done = hedgerow("check", self.file("gaps.yaml", skeleton))
        gaps = [(number, line.split("#")[0].index("FILL_IN") + 1) for number, line in enumerate(skeleton.split("\n"), 1) if "FILL_IN" in line.split("#")[0]]
        self.assertEqual([(int(m[1]), int(m[2])) for m in re.finditer(r"gaps\.yaml:(\d+):(\d+): error", done.stderr)], gaps)
        done = hedgerow("run", self.file("filled.yaml", self.filled(skeleton)), "--paths", "200")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_register_is_in_it(self):
        """Costs, groups, subcontractors, notice and terms; only critical functions."""
        study = yaml.safe_load(self.skeleton("--rate", "USD=0.9"))
        self.assertEqual(set(study["workloads"]), {"payments-on-alpha-cloud", "lending-on-alpha-cloud", "payments-on-beta-platform", "lending-on-gamma-software"})
        units = {name: float(w["demand"]["value"].split()[0]) for name, w in study["workloads"].items()}
        hours = 8760
        self.assertAlmostEqual(units["payments-on-alpha-cloud"], 600_000 / hours, delta=1e-3)
        self.assertAlmostEqual(units["lending-on-gamma-software"], 0.9 * 200_000 / hours, delta=1e-3)  # Newsletter has the other half
        alpha, beta, gamma = (study["providers"][p] for p in ("alpha-cloud", "beta-platform", "gamma-software"))
        for group in ("price_group", "regime_group", "frailty_group"):
            self.assertEqual(alpha[group], beta[group])
            self.assertNotIn(group, gamma)
        self.assertEqual(study["shared_dependencies"]["at-delta-hosting"]["impact"], {"beta-platform.fr": "100%"})
        self.assertEqual(set(study["shared_dependencies"]["at-alpha-cloud"]["impact"]), {"gamma-software.us", "alpha-cloud.ie", "alpha-cloud.de"})
        contracts = study["strategies"]["as-registered"]["contracts"]
        self.assertEqual(contracts["alpha-cloud"]["notice"]["value"], "120d")  # the shortest
        self.assertEqual((contracts["alpha-cloud"]["term"]["value"], contracts["alpha-cloud"]["start"]), ("36mo", "2024-01"))
        self.assertEqual((contracts["gamma-software"]["mode"], contracts["gamma-software"]["notice"]), ("float", "FILL_IN"))
        self.assertEqual(study["horizon"]["start"].strftime("%Y-%m") if hasattr(study["horizon"]["start"], "strftime") else study["horizon"]["start"], "2026-01")

    def test_an_end_beyond_a_hundred_years_is_open(self):
        """Found by fuzzing: 9990 is not 9999, and no term of a config either."""
        contract = yaml.safe_load(self.skeleton(tables=changed("b_02.02.csv", ("9999-12-31", "9990-12-31"))))["strategies"]["as-registered"]["contracts"]["gamma-software"]
        self.assertEqual(contract["mode"], "float")
        self.assertNotIn("term", contract)

    def test_a_contract_beyond_the_horizon_has_no_start(self):
        """Found by fuzzing: a register as of 2015 with contracts from 2024 on."""
        skeleton = self.skeleton(tables=changed("parameters.csv", ("2025-12-31", "2015-12-31")))
        self.assertIn("        start: FILL_IN", skeleton)
        done = hedgerow("check", self.file("gaps.yaml", skeleton))
        self.assertNotIn("after the horizon", done.stderr)

    def test_a_provider_is_no_subcontractor_of_itself(self):
        study = yaml.safe_load(self.skeleton(tables=changed("b_05.02.csv", ("K-3,eba_TA:S17,ALPHA", "K-1,eba_TA:S17,ALPHA"))))
        self.assertEqual(set(study["shared_dependencies"]), {"at-delta-hosting"})

    def test_without_a_rate_the_demand_is_a_gap(self):
        self.assertIn("demand: FILL_IN", self.skeleton())

    def test_without_critical_functions_all_are_taken(self):
        tables = changed("b_06.01.csv", ("eba_BT:x28", "eba_BT:x29"))
        self.assertIn("newsletter-on-gamma-software", yaml.safe_load(self.skeleton(tables=tables))["workloads"])

    def test_no_base_currency_no_config(self):
        rest = {name: text for name, text in TABLES.items() if name != "parameters.csv"}
        self.refused(write_zip(self.folder, rest), "no base currency is told", arguments=["-o", "-"])


@unittest.skipUnless(os.path.isdir(SYNTHETIC), f"the synthetic register is not at {SYNTHETIC}")
class Synthetic(DoraTest):
    def test_it_is_read_strictly(self):
        document = imported(SYNTHETIC, "--strict")
        self.assertEqual((document["entity"], document["date"], document["currency"]), ("DUMMYLEI123456789012.IND", "2025-12-31", "EUR"))
        several, = document["article_29"]["1b_several_arrangements"]
        self.assertEqual((several["arrangements"], several["through_subcontracting"], several["functions"]), (["CA-001"], ["CA-002"], ["Payments"]))
        self.assertEqual(document["doubts"], [])
        self.assertEqual([w["arrangement"] for w in document["without_exit_plan"]], ["CA-002"])


if __name__ == "__main__":
    unittest.main()
