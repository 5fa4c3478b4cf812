#!/usr/bin/env bash
# A sweep as a Slurm array: each task computes a shard of the points.
#
#   sbatch --array=0-63 slurm-array.sh sweep.yaml results
#   sbatch --dependency=afterany:JOBID slurm-merge.sh results
#
# A task that was lost is submitted again with its number (--array=17 would be another division: use
# `scontrol requeue JOBID_17`, or the whole array, of which complete tasks end at once).
#SBATCH --job-name=sweep
#SBATCH --cpus-per-task=1
#SBATCH --requeue
set -eu
[ $# -eq 2 ] || { echo "usage: sbatch --array=0-63 slurm-array.sh SWEEP.yaml DIRECTORY" >&2 && exit 64; }
exec "${LFPKERNELS:-lfpkernels}" sweep "$1" -o "$2" --threads "${SLURM_CPUS_PER_TASK:-1}"
