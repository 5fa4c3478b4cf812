"""What the tool predicts from a description and spikes, and what LFPykernels does."""

import subprocess
from pathlib import Path

import h5py
import numpy as np
import yaml


class Tool:
    """`lfpkernels`, in a folder for its files."""

    def __init__(self, program, folder):
        self.program, self.folder = program, Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"lfpkernels {' '.join(map(str, arguments))}: {done.stderr}")
        return done.stdout

    def kernels(self, network, name):
        description, kernels = self.folder / f"{name}.yaml", self.folder / f"{name}.h5"
        description.write_text(yaml.safe_dump(network, sort_keys=False))
        self.run("kernels", description, "-o", kernels, "--force")
        return kernels

    def predict(self, kernels, spikes, dt, duration, options=()):
        """Signals at steps 0, 1, ... of each probe; outputs x steps."""
        table, signals = kernels.with_suffix(".csv"), kernels.with_suffix(".signals.h5")
        with open(table, "w") as file:
            file.write("time,population,node\n")
            for name, (neuron, step) in spikes.items():
                file.writelines(f"{s * dt!r},{name},{n}\n" for n, s in zip(neuron.tolist(), step.tolist()))
        self.run("predict", kernels, table, "-o", signals, "--from", 0, "--to", duration + dt, "--force", *options)
        with h5py.File(signals) as file:
            return {name: group["total"][:] for name, group in file["signals"].items()}
