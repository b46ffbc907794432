"""The command lines of the documents are ones that the program takes, and the guide names every verb and option."""

import glob
import gzip
import os
import re
import shlex
import shutil
import unittest

from program import MINIMAL, SOURCE, ProgramTest, hedgerow, page

PAGES = sorted(["README.md", "CONTRIBUTING.md", *glob.glob("docs/**/*.md", root_dir=SOURCE, recursive=True)])


def is_program(word):
    return word in ("hedgerow", "script/run") or word.endswith("/hedgerow")


def commands_of(text):
    """(line, arguments) of each call of the program in blocks of code and in inline code that has a verb."""
    blocks = list(re.finditer(r"^ *```\w*\n(.*?)^ *```", text, re.M | re.S))
    spans = re.finditer(r"`([^`\n]*)`", re.sub(r"^ *```\w*\n.*?^ *```", lambda m: re.sub(r"[^\n]", " ", m[0]), text,
                                               flags=re.M | re.S))
    for found in [*blocks, *spans]:
        first = text.count("\n", 0, found.start(1)) + 1
        for number, line in enumerate(found[1].replace("\\\n", " \n").split("\n"), first):
            yield from ((number, arguments) for arguments in calls_in(line))


def calls_in(line):
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>()")
    lexer.commenters = "#"
    lexer.whitespace_split = True
    try:
        words = list(lexer)
    except ValueError:  # a quote in a line that is no command
        return
    for at, word in enumerate(words):
        if is_program(word) and words[at + 1:at + 2] and re.fullmatch("[a-z]+", words[at + 1]):
            end = next((i for i in range(at, len(words)) if set(words[i]) <= set("|&;<>()")), len(words))
            yield words[at + 1:end]


class Pages(unittest.TestCase):
    def test_every_page_names_verbs_and_options_that_there_are(self):
        """With --help nothing is played, but words that are unknown are refused all the same."""
        told = 0
        for name in PAGES:
            for line, arguments in commands_of(page(name)):
                with self.subTest(place=f"{name}:{line}", arguments=arguments):
                    done = hedgerow(*[word for word in arguments if word not in ("…", "--set")], "--help")
                    self.assertEqual((done.returncode, done.stderr), (0, ""))
                told += 1
        self.assertGreater(told, 60)

    def test_every_number_of_paths_is_one(self):
        for name in PAGES:
            for line, arguments in commands_of(page(name)):
                for option, value in zip(arguments, arguments[1:]):
                    if option == "--paths":
                        with self.subTest(place=f"{name}:{line}", value=value):  # more than memory holds is a number
                            self.assertNotIn("must be", hedgerow("check", MINIMAL, "--paths", value).stderr)


class ReadmeTest(ProgramTest):
    """Each line of README.md is run in a folder that has the files it names, with few paths."""

    SMALL = {"--paths": "1k", "--spill": "scratch"}

    def setUp(self):
        super().setUp()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        os.symlink(os.path.join(SOURCE, "configs"), "configs")
        os.mkdir("scratch")
        with open(os.path.join(SOURCE, "configs", "bill.csv"), "rb") as bill, gzip.open("bill.csv.gz", "wb") as packed:
            packed.write(bill.read())
        for name in ("old.json", "new.json"):
            done = hedgerow("run", MINIMAL, "--paths", "1k", "-o", name)
            self.assertEqual(done.returncode, 0, done.stderr)

    def small(self, arguments):
        words = [self.SMALL.get(option, value) for option, value in zip(["", *arguments], arguments)]
        return words + (["--paths", "1k"] if words[0] in ("run", "explain") and "--paths" not in words else [])

    def test_every_line(self):
        os.environ["SLURM_ARRAY_TASK_ID"] = "3"
        self.addCleanup(os.environ.pop, "SLURM_ARRAY_TASK_ID")
        told = 0
        for line, arguments in commands_of(page("README.md")):
            if len(arguments) == 1 or "…" in arguments or arguments == ["check", "--resolved"]:
                continue  # named, not shown
            shutil.copy(MINIMAL, "mine.yaml")
            with self.subTest(line=line, arguments=arguments):
                done = hedgerow(*self.small(arguments))
                told_short = done.returncode == 5 and "--precision" in arguments
                self.assertTrue(done.returncode == 0 or told_short, done.stderr)
            told += 1
        self.assertGreater(told, 10)


class Guide(unittest.TestCase):
    def setUp(self):
        self.guide = page("docs/user-guide.md")

    def names(self, *arguments):
        """The verbs and options of a help text, each with all its names."""
        return [found.split(",") for found in re.findall(r"^  (-\S+|[a-z]+) ", hedgerow(*arguments, "--help").stdout, re.M)]

    def test_every_option_of_run_is_named(self):
        options = [names for names in self.names("run") if names[0].startswith("-")]
        self.assertGreater(len(options), 20)
        for names in options:
            with self.subTest(option=names):
                self.assertTrue(any(re.search(rf"(?<![\w-]){name}(?![\w-])", self.guide) for name in names))

    def test_the_table_of_verbs_is_whole(self):
        told = re.findall(r"^\| `([a-z]+)[ `]", self.guide.split("\n## ")[1], re.M)
        self.assertEqual(sorted(told), sorted(name for name, *_ in self.names() if not name.startswith("-")))


if __name__ == "__main__":
    unittest.main()
