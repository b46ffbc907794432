"""hedgerow report and run --report: the page as a file. What is in it is tested in a browser (tests/report)."""

import json
import os
import re
import unittest

from program import MINIMAL, ProgramTest, hedgerow, parse

PATHS = "1k"


def carried(page):
    """The results in the page, as its script finds them."""
    found = re.findall(r'<script type="application/json" id="results">(.*?)</script>', page, re.S)
    assert len(found) == 1, len(found)
    return parse(found[0])


class Report(ProgramTest):
    def setUp(self):
        super().setUp()
        self.results = self.path("r.json")
        self.page = self.path("page.html")

    def run_it(self, *arguments):
        done = hedgerow("run", MINIMAL, "--paths", PATHS, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def read(self, path):
        with open(path, encoding="utf-8") as text:
            return text.read()

    def rejected(self, *arguments, code, says):
        done = hedgerow(*arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn(says, done.stderr)

    def test_the_page_carries_the_results_and_is_the_same_at_the_end_of_a_run_and_later(self):
        done = self.run_it("-o", self.results, "--report", self.page)
        self.assertEqual(done.stderr, f"report page: {self.page}\n")
        self.assertIn("Total cost", done.stdout)
        page = self.read(self.page)
        self.assertTrue(page.startswith("<!doctype html>"))
        self.assertEqual(json.dumps(carried(page)), json.dumps(parse(self.read(self.results))))  # in their order, too
        later = self.path("later.html")
        done = hedgerow("report", self.results, "-o", later)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", f"report page: {later}\n"))
        self.assertEqual(self.read(later), page)
        done = hedgerow("report", "-", "-o", "-", stdin=self.read(self.results))
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, page, ""))
        self.assertEqual(carried(self.run_it("--report", "-").stdout)["paths"], "1000")

    def test_no_text_of_the_results_is_markup(self):
        self.run_it("-o", self.results)
        results = parse(self.read(self.results))
        results["title"] = "</script><!--<script>&amp;\u2028\u2029"
        done = hedgerow("report", self.file("r.json", json.dumps(results, ensure_ascii=False)), "-o", self.page)
        self.assertEqual(done.returncode, 0, done.stderr)
        page = self.read(self.page)
        self.assertEqual(carried(page)["title"], results["title"])
        element = page[page.index('id="results">') + len('id="results">'):]
        self.assertNotRegex(element[:element.index("</script>")], "[<>&\u2028\u2029]")

    def test_what_is_no_result_is_told_with_its_place_and_leaves_no_page(self):
        self.run_it("-o", self.results)
        whole = self.read(self.results)

        def damaged(text, says):
            self.rejected("report", self.file("bad.json", text), "-o", self.page, code=3, says=says)

        def altered(change, says):
            results = parse(whole)
            change(results)
            damaged(json.dumps(results), f"bad.json: {says}")

        for text in ("", "no JSON", whole[:len(whole) // 2], whole.replace('"paths"', "paths", 1), whole + "}"):
            damaged(text, "damaged: this is no JSON")
        damaged(whole[:1000], f"bad.json:{whole[:1000].count(chr(10)) + 1}:")
        damaged(re.sub(r'"sd": [0-9.e+]+', '"sd": 1e999', whole, count=1), "a number in it is too large")
        damaged(whole.replace("{", '{"deep": ' + "[" * 1_000_000 + "]" * 1_000_000 + ",", 1), "nested more than 64 levels deep")
        damaged("[]", "format is missing")
        damaged("{}", "format is missing (are these results of hedgerow run?)")
        altered(lambda r: r.update(format="hedgerow-results/2"), "format is hedgerow-results/2 (must be hedgerow-results/1)")
        altered(lambda r: r.update(format=1), "format is not a text")
        for key in ("complete", "provenance", "title", "currency", "horizon", "paths", "strategies", "comparisons", "limits"):
            altered(lambda r, key=key: r.pop(key), f"{key} is missing")
        altered(lambda r: r.update(complete="yes"), "complete is not true or false")
        altered(lambda r: r.update(paths=1000), "paths is not a text")
        altered(lambda r: r["horizon"].update(months="84"), "horizon.months is not a number")
        altered(lambda r: r.update(limits={}), "limits is not a list")
        altered(lambda r: r.update(strategies={}), "strategies is empty")
        altered(lambda r: r["strategies"].update({"azure-only": 1}), "strategies.azure-only is not an object")
        altered(lambda r: r["strategies"]["azure-only"].pop("measures"), "strategies.azure-only.measures is missing")
        altered(lambda r: r["strategies"]["azure-only"]["measures"].pop("total_cost"), "strategies.azure-only.measures.total_cost is missing")
        altered(lambda r: r["strategies"]["azure-only"]["measures"].update(loss=[]), "strategies.azure-only.measures.loss is not an object")
        self.assertFalse(os.path.exists(self.page))

    def test_files_that_cannot_be(self):
        self.run_it("-o", self.results)
        whole = self.read(self.results)
        self.rejected("report", self.path("absent.json"), "-o", self.page, code=4, says="absent.json")
        self.rejected("report", self.folder, "-o", self.page, code=3, says="is a directory (results are a file)")
        self.rejected("report", self.results, "-o", self.path("no/such/page.html"), code=4, says="no/such/page.html: cannot write")
        self.rejected("report", self.results, "-o", self.folder, code=4, says="is a directory")
        self.rejected("report", self.results, "-o", self.results, code=2, says="would overwrite")
        self.rejected("report", self.results, code=2, says="-o FILE.html")
        self.assertEqual(self.read(self.results), whole)

    def test_run_asks_before_it_plays(self):
        slow = ["run", MINIMAL, "--paths", "300k"]
        config = self.file("c.yaml", self.read(MINIMAL))
        link = self.path("link.html")
        os.symlink(self.path("same.html"), link)
        for arguments, code, says in (
                ([*slow, "--report", self.path("no/page.html")], 4, "no/page.html: cannot write"),
                ([*slow, "--report", ""], 2, "--report needs the name of a file"),
                (["run", config, "--report", config], 2, f"--report {config} would overwrite the config"),
                ([*slow, "-o", self.path("same.html"), "--report", link], 2, "would overwrite -o"),
                ([*slow, "-o", "-", "--report", "-"], 2, "cannot both go to standard output"),
                ([*slow, "--format", "json", "--report", "-"], 2, "cannot both go to standard output")):
            self.rejected(*arguments, code=code, says=says)
        self.assertEqual(self.read(config), self.read(MINIMAL))
        self.run_it("-o", "/dev/null", "--report", "/dev/null")


if __name__ == "__main__":
    unittest.main()
