"""Runs the peers beside us: first whether they agree with us, then what a path costs, all in the same minutes."""

import json
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from measuring import BUILD, CONFIG, PROGRAM, run, timed
from peers.agreement import Disagreement, require_agreement
from peers.model import model_of

HERE = Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"  # the one that Debian's packages belong to
OUR_PATHS = 20_000
CONFIG_PATHS = 100_000  # of the article's config: what a run has that is not by path weighs less
PLAYED = "world_and_strategies/strategies:3"
SEED = 1  # of the peers; ours is the config's


@dataclass
class Peer:
    """A program that a buyer would write instead. Its cost is linear in paths, so that slow ones need not play all."""
    name: str
    command: list
    checked: int  # paths on which it must agree
    timed: int    # paths of each timed run
    target: str

    def run(self, model, paths, *threads):
        return run(*self.command, model, paths, SEED, *threads)


class Scalar(Peer):
    def run(self, model, paths, threads=1):
        return super().run(model, paths, threads)

    def seconds_per_path(self, model):
        return self.run(model, self.timed).processor / self.timed


class Python(Peer):
    def seconds_per_path(self, model):
        """Without the start of the interpreter and without numba's compiling, which the peer leaves out itself."""
        return float(self.run(model, self.timed).errors) / self.timed


PEERS = [
    Scalar("scalar C++", [BUILD / "bench" / "peers" / "bench_peer_scalar"], 20_000, 20_000, ">= 15"),
    Python("numba", [PYTHON, HERE / "numba_peer.py"], 20_000, 20_000, ""),
    Python("tuned NumPy", [PYTHON, HERE / "numpy_tuned.py"], 5_000, 1_000, ">= 20"),
    Python("plain NumPy", [PYTHON, HERE / "numpy_plain.py"], 1_000, 100, ">= 30"),
]


def write_model(file):
    """The article's config as the peers read it."""
    values = json.loads(run(PROGRAM, "check", CONFIG, "--resolved", "--format", "json").output)
    file.write_text(json.dumps(model_of(values)), encoding="utf-8")


def check(peers, model, folder):
    """Raises Disagreement if a peer's answers are not ours; then nothing may be timed."""
    results = Path(folder) / "ours.json"
    ours_run(OUR_PATHS, 1, "-o", results)
    ours = json.loads(results.read_text(encoding="utf-8"))
    for peer in peers:
        try:
            agreed = require_agreement(ours, json.loads(peer.run(model, peer.checked).output))
        except Disagreement as reason:
            raise Disagreement(f"{peer.name} is not timed: {reason}") from None
        print(f"compare: {peer.name} agrees with us in {agreed} numbers", file=sys.stderr)


def ours_run(paths, threads, *arguments):
    return run(PROGRAM, "run", CONFIG, "--paths", paths, "--threads", threads, "--progress", "none", *arguments)


def rows(repetitions, peers=PEERS):
    """(name, ratio, target) of each comparison, peer : ours."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.json"
        write_model(model)
        check(peers, model, folder)
        whole, playing = {peer.name: [] for peer in peers}, {peer.name: [] for peer in peers}
        large = {peer.name: [] for peer in peers}
        both = []
        for _ in range(repetitions):
            ours = ours_run(OUR_PATHS, 1).processor / OUR_PATHS
            ours_large = ours_run(CONFIG_PATHS, 1).processor / CONFIG_PATHS
            play = 1e-9 * timed("bench_article", PLAYED, 1, least_seconds=1.0)[PLAYED].processor
            for peer in peers:
                theirs = peer.seconds_per_path(model)
                whole[peer.name].append(theirs / ours)
                large[peer.name].append(theirs / ours_large)
                playing[peer.name].append(theirs / play)
            if isinstance(peers[0], Scalar):
                both.append(peers[0].run(model, OUR_PATHS, 2).wall / ours_run(OUR_PATHS, 2).wall)
        for peer in peers:
            yield f"{peer.name} : whole run, one thread", statistics.median(whole[peer.name]), peer.target
        for peer in peers:
            yield f"{peer.name} : whole run of 100 000 paths, one thread", statistics.median(large[peer.name]), ""
        if both:
            yield f"{peers[0].name} : whole run, two threads, by the clock", statistics.median(both), ""
        for peer in peers:
            yield f"{peer.name} : playing the same paths, no answers", statistics.median(playing[peer.name]), ""
