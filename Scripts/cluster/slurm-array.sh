#!/usr/bin/env bash
# A sweep as a Slurm array: each task computes a shard of the points.
#
#   sbatch --array=0-63 slurm-array.sh sweep.yaml results
#   sbatch --dependency=afterany:JOBID slurm-merge.sh results
#
# Some tasks of it again, of which the number of shards is then needed:
#
#   sbatch --array=17,40 slurm-array.sh sweep.yaml results 64
#SBATCH --job-name=sweep
#SBATCH --cpus-per-task=1
#SBATCH --requeue
set -eu
if [ $# -lt 2 ] || [ $# -gt 3 ]; then
  echo "usage: sbatch --array=0-63 slurm-array.sh SWEEP.yaml DIRECTORY [SHARDS]" >&2
  exit 64
fi
shard=()
[ $# -lt 3 ] || shard=(--shard "$((SLURM_ARRAY_TASK_ID + 1))/$3")
exec "${LFPKERNELS:-lfpkernels}" sweep "$1" -o "$2" --threads "${SLURM_CPUS_PER_TASK:-1}" "${shard[@]}"
