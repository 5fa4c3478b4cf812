"""Simulates networks in full and compares what is predicted of them. See Scripts/validate."""

import argparse
import hashlib
import json
import multiprocessing
import os
import pickle
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import neuron
import numpy as np

HERE = Path(__file__).parent

#: Cells simulated in one process at a time, more or less.
BATCH = 300


def network_of(case, quick):
    import description

    network = description.finer(description.read(case.path), case.finer)
    description.shrink(network, case.smaller)
    if quick:
        description.shrink(network, 4, connected=False)
    return network


def digest(network, options, spikes=None):
    """Changes with anything that a simulation depends on."""
    modules = ("cells", "draw", "potentials", "simulate", "description")
    files = [HERE / f"{m}.py" for m in modules] + sorted((HERE / "mechanisms").glob("*.mod"))
    given = {name: (n.tolist(), s.tolist()) for name, (n, s) in (spikes or {}).items()}
    text = repr((network, options, BATCH)) + (repr(given) if given else "") + "".join(f.read_text() for f in files)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def simulate_slice(job):
    key, network, options, spikes, chosen, mechanisms = job
    neuron.load_mechanisms(mechanisms)
    import simulate

    start = time.time()
    drawn = simulate.Drawn(network, options, spikes)
    truth = simulate.Simulation(drawn, chosen).run()
    if not options.recurrent:
        truth.spikes = drawn.spikes
    return key, truth, time.time() - start


def truths(wanted, cache, mechanisms, workers):
    """Simulates what the cache does not have; `wanted` are networks, options and spikes (None where they are drawn
    or arise) by name of the case."""
    import description
    import simulate

    files = {name: cache / f"{name}-{digest(*pair)}.pickle" for name, pair in wanted.items()}
    jobs, found, counts, left = [], {}, {}, {}
    for name, (network, options, spikes) in wanted.items():
        counts[name] = {p: network["populations"][p]["size"] for p in description.postsynaptic(network)}
        if files[name].exists():
            found[name] = pickle.loads(files[name].read_bytes())
            continue
        parts = 1 if options.recurrent else max(1, round(sum(counts[name].values()) / BATCH))
        found[name], left[name] = simulate.Truth(), parts
        found[name].seconds = 0
        for k in range(parts):
            chosen = {p: np.arange(n)[k::parts] for p, n in counts[name].items()}
            jobs.append((name, network, options, spikes, chosen, str(mechanisms)))
    jobs.sort(key=lambda job: not job[2].recurrent)  # the longest first
    with multiprocessing.get_context("spawn").Pool(workers, maxtasksperchild=1) as pool:
        for name, part, seconds in pool.imap_unordered(simulate_slice, jobs, chunksize=1):
            found[name].add(part)
            found[name].seconds += seconds
            left[name] -= 1
            if left[name] == 0:
                finish(found[name], counts[name])
                files[name].write_bytes(pickle.dumps(found[name]))
                print(f"validate: simulated '{name}', {found[name].seconds:.0f} s", file=sys.stderr)
    return found


def finish(truth, counts):
    truth.counts = counts
    for name, count in counts.items():
        truth.potential[name] = truth.potential[name] / count


def replayed(case, base, truth):
    """The network of another case with what was measured in it, and its spikes."""
    import cases

    network, options, _ = base
    return cases.measured(network, truth, options.duration), case.options, truth.spikes


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--mechanisms", required=True)
    parser.add_argument("--cache", required=True, type=Path)
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("cases", nargs="*")
    return parser.parse_args()


def main():
    given = arguments()
    neuron.load_mechanisms(given.mechanisms)
    import cases
    import evaluate
    import report

    known = [c for c in cases.CASES if c.quick or not given.quick]
    unknown = set(given.cases) - {c.name for c in known}
    if unknown:
        sys.exit(f"validate: no case '{', '.join(sorted(unknown))}'; known are {', '.join(c.name for c in known)}")
    chosen = [c for c in known if not given.cases or c.name in given.cases]
    if given.quick:
        chosen = [c.reduced() for c in chosen]
    given.cache.mkdir(parents=True, exist_ok=True)
    given.output.mkdir(parents=True, exist_ok=True)
    wanted = {c.name: (network_of(c, given.quick), c.options, None) for c in chosen if not c.replays}
    found = truths(wanted, given.cache, given.mechanisms, given.workers)
    again = {c.name: replayed(c, wanted[c.replays], found[c.replays]) for c in chosen if c.replays in found}
    found.update(truths(again, given.cache, given.mechanisms, given.workers))
    wanted.update(again)
    chosen = [c for c in chosen if c.name in found]
    results = []
    for case in chosen:
        others = {
            f"simulated, {c.name}": found[c.name] for c in chosen if c.replays == case.name}
        results.append(evaluate.evaluate(
            case, wanted[case.name][0], found[case.name], given.tool, given.output, others))
        report.picture(results[-1], given.output / f"validation-{case.name}.png")
    text = report.document(results)
    (given.output / "validation.md").write_text(text)
    print(text)
    failures = [f for result in results for f in evaluate.failures(result, given.quick)]
    for failure in failures:
        print(f"validate: {failure}", file=sys.stderr)
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
