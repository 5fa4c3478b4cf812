#!/usr/bin/env bash
# A sweep by GNU parallel, a shard to each job, and the merged result:
#
#   Scripts/cluster/gnu-parallel.sh 16 SWEEP.yaml RESULTS
#
# PARALLEL_OPTIONS may hold -j 8, --sshloginfile hosts and the like; on other machines the folder must
# be the same.
set -euo pipefail
[ $# -ge 3 ] || { echo "usage: $0 SHARDS SWEEP.yaml RESULTS [OPTION...]" >&2 && exit 64; }

tool=${LFPKERNELS:-lfpkernels}
read -r -a options <<<"${PARALLEL_OPTIONS:-}"
status=0
parallel --will-cite --quote --workdir "$PWD" "${options[@]}" \
  "$tool" sweep "$2" -o "$3" --threads 1 --shard "{}/$1" "${@:4}" ::: $(seq 1 "$1") || status=$?
"$tool" merge "$3"
exit "$status"
