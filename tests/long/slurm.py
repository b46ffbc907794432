#!/usr/bin/python3
"""The job files for Slurm under a real Slurm of one host: an array and its merge, a task that is cancelled, a job of MPI.

usage: slurm.py HEDGEROW [HEDGEROW_WITH_MPI]
exit:  0 results have the bytes of a single run; 1 not, or Slurm does not start

Needs root, and Debian's slurmctld, slurmd and slurm-client (script/bootstrap cluster); no service of the system is used or
changed. The node claims to have more cores and memory than this machine, so that it takes jobs of any size. The lines are those
of docs/scale.md. Without a program that is built for MPI, or mpirun, the job of MPI is left out, which is said.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
CONFIG = "configs/openai-aws.yaml"  # what the job files run unless told otherwise
PATHS = "48k"  # three blocks by task; the last one has two
PATIENCE = 300  # [s]
CANCELLED = 3  # the task

SLURM_CONF = """ClusterName=hedgerow
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser=root
AuthType=auth/none
CredType=cred/none
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=batch_sched_delay=1,sched_interval=2
SlurmdParameters=config_overrides
NodeName={host} NodeAddr=127.0.0.1 CPUs=32 RealMemory=131072 State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def free_ports(count):
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [taken.getsockname()[1] for taken in sockets]


class Slurm:
    """Both daemons as children, with all that they write in one folder; commands run in the folder `work` of it."""

    def __init__(self, folder, programs):
        self.folder, self.work, self.daemons = folder, os.path.join(folder, "work"), []
        for name in ("state", "spool", "work"):
            os.mkdir(os.path.join(folder, name))
        os.symlink(os.path.join(SOURCE, "configs"), os.path.join(self.work, "configs"))
        self.conf = os.path.join(folder, "slurm.conf")
        with open(self.conf, "w", encoding="utf-8") as file:
            file.write(SLURM_CONF.format(host=socket.gethostname().split(".")[0], folder=folder, ports=free_ports(2)))
        self.environment = {**os.environ, "SLURM_CONF": self.conf, "PATH": f"{programs}:{os.environ['PATH']}", "RUN_PATHS": PATHS}

    def __enter__(self):
        for daemon in ("slurmctld", "slurmd"):
            with open(os.path.join(self.folder, daemon + ".log"), "wb") as log:
                self.daemons.append(subprocess.Popen([shutil.which(daemon) or f"/usr/sbin/{daemon}", "-D", "-f", self.conf],
                                                     stdout=log, stderr=log, env=self.environment))
        self.wait(lambda: self.said("sinfo -h -o %T", check=False).strip() == "idle", "the node is not idle")
        return self

    def __exit__(self, *_):
        for daemon in reversed(self.daemons):
            daemon.terminate()
            daemon.wait()

    def said(self, line, check=True, **variables):
        done = subprocess.run(["bash", "-c", line], cwd=self.work, env={**self.environment, **variables}, capture_output=True, text=True, check=False)
        assert done.returncode == 0 or not check, f"{line}: {done.stderr}"
        return done.stdout

    def wait(self, until, otherwise):
        begin = time.monotonic()
        while not until():
            if time.monotonic() - begin > PATIENCE or any(daemon.poll() is not None for daemon in self.daemons):
                for name in ("slurmctld.log", "slurmd.log"):
                    with open(os.path.join(self.folder, name), encoding="utf-8") as log:
                        sys.stderr.write(f"{name}:\n{log.read()[-2000:]}")
                raise AssertionError(otherwise)
            time.sleep(0.2)

    def state(self, job):
        """Of a job or a task of an array, as JOB_TASK: its state, why, and the exit code of what it ran."""
        told = self.said(f"scontrol --oneliner show job {job}")
        return re.search(r"JobState=(\S+) Reason=(\S+) .*ExitCode=(\d+):", told).groups()

    def wait_for(self, job):
        self.wait(lambda: self.state(job)[0] not in ("PENDING", "RUNNING", "COMPLETING", "CONFIGURING"), f"job {job} does not end")
        return self.state(job)

    def output(self, job):
        with open(os.path.join(self.work, f"slurm-{job}.out"), encoding="utf-8") as file:
            return file.read()

    def take(self, name):
        """A result as those that are compared, and no longer there."""
        path = os.path.join(self.work, name)
        with open(path, encoding="utf-8") as file:
            result = without_provenance(file.read())
        os.remove(path)
        return result


def without_provenance(text):
    result = json.loads(text)
    result.pop("provenance")
    return json.dumps(result)


def documented_lines():
    """What docs/scale.md tells to copy."""
    with open(os.path.join(SOURCE, "docs", "scale.md"), encoding="utf-8") as file:
        return re.search(r"```\n(array=\$\(sbatch [^`]*)```", file.read())[1]


