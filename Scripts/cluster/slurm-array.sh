#!/usr/bin/env bash
# A sweep as a Slurm array, a shard to each task:
#
#   sbatch --array=0-15 Scripts/cluster/slurm-array.sh SWEEP.yaml RESULTS
#   lfpkernels merge RESULTS                        # when all tasks are done
#
# Which shard a task computes it takes from the array's variables. Submitted again, the array computes
# what is missing. Points are computed on all cores that a task has (--cpus-per-task). One task of 64
# alone needs the shard named: sbatch Scripts/cluster/slurm-array.sh SWEEP.yaml RESULTS --shard 18/64
#SBATCH --job-name=lfpkernels
#SBATCH --cpus-per-task=1
#SBATCH --output=lfpkernels-%A-%a.log
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: sbatch --array=FROM-TO $0 SWEEP.yaml RESULTS [OPTION...]" >&2 && exit 64; }

exec "${LFPKERNELS:-lfpkernels}" sweep "$1" -o "$2" --threads "${SLURM_CPUS_PER_TASK:-1}" "${@:3}"
