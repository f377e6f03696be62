"""How grading grows on a Dask cluster: the same distinct answers on one worker and on two.

Run: python benchmarks/cluster.py [how many]

Rates are by the clock on the wall; on a shared machine look at processor time instead: what all processes
(ours, the scheduler, Dask's workers and the processes that judge below them) spend on an answer, and what
ours alone spends, which is what ends growth.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from distributed import Client, LocalCluster
from grading import EXERCISE, students

from symderiv.batch import grade


def processor_seconds(session: int) -> float:
    """Of all living processes of a session; Dask's workers and their judges live until the cluster ends."""
    ticks = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measured(count: int, workers: int, folder: Path) -> tuple[float, float, float]:
    """Answers a second, and the milliseconds of an answer: of all processes, of this one."""
    cluster = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    with cluster, Client(cluster) as client:
        executor = client.get_executor(pure=False)
        warm = students(64 * workers, True)
        list(grade(warm, [folder], executor=executor, jobs=workers))
        submitted = students(count, True)[len(warm) :]
        start, all_before, mine = time.perf_counter(), processor_seconds(os.getsid(0)), time.process_time()
        graded = list(grade(submitted, [folder], executor=executor, jobs=workers))
        seconds = time.perf_counter() - start
        assert all(each.report is not None for each in graded)
        spent = processor_seconds(os.getsid(0)) - all_before
        each = 1000 / len(submitted)
        return len(submitted) / seconds, spent * each, (time.process_time() - mine) * each


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sigmoid-derivative.yaml").write_text(EXERCISE)
        found = {workers: measured(count, workers, folder) for workers in (1, 2)}
    print(f"{count} distinct answers on a local Dask cluster")
    for workers, (rate, spent, mine) in found.items():
        print(
            f"  {workers} worker{'s' if workers > 1 else ' '}  {rate:6.0f} answers a second;  processor time "
            f"of an answer {spent:.2f} ms, of which ours {mine:.2f} ms"
        )
    print(f"  one to two workers: {found[2][0] / found[1][0]:.2f} x by the clock", end="")
    print(f", {2 * found[1][1] / found[2][1]:.2f} x by processor time")
    print(f"  load of the machine at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    if os.getsid(0) != os.getpid() and os.getpgid(0) != os.getpid():
        os.setsid()  # the processes of this run, and no others
    main()
