#!/usr/bin/python3
"""script/bootstrap on pretended machines: only its own programs, a fake dpkg-query, apt-get, id and sudo."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "script" / "bootstrap"
TOOLS = ["awk", "bash", "cat", "dirname", "env", "grep"]

# Knows the packages named in the file `installed`; fails like the real one when one is unknown.
FAKE_DPKG_QUERY = """#!/bin/bash
here="$(dirname "$0")"; failed=0
[[ $# -gt 3 || $3 != '${db:Status-Status} ${Provides}\\n' ]] || exec cat "$here/provided"
[[ $1 == -W && $2 == -f && $3 == '${Package} ${db:Status-Status}\\n' ]] || exit 2
for package in "${@:4}"; do
  if grep -qx "$package" "$here/installed"; then echo "$package installed"
  elif grep -qx "$package" "$here/removed"; then echo "$package config-files"
  else echo "dpkg-query: no packages found matching $package" >&2; failed=1; fi
done
exit $failed
"""
# Writes down how it was called and remembers what it installed.
FAKE_APT_GET = """#!/bin/bash
here="$(dirname "$0")"
echo "$DEBIAN_FRONTEND $*" >>"$here/calls"
echo "apt-get chatter"
[[ ! -e $here/offline ]] || exit 100
[[ $* != *" install "* ]] || for word in "$@"; do [[ $word == -* ]] || echo "$word" >>"$here/installed"; done
"""


OPTIONAL = ("mpi", "cluster")


def listed(group=None):
    """The packages of script/packages.txt, of one group or of all but the optional ones; read independently of the script."""
    packages, current = [], None
    for line in (ROOT / "script" / "packages.txt").read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line.startswith("["):
            current = line.strip("[]")
        elif line and (group == current or group is None and current not in OPTIONAL):
            packages.append(line)
    return packages


class Machine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = pathlib.Path(folder.name)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.program("dpkg-query", FAKE_DPKG_QUERY)
        self.program("apt-get", FAKE_APT_GET)
        self.be_user(0)
        self.installed(listed())
        (self.bin / "removed").touch()
        (self.bin / "provided").touch()

    def program(self, name, text):
        (self.bin / name).write_text(text, encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def be_user(self, number):
        self.program("id", f"#!/bin/bash\necho {number}\n")

    def installed(self, packages):
        (self.bin / "installed").write_text("".join(p + "\n" for p in packages), encoding="utf-8")

    def calls(self):
        file = self.bin / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def bootstrap(self, *arguments):
        return subprocess.run([BOOTSTRAP, *arguments], env={"PATH": str(self.bin)}, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)


class Check(Machine):
    def test_an_optional_group_is_asked_for(self):
        for asked in (["--with", "mpi"], ["mpi"], ["build", "--with", "mpi"]):
            self.assertEqual(self.bootstrap("--check", *asked).stdout.split(), listed("mpi"))
        self.assertEqual(self.bootstrap("--check", "bench").returncode, 0)
        self.assertEqual(self.bootstrap("--with").returncode, 2)
        self.installed([])
        self.assertEqual(set(self.bootstrap("--check", "build", "--with", "mpi").stdout.split()), set(listed("build") + listed("mpi")))
        self.assertEqual(set(self.bootstrap("--check", "--with", "mpi").stdout.split()), set(listed() + listed("mpi")))

    def test_nothing_missing(self):
        run = self.bootstrap("--check")
        self.assertEqual((run.returncode, run.stdout), (0, ""))
        self.assertIn(f"all {len(listed())} packages are installed", run.stderr)

    def test_all_missing(self):
        self.installed([])
        run = self.bootstrap("--check")
        self.assertEqual((run.returncode, run.stdout.split("\n")), (1, listed() + [""]))
        self.assertIn(f"missing {len(listed())} of {len(listed())} packages", run.stderr)

    def test_some_missing(self):
        self.installed([p for p in listed() if p not in ("cmake", "libtbb-dev")])
        run = self.bootstrap("--check")
        self.assertEqual((run.returncode, run.stdout), (1, "cmake\nlibtbb-dev\n"))

    def test_removed_but_configured_is_missing(self):
        self.installed([p for p in listed() if p != "cmake"])
        (self.bin / "removed").write_text("cmake\n", encoding="utf-8")
        self.assertEqual(self.bootstrap("--check").stdout, "cmake\n")

    def test_what_another_package_provides_is_there(self):
        self.installed([p for p in listed() if p not in ("npm", "cmake", "git")])
        (self.bin / "provided").write_text(
            "installed \ninstalled nodejs-dev, npm (= 11.1), node\nconfig-files git\ninstalled xcmake, cmake-x\n", encoding="utf-8")
        self.assertEqual(sorted(self.bootstrap("--check").stdout.split()), ["cmake", "git"])

    def test_a_group(self):
        self.installed(listed("build"))
        self.assertEqual(self.bootstrap("--check", "build").returncode, 0)
        run = self.bootstrap("--check", "build", "test")
        self.assertEqual((run.returncode, run.stdout.split()), (1, listed("test")))

    def test_never_calls_apt(self):
        self.installed([])
        self.bootstrap("--check")
        self.assertEqual(self.calls(), [])


class Install(Machine):
    def test_nothing_to_do_is_silent_and_calls_nothing(self):
        run = self.bootstrap()
        self.assertEqual((run.returncode, run.stdout, run.stderr, self.calls()), (0, "", "", []))

    def test_installs_what_is_missing(self):
        self.installed([p for p in listed() if p not in ("cmake", "libtbb-dev")])
        run = self.bootstrap()
        self.assertEqual((run.returncode, run.stdout), (0, ""), run.stderr)
        self.assertIn("installing 2 packages: cmake libtbb-dev", run.stderr)
        update, install = self.calls()
        self.assertRegex(update, "^noninteractive .* update$")
        self.assertRegex(install, "^noninteractive .* install .*--yes .*--no-install-recommends .* cmake libtbb-dev$")
        self.assertEqual(self.bootstrap("--check").returncode, 0)

    def test_without_root_uses_sudo(self):
        self.be_user(1000)
        self.program("sudo", '#!/bin/bash\necho sudo >>"$(dirname "$0")/calls"\nexec "$@"\n')
        self.installed(listed()[1:])
        self.assertEqual(self.bootstrap().returncode, 0)
        self.assertEqual(self.calls()[::2], ["sudo", "sudo"])

    def test_without_root_or_sudo_says_what_to_do(self):
        self.be_user(1000)
        self.installed([p for p in listed() if p != "cmake"])
        run = self.bootstrap()
        self.assertEqual((run.returncode, self.calls()), (1, []))
        self.assertIn("as root, run: apt-get install --no-install-recommends cmake", run.stderr)

    def test_without_root_nothing_is_needed_if_nothing_is_missing(self):
        self.be_user(1000)
        self.assertEqual(self.bootstrap().returncode, 0)

    def test_offline(self):
        (self.bin / "offline").touch()
        self.installed([])
        run = self.bootstrap()
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertIn("apt-get update failed", run.stderr)

    def test_an_installation_that_did_nothing_fails(self):
        self.installed([p for p in listed() if p != "cmake"])
        self.program("apt-get", "#!/bin/bash\n")
        run = self.bootstrap()
        self.assertEqual(run.returncode, 1)
        self.assertIn("still missing: cmake", run.stderr)


class CommandLine(Machine):
    def test_unknown_option_or_group(self):
        for argument in ("--chek", "no-such-group"):
            run = self.bootstrap(argument)
            self.assertEqual((run.returncode, run.stdout), (2, ""))
            self.assertIn(argument, run.stderr)

    def test_help(self):
        run = self.bootstrap("--help")
        self.assertEqual(run.returncode, 0)
        self.assertIn("--check", run.stdout)

    def test_no_debian(self):
        (self.bin / "dpkg-query").unlink()
        run = self.bootstrap()
        self.assertEqual(run.returncode, 1)
        self.assertIn("not a Debian system", run.stderr)


class List(unittest.TestCase):
    def test_each_package_once_with_its_purpose(self):
        everything = listed() + [package for group in OPTIONAL for package in listed(group)]
        self.assertEqual(len(everything), len(set(everything)))
        self.assertGreater(len(listed()), 10)
        for line in (ROOT / "script" / "packages.txt").read_text(encoding="utf-8").splitlines():
            self.assertRegex(line, r"^$|^#|^\[\w+\] +# |^[a-z0-9.+-]+ +# \S")

    def test_each_package_is_explained_in_the_documents(self):
        everything = listed() + [package for group in OPTIONAL for package in listed(group)]
        text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
        self.assertEqual([p for p in everything if not re.search(rf"`{re.escape(p)}`", text)], [])


if __name__ == "__main__":
    unittest.main()
