#!/usr/bin/env bash
# A sweep by GNU parallel, here or on other machines that share the directory: each job computes a shard,
# then the shards are joined.
#
#   ./gnu-parallel.sh 64 sweep.yaml results [ARGUMENT OF parallel...]
#   ./gnu-parallel.sh 64 sweep.yaml results --sshloginfile machines --workdir .
set -eu
[ $# -ge 3 ] || { echo "usage: gnu-parallel.sh SHARDS SWEEP.yaml DIRECTORY [ARGUMENT...]" >&2 && exit 64; }
shards=$1 sweep=$2 directory=$3
shift 3
tool=${LFPKERNELS:-lfpkernels}
# The status is the number of shards with points that failed, which the results name.
parallel "$@" "$tool" sweep "$sweep" -o "$directory" --threads 1 --shard "{}/$shards" \
  ::: $(seq "$shards") || true
exec "$tool" merge "$directory"