def submit_both(slurm):
    """The lines, and what the second of them prints; the numbers of the array and its merge."""
    told = slurm.said(f"set -e\n{documented_lines()}echo $array")
    merge, array = re.fullmatch(r"Submitted batch job (\d+)\n(\d+)\n", told).groups()
    return array, merge


def array_and_merge(slurm, whole):
    _, merge = submit_both(slurm)
    assert slurm.wait_for(merge)[::2] == ("COMPLETED", "0"), slurm.output(merge)
    assert slurm.take("results.json") == whole
    shutil.rmtree(os.path.join(slurm.work, "parts"))
    print("array and merge   the bytes of a single run", flush=True)


def cancelled_task(slurm, whole):
    array, merge = submit_both(slurm)
    task = f"{array}_{CANCELLED}"
    slurm.wait(lambda: slurm.state(task)[0] == "RUNNING", f"task {task} does not begin")
    slurm.said(f"scancel {task}")
    assert slurm.wait_for(task)[0] == "CANCELLED"
    slurm.wait(lambda: slurm.said(f"squeue -h -j {array} 2>/dev/null", check=False) == "", "the other tasks do not end")
    slurm.wait(lambda: slurm.state(merge)[1] == "DependencyNeverSatisfied", "the merge does not wait in vain")
    slurm.said(f"scancel {merge}")
    there = {name for name in os.listdir(os.path.join(slurm.work, "parts")) if name.startswith("part-")}
    assert there == {f"part-{i}.hrp" for i in range(1, 17) if i != CANCELLED}, there

    merge_alone = "sbatch --parsable configs/cluster/slurm-merge.sbatch"
    merge = slurm.said(merge_alone).strip()
    assert slurm.wait_for(merge)[::2] == ("FAILED", "3")
    assert f"parts of the run are missing:\n  paths 5 120 to 8 191: shard {CANCELLED}/16\n" in slurm.output(merge), slurm.output(merge)
    assert not os.path.exists(os.path.join(slurm.work, "results.json"))

    again = slurm.said(f"sbatch --parsable --array={CANCELLED} configs/cluster/slurm-array.sbatch").strip()
    assert slurm.wait_for(f"{again}_{CANCELLED}")[0] == "COMPLETED", slurm.output(f"{again}_{CANCELLED}")
    merge = slurm.said(merge_alone).strip()
    assert slurm.wait_for(merge)[0] == "COMPLETED", slurm.output(merge)
    assert slurm.take("results.json") == whole
    went_on = "are there already" in slurm.output(f"{again}_{CANCELLED}")
    print(f"task cancelled    its shard named as missing; repeated{' from its checkpoint' * went_on}, the bytes of a single run", flush=True)


def job_of_mpi(slurm, whole, ranks=4):
    """All ranks on the one node that there is."""
    job = slurm.said(f"sbatch --parsable --nodes=1 --ntasks-per-node={ranks} configs/cluster/slurm-mpi.sbatch",
                     OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1").strip()
    assert slurm.wait_for(job)[0] == "COMPLETED", slurm.output(job)
    with open(os.path.join(slurm.work, "results.json"), encoding="utf-8") as file:
        assert json.load(file)["provenance"]["ranks"] == ranks
    assert slurm.take("results.json") == whole
    print(f"job of MPI        {ranks} ranks, the bytes of a single run", flush=True)


def single_run(program):
    done = subprocess.run([program, "run", CONFIG, "--paths", PATHS, "--format", "json"], cwd=SOURCE, stdout=subprocess.PIPE, text=True, check=True)
    return without_provenance(done.stdout)


@contextlib.contextmanager
def slurm_with(program):
    with tempfile.TemporaryDirectory() as folder:
        programs = os.path.join(folder, "bin")
        os.mkdir(programs)
        os.symlink(os.path.abspath(program), os.path.join(programs, "hedgerow"))
        with Slurm(folder, programs) as slurm:
            yield slurm


def main(program, with_mpi=None):
    if not shutil.which("slurmd", path=os.environ["PATH"] + ":/usr/sbin"):
        sys.exit("slurmd is missing: script/bootstrap cluster")
    whole = single_run(program)
    with slurm_with(program) as slurm:
        print(slurm.said("sinfo --version").strip())
        array_and_merge(slurm, whole)
        cancelled_task(slurm, whole)
    job_file = os.path.exists(os.path.join(SOURCE, "configs", "cluster", "slurm-mpi.sbatch"))
    if not (job_file and shutil.which("mpirun") and with_mpi and os.path.exists(with_mpi)):
        print("job of MPI        NOT TESTED: it needs configs/cluster/slurm-mpi.sbatch, mpirun, and a program that is built for MPI")
        return 0
    whole = single_run(with_mpi)
    with slurm_with(with_mpi) as slurm:
        job_of_mpi(slurm, whole)
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
