"""The job files of configs/cluster: held against the schemas of their schedulers, and the commands in them run task by task."""

import glob
import importlib.util
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

# What a sanitized program is told; a job has no other variables than those of its scheduler.
SANITIZERS = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}


class Schemas(unittest.TestCase):
    def kubernetes(self, text):
        """What Kubernetes would find wrong."""
        script = os.path.join(SOURCE, "tests", "cli", "kubernetes_object.mjs")
        done = subprocess.run(["node", script], input=json.dumps(yaml.safe_load(text)), capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_kubernetes(self):
        files = glob.glob("kubernetes-*.yaml", root_dir=CLUSTER)
        self.assertEqual(len(files), 2)
        for name in files:
            self.assertEqual(self.kubernetes(read(name)), [])
        job = read("kubernetes-job.yaml")
        for right, wrong, words in (("completions: 16", "completions: sixteen", "/spec/completions: type"),
                                    ("- name: hedgerow", "- title: hedgerow", "/spec/template/spec/containers/0: required"),
                                    ("backoffLimitPerIndex", "backoffLimitPerIndx", "/spec/backoffLimitPerIndx: unknown")):
            self.assertIn(words, " ".join(self.kubernetes(job.replace(right, wrong, 1))))

    @unittest.skipUnless(importlib.util.find_spec("botocore"), "NOT TESTED: AWS Batch (script/bootstrap cluster installs python3-botocore)")
    def test_aws_batch(self):
        import botocore.session
        import botocore.validate
        shape = botocore.session.get_session().get_service_model("batch").operation_model("SubmitJob").input_shape

        def wrong(text):
            return botocore.validate.ParamValidator().validate(json.loads(text), shape).generate_report()
        files = glob.glob("aws-batch-*.json", root_dir=CLUSTER)
        self.assertEqual(len(files), 2)
        for name in files:
            self.assertEqual(wrong(read(name)), "")
        job = read("aws-batch-job.json")
        for right, broken, words in (("arrayProperties", "array", 'Unknown parameter in input: "array"'), ("16}", '"16"}', "arrayProperties.size"),
                                     ("jobQueue", "queue", 'Missing required parameter in input: "jobQueue"')):
            self.assertIn(words, wrong(job.replace(right, broken, 1)))


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
        command = [word.replace("16M", PATHS).replace("/data", self.folder) for word in command]
        done = subprocess.run(command, capture_output=True, text=True, check=False,
                              env={"PATH": self.path("bin") + ":" + os.environ["PATH"], **SANITIZERS, **variables})
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
