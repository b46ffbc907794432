"""Verbs, options, exit codes and files, as people and pipelines meet them."""

import json
import os
import signal
import subprocess
import time
import unittest

from program import ARTICLE, MINIMAL, PROGRAM, SOURCE, ProgramTest, hedgerow, parse, results


class Verbs(ProgramTest):
    def test_run_prints_a_table_and_nothing_else_to_standard_output(self):
        done = hedgerow("run", MINIMAL, "--paths", "2k", "--tables")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        for text in ("Total cost", "95 % of paths below", "mean of worst 1 %", "Precision", "Not modelled here"):
            self.assertIn(text, done.stdout)
        self.assertNotIn("\033", done.stdout)

    def test_the_table_says_when_precision_is_poor(self):
        done = hedgerow("run", MINIMAL, "--paths", "100")
        self.assertIn("Precision is poor", done.stdout)
        self.assertNotIn("Precision is poor", hedgerow("run", MINIMAL, "--paths", "20k").stdout)

    def test_a_difference_that_is_noise_is_called_so(self):
        against = "second-cloud against azure-only\n  Cost  +"
        self.assertRegex(hedgerow("run", MINIMAL, "--paths", "100").stdout, against + "no difference in the mean can be told")
        self.assertRegex(hedgerow("run", MINIMAL, "--paths", "40k").stdout, against + r"[\d.]+ ± [\d.]+ M USD less in the mean")

    def test_expected_shortfall_of_a_thin_tail_gets_no_error(self):
        tail = results(MINIMAL, "--paths", "900")["strategies"]["azure-only"]["measures"]["total_cost"]["expected_shortfall"]
        self.assertEqual([entry["se"] is None for entry in tail], [False, True])  # 45 and 9 values in the tail

    def test_heavy_tails_get_no_standard_error(self):
        with open(MINIMAL, encoding="utf-8") as config:
            text = config.read()
        heavy = "{spliced: {body: {lognormal: {median: 2h, sigma: 1.2}}, threshold: 95%, tail_index: 0.6, tail_scale: 6h}}"
        aws = text.index("  aws:")
        config = self.file("heavy.yaml", text[:aws] + text[aws:].replace("{lognormal: {median: 2h, sigma: 1.2}}", heavy))
        result = results(config, "--paths", "5k")
        alone, spread = result["strategies"]["azure-only"], result["strategies"]["second-cloud"]
        self.assertIsNotNone(alone["measures"]["outage"]["mean"]["se"])  # nothing of it is at aws
        for measure in ("outage", "total_cost", "loss"):
            self.assertIsNone(spread["measures"][measure]["mean"]["se"])
            self.assertIsNone(spread["measures"][measure]["sd"])
            self.assertIsNotNone(spread["measures"][measure]["percentiles"][0]["ci"][0])
        self.assertIsNotNone(spread["measures"]["spend"]["mean"]["se"])
        self.assertEqual(spread["diagnostics"][0]["code"], "infinite_variance")
        self.assertIsNone(result["comparisons"][0]["mean"]["se"])

    def test_strategies_that_do_not_fit_stand_below(self):
        with open(MINIMAL, encoding="utf-8") as config:
            text = config.read()
        choice = "    training: {placement: {azure.east: 100%}, failover: none}\n"
        many = self.file("many.yaml", text + "".join(f"  choice-{n}:\n{choice}" for n in range(6)))
        for arguments in ([], ["--tables"]):
            table = [part for part in hedgerow("run", many, "--paths", "2k", *arguments).stdout.split("\n\n")
                     if part.startswith("[M USD]")]
            self.assertGreater(len(table), 1)
            self.assertLessEqual(max(len(line) for part in table for line in part.splitlines()), 120)
            for strategy in ("azure-only", "choice-5"):
                self.assertEqual(sum(part.count(strategy) for part in table), 1)

    def test_results_name_where_they_come_from(self):
        result = results(ARTICLE, "--paths", "1_000", "--seed", "18446744073709551615", "--threads", "2")
        self.assertEqual(result["format"], "hedgerow-results/1")
        self.assertIs(result["complete"], True)
        provenance = result["provenance"]
        self.assertEqual(provenance["seed"], "18446744073709551615")
        self.assertEqual(provenance["paths"], "1000")
        self.assertEqual(provenance["rng"], "philox4x32-10/1")
        self.assertEqual(provenance["threads"], 2)
        self.assertRegex(provenance["config"]["sha256"], "^[0-9a-f]{64}$")
        values = {value["path"]: value for value in provenance["config"]["values"]}
        self.assertEqual("27%", values["providers.azure.equity_stake"]["value"])
        self.assertEqual("configured", values["providers.azure.equity_stake"]["origin"])

    def test_output_file_beside_the_table(self):
        out = self.path("r.json")
        done = hedgerow("run", MINIMAL, "--paths", "2k", "-o", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Total cost", done.stdout)
        with open(out, encoding="utf-8") as text:
            self.assertEqual(parse(text.read())["paths"], "2000")
        self.assertEqual(os.listdir(self.folder), ["r.json"])

    def test_standard_input_and_output(self):
        with open(MINIMAL, encoding="utf-8") as config:
            done = hedgerow("run", "-", "--paths", "1k", "-o", "-", stdin=config.read())
        self.assertEqual(parse(done.stdout)["paths"], "1000")

    def test_set_changes_a_value(self):
        plain = results(MINIMAL, "--paths", "1k")
        dearer = results(MINIMAL, "--paths", "1k", "--set", "horizon.discount_rate=0%")
        for name, strategy in plain["strategies"].items():
            self.assertGreater(dearer["strategies"][name]["plan"]["total_cost"], strategy["plan"]["total_cost"])

    def test_check_answers_at_once(self):
        start = time.monotonic()
        done = hedgerow("check", ARTICLE)
        self.assertLess(time.monotonic() - start, 1.0)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("is valid: 4 providers, 2 workloads, 3 strategies", done.stdout)
        self.assertIn("region:azure.east-us", done.stdout)

    def test_check_foretells_shards_disk_and_threads(self):
        def told(*options):
            return parse(hedgerow("check", MINIMAL, "--paths", "1M", "--format", "json", *options).stdout)
        whole, shard, spilled = told(), told("--shard", "2/4"), told("--spill", self.folder)
        self.assertEqual((whole["disk_bytes"], shard["disk_bytes"]), (0, 0))
        self.assertLess(shard["memory_bytes"], 0.5 * whole["memory_bytes"])
        self.assertGreater(shard["memory_bytes"], 0.1 * whole["memory_bytes"])
        self.assertAlmostEqual(spilled["memory_bytes"] + spilled["disk_bytes"], whole["memory_bytes"])
        self.assertGreater(spilled["disk_bytes"], 0.5 * whole["memory_bytes"])
        self.assertEqual(told("--threads", "3")["threads"], 3)
        self.assertLess(told("--threads", "64")["estimated_seconds"], 0.1 * told("--threads", "1")["estimated_seconds"])
        self.assertLess(told("--threads", "1", "--shard", "1/64")["estimated_seconds"],
                        0.1 * told("--threads", "1")["estimated_seconds"])
        text = hedgerow("check", MINIMAL, "--paths", "1M", "--threads", "2", "--shard", "2/4", "--spill", self.folder).stdout
        self.assertRegex(text, r"Shard 2/4 of 1 000 000 paths takes about [\d.]+ s on 2 threads, [\d.]+ GB of memory and "
                               rf"[\d.]+ GB on the disk of {self.folder}; the merge needs [\d.]+ GB of memory and ")
        self.assertRegex(hedgerow("check", MINIMAL, "--threads", "1").stdout, r"takes about [\d.]+ s on 1 thread, ")

    def test_check_resolved_shows_kinds_and_sources(self):
        lines = hedgerow("check", ARTICLE, "--resolved").stdout.splitlines()
        stake = next(line for line in lines if line.startswith("providers.azure.equity_stake"))
        self.assertRegex(stake, r"27% +configured +Microsoft-OpenAI agreement")
        contagion = next(line for line in lines if line.startswith("providers.aws.divergence.contagion"))
        self.assertRegex(contagion, r"0\.5 +assumed")
        values = parse(hedgerow("check", ARTICLE, "--format", "json").stdout)["values"]
        self.assertLessEqual({"configured", "assumed", "neutral"}, {value["origin"] for value in values})

    def test_explain_plays_a_path_of_the_run_again(self):
        only = results(ARTICLE, "--paths", "1")
        again = parse(hedgerow("explain", ARTICLE, "--path", "0", "--events").stdout)
        self.assertEqual(again["format"], "hedgerow-events/1")
        for name, strategy in only["strategies"].items():
            self.assertEqual(again["strategies"][name]["total_cost"]["present"],
                             strategy["measures"]["total_cost"]["mean"]["value"])
            self.assertEqual(again["plans"][name]["total_cost"]["present"], strategy["plan"]["total_cost"])
        table = hedgerow("explain", MINIMAL, "--path", "3", "--strategy", "azure-only", "--ledger")
        self.assertEqual(table.returncode, 0, table.stderr)
        for text in ("azure-only on path 3 of seed", "azure-only [", "year 7", "capacity_shortage", "total"):
            self.assertIn(text, table.stdout)
        wrong = hedgerow("explain", MINIMAL, "--path", "three")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("--path is three (must be a whole number from 0)", wrong.stderr)

    def test_init_prints_configs_that_run_and_name_no_file_of_the_repository(self):
        for example, original in (("minimal", MINIMAL), ("openai-aws", ARTICLE)):
            text = hedgerow("init", example).stdout
            config = self.file("c.yaml", text)
            self.assertEqual(hedgerow("check", config).returncode, 0)
            self.assertNotRegex(text, r"configs/|docs/|\.\./")
            first, rest = text.split("\n# (for editors: hedgerow schema > config.schema.json)\n")
            self.assertEqual(first, "# yaml-language-server: $schema=config.schema.json")
            with open(original, encoding="utf-8") as file:
                self.assertEqual(rest, file.read().split("\n", 1)[1])

    def test_schema_is_the_published_one(self):
        with open(os.path.join(SOURCE, "docs", "schema", "config.schema.json"), encoding="utf-8") as published:
            self.assertEqual(hedgerow("schema", "config").stdout, published.read())

    def test_help_and_version(self):
        for arguments in (["--help"], ["run", "--help"], ["--version"]):
            done = hedgerow(*arguments)
            self.assertEqual(done.returncode, 0)
            self.assertTrue(done.stdout)
            self.assertEqual(done.stderr, "")

    def test_progress_as_json_lines(self):
        done = hedgerow("run", MINIMAL, "--paths", "20k", "--progress", "json")
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertEqual(lines[-1]["paths_done"], 20_000)
        self.assertEqual(sorted(line["paths_done"] for line in lines), [line["paths_done"] for line in lines])


class Mistakes(ProgramTest):
    def rejected(self, *arguments, code=2, says):
        done = hedgerow(*arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn(says, done.stderr)

    def test_check_refuses_what_run_refuses(self):
        self.rejected("check", MINIMAL, "--shard", "5/4", says="--shard is 5/4 (must be as 3/16")
        self.rejected("check", MINIMAL, "--threads", "many", says="--threads is many (must be")
        self.assertEqual(hedgerow("check", MINIMAL, "--spill", self.path("none")).returncode, 4)
        self.rejected("check", MINIMAL, "--paths", "1T", "--shard", "1/2", says="cut the run into about")

    def test_usage(self):
        self.rejected(says="Try hedgerow --help")
        self.rejected("rnu", MINIMAL, says="did you mean run?")
        self.rejected("run", MINIMAL, "--pahts", "1k", says="did you mean --paths?")
        self.rejected("run", says="config is required")
        self.rejected("run", MINIMAL, "--threads", "-3", says="--threads is -3 (must be a whole number from 0 to 4096)")
        self.rejected("run", MINIMAL, "--format", "jsn", says="--format is jsn (must be one of table, json, csv, markdown)")
        self.rejected("run", MINIMAL, "--progress", "2", says="must be one of auto, bar, json, none")
        self.rejected("run", MINIMAL, "-o", "", says="-o needs the name of a file")
        self.rejected("r\x1b[31mn", says="unknown command r\\x1B[31mn")
        self.rejected("run", MINIMAL, "--strategies", "second-clud", says="did you mean second-cloud?")
        self.rejected("run", MINIMAL, "--paths", "0", says="--paths")
        self.rejected("run", MINIMAL, "--seed", "1.5", says="--seed")
        self.rejected("run", MINIMAL, "--set", "simulation", says="=")
        self.rejected("init", "maximal", says="maximal")

    def test_what_does_not_fit_in_memory_is_refused_beforehand(self):
        self.rejected("run", MINIMAL, "--paths", "1T", says="paths would fit")

    def test_config_errors_are_located(self):
        with open(MINIMAL, encoding="utf-8") as config:
            text = config.read()
        bad = self.file("bad.yaml", text.replace("discount_rate: 8%", "discount_rate: 80%"))
        done = hedgerow("run", bad)
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"bad\.yaml:\d+:\d+: error: .*discount_rate")

    def test_unreadable_config(self):
        self.rejected("run", self.path("absent.yaml"), code=4, says="absent.yaml")
        self.rejected("run", self.folder, code=2, says="is a directory")

    def test_output_that_cannot_be_written_is_refused_before_the_run(self):
        start = time.monotonic()
        self.rejected("run", MINIMAL, "--paths", "10M", "-o", self.path("no/such/folder/r.json"), code=4, says="r.json")
        self.rejected("run", MINIMAL, "--paths", "10M", "-o", self.folder, code=4, says="is a directory")
        self.assertLess(time.monotonic() - start, 5.0)

    def test_full_disk_leaves_no_half_file(self):
        done = hedgerow("run", MINIMAL, "--paths", "1k", "-o", "/dev/full")
        self.assertEqual(done.returncode, 4)
        self.assertIn("/dev/full", done.stderr)

    def test_results_never_replace_their_config(self):
        with open(MINIMAL, encoding="utf-8") as config:
            mine = self.file("mine.yaml", config.read())
        self.rejected("run", mine, "--paths", "1k", "-o", mine, says="would overwrite the config")

    def test_a_link_survives(self):
        os.symlink("real.json", self.path("link.json"))  # leads nowhere yet
        for _ in range(2):
            self.assertEqual(hedgerow("run", MINIMAL, "--paths", "1k", "-o", self.path("link.json")).returncode, 0)
            self.assertTrue(os.path.islink(self.path("link.json")))
            self.assertTrue(os.path.isfile(self.path("real.json")))

    def test_closed_pipe_is_quiet(self):
        process = subprocess.Popen([PROGRAM, "run", MINIMAL, "--paths", "2k", "--format", "json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        stderr = process.stderr.read()
        process.stderr.close()
        self.assertEqual(process.wait(timeout=60), 0)
        self.assertEqual(stderr, b"")


class Interrupted(ProgramTest):
    def test_before_anything_is_done(self):
        slow = self.file("slow.yaml", hedgerow("init").stdout.replace("rate: 3/yr", "rate: 9000/yr"))
        process = subprocess.Popen([PROGRAM, "run", slow, "-o", self.path("r.json"), "--threads", "1"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), 130)
        process.communicate()
        self.assertFalse(os.path.exists(self.path("r.json")))

    def test_the_end_of_a_container_is_an_interruption(self):
        self.interrupted_once(signal.SIGTERM)

    def test_once_finishes_and_writes_what_is_done(self):
        self.interrupted_once(signal.SIGINT)

    def interrupted_once(self, how):
        out = self.path("r.json")
        process = subprocess.Popen([PROGRAM, "run", MINIMAL, "--paths", "10M", "-o", out, "--progress", "json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for line in process.stderr:
            if json.loads(line)["paths_done"] > 0:
                break
        process.send_signal(how)
        stdout, _ = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130)
        self.assertIn("INTERRUPTED", stdout)
        with open(out, encoding="utf-8") as text:
            result = parse(text.read())
        self.assertIs(result["complete"], False)
        done = int(result["paths"])
        self.assertTrue(0 < done < 10_000_000)
        again = results(MINIMAL, "--paths", str(done))
        self.assertEqual(again["strategies"], result["strategies"])


if __name__ == "__main__":
    unittest.main()
