#!/usr/bin/python3
"""Each rule of script/lint rejects a tree that violates it, at the right place, and passes a clean one."""

import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINT = ROOT / "script" / "lint"

CLEAN = {
    "engine/base/check.hpp": "#pragma once\n#include <string>\n",
    "engine/random/stream.hpp": '#pragma once\n#include "engine/base/check.hpp"\n#include "id.hpp"\n',
    "engine/random/id.hpp": "#pragma once\n",
    "engine/run/blocks.cpp": '#include <tbb/parallel_for.h>\n\n#include "engine/base/check.hpp"\n',
    "models/assess/answer.cpp": '#include "engine/run/blocks.hpp"\n#include "models/plan.hpp"\n',
    "models/plan.hpp": '#pragma once\n#include <vector>\n\n#include "engine/random/stream.hpp"\n',
    "apps/cli/main.cpp": '#include <cstdlib>\n\n#include "models/plan.hpp"\nint main() { std::exit(2); }\n',
    "tests/unit/plan_test.cpp": '#include <thread>\n\n#include "apps/cli/main.hpp"\n',
    "tests/config/tab.yaml": "a:\tbad on purpose \n",
    "build/release/x.cpp": "TOD" + "O\t\n",
}


class LintTest(unittest.TestCase):
    """Runs the lint on a tree made in a temporary directory."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / ".clang-format").write_bytes((ROOT / ".clang-format").read_bytes())
        for path, text in CLEAN.items():
            self.write(path, text)

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def lint(self, *arguments):
        """The findings as 'file:line: rule' -> message, and the exit code."""
        run = subprocess.run([LINT, "--root", self.root, *arguments], capture_output=True, text=True, check=False)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        findings = re.findall(r"^(\S+:\d+: \w+): (.*)$", run.stdout, re.M)
        self.assertEqual(len(findings), run.stdout.count("\n"), run.stdout)
        self.assertEqual(run.returncode, 1 if findings else 0)
        return dict(findings)

    def assert_rejects(self, rule, path, text, *lines, message=""):
        self.write(path, text)
        findings = self.lint("--rule", rule)
        self.assertEqual(sorted(findings), sorted(f"{path}:{line}: {rule}" for line in lines))
        self.assertTrue(all(message in found for found in findings.values()), findings)

    def assert_accepts(self, rule, path, text):
        self.assert_rejects(rule, path, text)


class CleanTree(LintTest):
    def test_passes(self):
        self.assertEqual(self.lint(), {})

    def test_our_own_tree_is_read(self):
        run = subprocess.run([LINT, "--rule", "pragma"], capture_output=True, text=True, check=False)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        self.assertGreater(int(re.match(r"lint: (\d+) files", run.stderr)[1]), 10)


class Floors(LintTest):
    def test_engine_includes_models(self):
        self.assert_rejects("floors", "engine/measure/a.cpp", '\n#include "models/plan.hpp"\n', 2, message="engine/")

    def test_engine_includes_apps_in_angles(self):
        self.assert_rejects("floors", "engine/measure/a.cpp", "#include <apps/cli/verb.hpp>\n", 1)

    def test_models_include_apps(self):
        self.assert_rejects("floors", "models/a.hpp", '#pragma once\n#  include "apps/cli/verb.hpp"\n', 2)

    def test_models_include_apps_by_a_relative_path(self):
        self.write("apps/cli/verb.hpp", "#pragma once\n")
        self.assert_rejects("floors", "models/market/a.cpp", '#include "../../apps/cli/verb.hpp"\n', 1)

    def test_no_floor_includes_tests(self):
        self.assert_rejects("floors", "apps/cli/a.cpp", '#include "tests/support/oracle.hpp"\n', 1)

    def test_base_includes_nothing_of_ours(self):
        self.assert_rejects("floors", "engine/base/a.cpp", '#include "engine/random/stream.hpp"\n', 1,
                            message="engine/base may include only engine/base")

    def test_sideways_in_engine(self):
        for here, there in (("random", "measure"), ("measure", "run"), ("run", "random")):
            with self.subTest(here=here, there=there):
                path = f"engine/{here}/a.cpp"
                self.assert_rejects("floors", path, f'#include "engine/{there}/b.hpp"\n', 1)
                (self.root / path).unlink()

    def test_a_new_folder_of_engine_must_be_declared(self):
        self.assert_rejects("floors", "engine/extra/a.cpp", '#include "engine/base/check.hpp"\n', 1,
                            message="ENGINE_EDGES")

    def test_only_assess_sees_run(self):
        self.assert_rejects("floors", "models/outage/a.cpp", '#include "engine/run/blocks.hpp"\n', 1)

    def test_an_include_in_a_comment_is_none(self):
        self.assert_accepts("floors", "engine/base/a.cpp", '/*\n#include "apps/a.hpp"\n*/\n// #include "apps/a.hpp"\n')


class Libraries(LintTest):
    def test_models(self):
        headers = ["yaml-cpp/yaml.h", "nlohmann/json.hpp", "CLI/CLI.hpp", "tbb/parallel_for.h", "tbb.h",
                   "oneapi/tbb.h", "thread", "mutex", "atomic", "fstream", "iostream", "filesystem", "stdio.h"]
        self.assert_rejects("libraries", "models/outage/a.cpp", "".join(f"#include <{h}>\n" for h in headers),
                            *range(1, len(headers) + 1), message="models/")

    def test_assess_has_no_thread_of_its_own(self):
        self.assert_rejects("libraries", "models/assess/a.cpp", "#include <thread>\n", 1)

    def test_engine_knows_no_format(self):
        self.assert_rejects("libraries", "engine/run/a.cpp", "#include <thread>\n#include <nlohmann/json.hpp>\n", 2)

    def test_others_pass(self):
        self.assert_accepts("libraries", "models/a.cpp",
                            "#include <sstream>\n#include <iosfwd>\n#include <fmt/format.h>\n#include <boost/math/a.hpp>\n")
        self.assert_accepts("libraries", "apps/a.cpp", "#include <fstream>\n#include <yaml-cpp/yaml.h>\n")


class Exit(LintTest):
    def test_calls(self):
        calls = ["exit(1);", "std::exit(1);", "::exit(1);", "if (a) abort ();", "std::terminate();", "_exit(1);"]
        for floor in ("engine/base", "models", "apps/config"):
            with self.subTest(floor=floor):
                path = f"{floor}/a.cpp"
                self.assert_rejects("exit", path, "\n".join(calls) + "\n", *range(1, len(calls) + 1))
                (self.root / path).unlink()

    def test_what_looks_like_one(self):
        self.assert_accepts("exit", "models/a.cpp",
                            '// exit(1)\nthrow Error("abort(x)");\nplan.exit(1);\nplan->exit(1);\nplan::exit(1);\n'
                            "exit_time(3);\non_exit(3);\nauto a = R\"(\nexit(1)\n)\";\nint b = 1'000; // '\n")

    def test_lines_are_counted_through_comments_and_raw_strings(self):
        self.assert_rejects("exit", "models/a.cpp", '/* a\n b */\nauto a = R"x(\n)" )x";\nint n = 1\'000;\nexit(1);\n', 6)


class Words(LintTest):
    def test_words(self):
        lines = ["// a provider", "int vendors;", "struct CloudRegion;", "int total_prices;", 'auto a = "AWS";',
                 "parseUSDAmount();", "// Currencies", "// multi-cloud"]
        self.assert_rejects("words", "engine/base/a.cpp", "\n".join(lines) + "\n", *range(1, len(lines) + 1))

    def test_other_words_pass(self):
        self.assert_accepts("words", "engine/base/a.cpp",
                            "// clouded, usdx, Hedgerow, provided, providing, eurhythmic\nint HEDGEROW_CONTRACTS;\n")

    def test_models_may_say_provider(self):
        self.assert_accepts("words", "models/a.cpp", "struct Provider;\n")


class Format(LintTest):
    def test_unformatted(self):
        self.assert_rejects("format", "models/a.cpp", "int a;\nint  b ;\n", 2, message="clang-format")

    def test_tests_are_formatted_too(self):
        self.assert_rejects("format", "tests/unit/a.cpp", "int a ( ) ;\n", 1)


class Leftovers(LintTest):
    def test_each(self):
        words = ["TOD" + "O", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
        self.assert_rejects("leftovers", "docs/a.md", "".join(f"later: {w}(me)\n" for w in words), 1, 2, 3, 4)
        (self.root / "docs/a.md").unlink()
        self.assert_rejects("leftovers", "script/a", "true\n# " + words[0] + "\n", 2)

    def test_longer_words_pass(self):
        self.assert_accepts("leftovers", "script/a", "mktemp -d /tmp/a.XXXX" + "XX\n# hack\n")


class Length(LintTest):
    def test_401_lines(self):
        self.assert_rejects("length", "apps/cli/a.cpp", "int a;\n" * 401, 401, message="401 lines")

    def test_400_lines(self):
        self.assert_accepts("length", "apps/cli/a.cpp", "int a;\n" * 400)

    def test_tests_may_be_longer(self):
        self.assert_accepts("length", "tests/unit/a.cpp", "int a;\n" * 401)


class Whitespace(LintTest):
    def test_each(self):
        self.assert_rejects("whitespace", "docs/a.md", "a\tb\nc \nd\r\ne\nf", 1, 2, 3, 5)


class Pragma(LintTest):
    def test_missing(self):
        self.assert_rejects("pragma", "models/a.hpp", "// #pragma once\nint a;\n", 1)


class Pages(LintTest):
    def test_pages_named_by_code(self):
        self.write("docs/model/plan.md", "")
        self.assert_rejects("pages", "models/a.hpp", "// (docs/model/plan.md)\n// (model.md C.5)\nint a;\n", 2,
                            message="there is no model.md")

    def test_links_of_a_page(self):
        self.write("docs/plan.md", "")
        self.assert_rejects("pages", "docs/a.md", "[1](plan.md#x) [2](../models/plan.hpp) [3](https://a.b) [4](#c)\n"
                            "[5](model.md)\n[6](docs/plan.md)\n", 2, 3)


class Choice(LintTest):
    def test_all_rules_find_all(self):
        self.write("engine/base/a.hpp", '#include "models/plan.hpp"\n// cloud\n')
        self.assertEqual(sorted(self.lint()), ["engine/base/a.hpp:1: floors", "engine/base/a.hpp:1: pragma",
                                               "engine/base/a.hpp:2: words"])

    def test_paths(self):
        self.write("models/a/a.hpp", "int a;\n")
        self.write("models/b/a.hpp", "int a;\n")
        self.assertEqual(list(self.lint(self.root / "models/b")), ["models/b/a.hpp:1: pragma"])
        self.assertEqual(list(self.lint(self.root / "models/a/a.hpp")), ["models/a/a.hpp:1: pragma"])

    def test_usage_errors(self):
        for arguments in (["--rule", "nonsense"], ["no/such/path"]):
            run = subprocess.run([LINT, *arguments], capture_output=True, text=True, check=False)
            self.assertEqual((run.returncode, run.stdout), (2, ""))


if __name__ == "__main__":
    unittest.main()
