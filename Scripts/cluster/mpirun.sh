#!/usr/bin/env bash
# A sweep by an MPI launcher, a shard to each rank, and the merged result:
#
#   Scripts/cluster/mpirun.sh 8 SWEEP.yaml RESULTS
#
# The launcher only starts the processes and tells them their rank: no MPI library is needed in the
# tool, and Open MPI's, MPICH's and Intel's mpirun all do. MPIRUN holds options, as in
# MPIRUN="mpirun --hostfile hosts".
set -euo pipefail
[ $# -ge 3 ] || { echo "usage: $0 RANKS SWEEP.yaml RESULTS [OPTION...]" >&2 && exit 64; }

tool=${LFPKERNELS:-lfpkernels}
read -r -a launcher <<<"${MPIRUN:-mpirun}"
status=0
# The launcher ends all ranks when one has a status other than 0. Status 1 means that points failed, which
# the results name and merge reports.
"${launcher[@]}" -n "$1" bash -c '"$@" || [ $? -eq 1 ]' bash \
  "$tool" sweep "$2" -o "$3" --threads 1 "${@:4}" || status=$?
"$tool" merge "$3"
exit "$status"
