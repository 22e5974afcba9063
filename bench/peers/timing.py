"""Timing of a peer's runs, and the one JSON line that a script prints."""
import json, os, time
import numpy as np


def column(name, count=-1):
    return np.fromfile(os.path.join(os.environ["ZANZIBAR_BENCH_DATA"], name), "<f8", count)


def measure(run, warm=1, runs=5, before=None):
    """Seconds of `runs` timed calls after `warm` untimed ones, and what the last one gave; `before` makes its argument, untimed."""
    seconds, result = [], None
    measure.cpu = []
    for k in range(warm + runs):
        argument = () if before is None else (before(),)
        result = None
        cpu, begun = time.thread_time(), time.perf_counter()
        result = run(*argument)
        if k >= warm:
            seconds.append(time.perf_counter() - begun)
            measure.cpu.append(time.thread_time() - cpu)
    return seconds, result


def version(package):
    from importlib.metadata import version as of
    return of(package)


def emit(peer, package, seconds, scale, rows, check):
    """`scale` turns seconds into the benchmark's unit."""
    print(json.dumps(dict(peer=peer, version=version(package), median=float(np.median(seconds)) * scale, best=min(seconds) * scale, cpu=float(np.median(measure.cpu)) * scale, rows=rows, check=check)))
