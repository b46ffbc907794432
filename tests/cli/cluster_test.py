"""The job files of configs/cluster, run as their schedulers would: the commands in them, task by task."""

import json
import os
import re
import shutil
import subprocess
import unittest

import yaml

from program import MINIMAL, PROGRAM, SOURCE, ProgramTest, parse, results, without_provenance

CLUSTER = os.path.join(SOURCE, "configs", "cluster")
PATHS = "6k"
SHARDS = 16


def read(name):
    with open(os.path.join(CLUSTER, name), encoding="utf-8") as file:
        return file.read()


class Cluster(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.whole = without_provenance(results(MINIMAL, "--paths", PATHS))

    def setUp(self):
        super().setUp()
        os.mkdir(self.path("bin"))
        os.symlink(PROGRAM, self.path("bin/hedgerow"))
        shutil.copy(MINIMAL, self.path("config.yaml"))

    def run_as(self, command, told="", **variables):
        """A command of a job file, with its volume in the folder of the test and fewer paths."""
        command = [word.replace("/data", self.folder).replace("16M", PATHS) for word in command]
        done = subprocess.run(command, capture_output=True, text=True, check=False,
                              env={"PATH": self.path("bin") + ":" + os.environ["PATH"], **variables})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(told, done.stderr)
        if not told:
            self.assertEqual(done.stderr, "")

    def check_results(self):
        with open(self.path("results.json"), encoding="utf-8") as file:
            self.assertEqual(without_provenance(parse(file.read())), self.whole)

    def test_slurm(self):
        script = read("slurm-array.sbatch")
        self.assertIn(f"#SBATCH --array=1-{SHARDS}\n", script)
        self.assertIn(f"\nSHARDS={SHARDS} ", script)
        settings = {"CONFIG": self.path("config.yaml"), "RUN_PATHS": PATHS, "PARTS": self.path("parts"),
                    "RESULTS": self.path("results.json"), "SLURM_CPUS_PER_TASK": "1"}
        for task in range(1, SHARDS + 1):
            self.run_as(["bash", os.path.join(CLUSTER, "slurm-array.sbatch")], SLURM_ARRAY_TASK_ID=str(task), **settings)
        self.run_as(["bash", os.path.join(CLUSTER, "slurm-array.sbatch")], "are there already", SLURM_ARRAY_TASK_ID="16", **settings)
        self.run_as(["bash", os.path.join(CLUSTER, "slurm-merge.sbatch")], **settings)
        self.check_results()

    def test_kubernetes_and_aws_batch_share_a_run(self):
        pods = yaml.safe_load(read("kubernetes-job.yaml"))["spec"]
        batch = json.loads(read("aws-batch-job.json"))
        self.assertEqual((pods["completionMode"], pods["completions"], batch["arrayProperties"]["size"]), ("Indexed", SHARDS, SHARDS))
        command = pods["template"]["spec"]["containers"][0]["command"]
        for index in range(SHARDS // 2):
            expanded = [re.sub(r"\$\(JOB_COMPLETION_INDEX\)", str(index), word) for word in command]
            self.run_as(expanded, JOB_COMPLETION_INDEX=str(index))
        for index in range(SHARDS // 2, SHARDS):
            self.run_as(batch["containerOverrides"]["command"], AWS_BATCH_JOB_ARRAY_INDEX=str(index))
        merges = (yaml.safe_load(read("kubernetes-merge.yaml"))["spec"]["template"]["spec"]["containers"][0]["command"],
                  json.loads(read("aws-batch-merge.json"))["containerOverrides"]["command"])
        for merge in merges:
            self.run_as(merge)
            self.check_results()
            os.remove(self.path("results.json"))


if __name__ == "__main__":
    unittest.main()
