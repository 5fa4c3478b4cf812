#!/usr/bin/env bash
# A sweep as the tasks of one Slurm job: each computes a shard, then the shards are joined.
#
#   sbatch --ntasks=64 slurm-srun.sh sweep.yaml results
#SBATCH --job-name=sweep
#SBATCH --cpus-per-task=1
set -eu
[ $# -eq 2 ] || { echo "usage: sbatch --ntasks=64 slurm-srun.sh SWEEP.yaml DIRECTORY" >&2 && exit 64; }
tool=${LFPKERNELS:-lfpkernels}
# Points that fail make the status 1; they are in the results with their messages.
srun "$tool" sweep "$1" -o "$2" --threads "${SLURM_CPUS_PER_TASK:-1}" || status=$?
"$tool" merge "$2" || status=$?
exit "${status:-0}"
