"""What the documents quote of the program is what it prints."""

import json
import os
import re
import unittest

from program import ARTICLE, MINIMAL, SOURCE, ProgramTest, hedgerow, page

WIDTH = 120  # of a line where output is no terminal


def quote(text, opening):
    """The block of `text` that begins with these words."""
    found = [block for block in re.findall(r"^```\n(.*?)^```$", text, re.M | re.S) if block.startswith(opening)]
    assert len(found) == 1, f"{len(found)} blocks begin with {opening}"
    return found[0]


class Quotes(ProgramTest):
    maxDiff = None

    def run_it(self, *arguments):
        done = hedgerow("run", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def test_the_answer_of_the_readme(self):
        answer = quote(page("README.md"), "A model lab's compute before and after its second cloud")
        self.assertEqual(self.run_it(ARTICLE).stdout, answer)
        self.assertLessEqual(max(map(len, answer.splitlines())), WIDTH)

    def test_the_verdict_of_the_guide(self):
        guide = page("docs", "user-guide.md")
        command = re.search(r"`hedgerow run configs/minimal\.yaml (--paths \w+)`:\n\n```\nsecond-cloud against", guide)
        printed = self.run_it(MINIMAL, *command[1].split()).stdout
        verdict = quote(guide, "second-cloud against azure-only")
        self.assertIn(f"\n{verdict}\n", printed)
        played, of = re.search(r"parts add up to the difference on those paths: (\d+) of\n?([\d ]+) here", guide).groups()
        self.assertIn(f"on {played} of the paths", verdict.replace("\n            ", " "))
        self.assertIn(f"\n{of.strip()} paths, seed", f"\n{printed}")

    def test_a_line_of_progress(self):
        quoted = json.loads(re.search(r'`(\{"event".*?\})`', page("docs", "pipelines.md"))[1])
        lines = [json.loads(line) for line in self.run_it(MINIMAL, "--paths", "100k", "--progress", "json").stderr.splitlines()]
        self.assertGreater(len(lines), 0)
        for line in lines:
            self.assertEqual([(key, type(value)) for key, value in line.items()], [(key, type(value)) for key, value in quoted.items()])
            self.assertEqual((line["event"], line["paths"]), (quoted["event"], quoted["paths"]))

    def test_the_known_answer_of_the_readme(self):
        """Its command, with fewer paths, finds the number that is told beside it."""
        told = re.search(r"`hedgerow run (\S+) -o - \| jq '\.(\S+)'` must give ([\d ]+\.\d+) within", page("README.md"))
        config, keys, known = told.groups()
        found = json.loads(self.run_it(os.path.join(SOURCE, config), "-o", "-", "--paths", "200k").stdout)
        for key in keys.split("."):
            found = found[key]
        self.assertEqual(sorted(found), ["se", "value"])
        self.assertLess(abs(found["value"] - float(known.replace(" ", ""))), 4 * found["se"])
        self.assertLess(found["se"], 0.005 * found["value"])


if __name__ == "__main__":
    unittest.main()
