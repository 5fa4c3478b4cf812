#!/usr/bin/env bash
# A sweep as the ranks of an MPI launcher, of Open MPI, MPICH or Intel MPI: each computes a shard, then
# the shards are joined. Nothing needs MPI itself.
#
#   ./mpirun.sh 64 sweep.yaml results [ARGUMENT OF mpirun...]
set -eu
[ $# -ge 3 ] || { echo "usage: mpirun.sh RANKS SWEEP.yaml DIRECTORY [ARGUMENT...]" >&2 && exit 64; }
ranks=$1 sweep=$2 directory=$3
shift 3
tool=${LFPKERNELS:-lfpkernels}
# A rank that ends with points that failed must not end the others.
mpirun -n "$ranks" "$@" sh -c '"$1" sweep "$2" -o "$3" --threads 1 || [ $? -eq 1 ]' \
  sh "$tool" "$sweep" "$directory"
exec "$tool" merge "$directory"
