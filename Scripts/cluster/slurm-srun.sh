#!/usr/bin/env bash
# A sweep as one Slurm job of many tasks, a shard to each, and the merged result:
#
#   sbatch --ntasks=64 Scripts/cluster/slurm-srun.sh SWEEP.yaml RESULTS
#
# Submitted again after a time limit or the loss of a node, it computes what is missing.
#SBATCH --job-name=lfpkernels
#SBATCH --output=lfpkernels-%j.log
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: sbatch --ntasks=N $0 SWEEP.yaml RESULTS [OPTION...]" >&2 && exit 64; }

tool=${LFPKERNELS:-lfpkernels}
# Failed points make the status 1 and are in the results with their messages: the rest is merged.
status=0
srun "$tool" sweep "$1" -o "$2" --threads "${SLURM_CPUS_PER_TASK:-1}" "${@:3}" || status=$?
"$tool" merge "$2"
exit "$status"
