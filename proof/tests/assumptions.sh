#!/bin/sh
# Every top theorem rests on no axiom and no gap. Usage: assumptions.sh BUILD
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
if grep -nE '\b(Admitted|admit|Axiom|Parameter|Conjecture|give_up)\b' "$here"/*.v; then echo "a gap in the proofs"; exit 1; fi
cd "$1"
theorems=$(grep -c '^Print Assumptions' assumptions.v)
closed=$(coqc -Q . rankscape assumptions.v | grep -c '^Closed under the global context$')
echo "$closed of $theorems theorems closed under the global context"
[ "$theorems" -gt 0 ] && [ "$closed" -eq "$theorems" ]
