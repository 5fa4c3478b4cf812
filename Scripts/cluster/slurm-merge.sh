#!/usr/bin/env bash
# Joins the shards of a sweep.
#
#   sbatch --dependency=afterany:JOBID slurm-merge.sh results
#SBATCH --job-name=merge
set -eu
[ $# -eq 1 ] || { echo "usage: sbatch slurm-merge.sh DIRECTORY" >&2 && exit 64; }
exec "${LFPKERNELS:-lfpkernels}" merge "$1"
