#!/bin/sh
# Drops the tests of the checker one at a time and demands that the proof breaks. Usage: mutations.sh BUILD [NUMBER..]
# BUILD: where `make` has built the proofs; NUMBER: only these mutations.
set -u
build=$1; shift
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
wanted="$*"
count=0; broken=0; survived=0

# file, what is there, what stands in its place (fixed strings)
mutate() {
  count=$((count + 1))
  [ -z "$wanted" ] || case " $wanted " in *" $count "*) ;; *) return ;; esac
  rm -rf "$work/b"; cp -rp "$build" "$work/b"
  F="$work/b/$1" OLD="$2" NEW="$3" python3 - <<'PY' || { echo "mutation $count does not apply: $2"; survived=$((survived + 1)); return; }
import os, sys
text = open(os.environ["F"]).read()
if text.count(os.environ["OLD"]) != 1: sys.exit(1)
open(os.environ["F"], "w").write(text.replace(os.environ["OLD"], os.environ["NEW"]))
PY
  if make -C "$work/b" -f Makefile.coq >"$work/log" 2>&1; then
    echo "mutation $count SURVIVES: $1 without $2"; survived=$((survived + 1))
  elif ! grep -qE '^File "\./(parametricity|evidence|soundness|bounds_sound|convexity_sound|traces_sound|theorem|quadratic_sound|constrained_sound|constrained_theorem|orthonormal_sound|orbits|symmetry_sound|feasible_orbits|constrained_symmetry_sound)\.v"' "$work/log"; then
    echo "mutation $count does not compile: $1 without $2"; survived=$((survived + 1))
  else
    echo "mutation $count breaks $(sed -n 's/^File "\.\/\([^"]*\)".*/\1/p' "$work/log" | tail -1): $1 without $2"; broken=$((broken + 1))
  fi
}

mutate certificate.v 'Z.ltb 0 a &&' ''
mutate certificate.v 'Z.leb (m2 * (b * b)) (a * nth 0 diagonal j)' 'true'
mutate certificate.v 'Nat.ltb k n && all' 'all'
mutate certificate.v 'vanishes (apply h (nth [::] v i))' 'true'
mutate certificate.v 'Nat.eqb (a + (c + b)) n,' 'true,'
mutate certificate.v 'dominates a (gram (negate h) a (frame e)),' 'true,'
mutate certificate.v 'if r is [::] then Some s else None' 'Some s'
mutate certificate.v 'Nat.ltb k.+1 (size (coefficients e)),' 'true,'
mutate certificate.v 'Nat.eqb k k'"'"', ' 'true, '
mutate certificate.v 'Z.leb (hi.2 * idot (apply h v'"'"') v'"'"') (hi.1 * d * idot v'"'"' v'"'"')' 'true'
mutate certificate.v 'Z.leb lo.1 0 && negb has_neg' 'negb has_neg'
mutate certificate.v 'all wf_number (flatten (weights c)) &' 'true &'
mutate program.v '| Scale _ d _ => Z.ltb 0 d' ''
mutate bounds.v 'Z.leb 0 p.1 && Z.leb 0 q.1' 'true'
mutate bounds.v 'if Z.leb 0 n then (if lo a is Some q then Some (product_numbers (n, d) q) else None) else None' 'if lo a is Some q then Some (product_numbers (n, d) q) else None'
mutate bounds.v 'then at_most (value c) q else false' 'then true else false'
mutate checker.v 'equal_numbers (value c) (value_part a, over a),' 'true,'
mutate checker.v 'Bool.eqb (critical c) (vanishes (gradient_part a)),' 'true,'
mutate checker.v 'less_numbers (swap (value_at c (head [::] (rows_of w)))) (value c)' 'true'
mutate checker.v 'same_verdict (claimed c) (verdict_of c)' 'true'
mutate checker.v 'bounded_below c (pmap id o)' 'true'
mutate convexity.v 'if Z.leb 0 z then Above else Unknown' 'Above'
mutate convexity.v 'is_exact a, is_exact b, Z.eqb (tangent_value a) (tangent_value b) & same_slope (slope a) (slope b)' 'is_exact a & is_exact b'
mutate convexity.v 'is_exact a && (if slope a is [::] then true else false)' 'is_exact a'
mutate convexity.v 'all (Z.leb 0) (squares e) &' 'true &'
mutate convexity.v 'Z.eqb (scaled_by e * z) (d * idot (nth [::] weighted i) (nth [::] columns j))' 'true'
mutate convexity.v '&& operands_before (Z.to_nat k) i then' 'then'
mutate convexity.v 'if is_transpose p b a then Some r' 'if true then Some r'
mutate convexity.v '| Free _ => vanishes g' '| Free _ => true'
mutate convexity.v 'is_norm p vals b u, is_norm p vals c v &' 'is_norm p vals b u &'
mutate convexity.v 'Nat.eqb q q'"'"', ' 'true, '
mutate convexity.v 'inputs_before first p, ' 'true, '
mutate convexity.v 'terms_hold p vals d ts g &' 'true &'
mutate convexity.v 'Z.leb (dot rationals [seq (1, z) | z <- g] (entries_of at_point)).2 0' 'true'
mutate convexity.v '(if bend t is Unknown then false else true)' 'true'
mutate bounds.v 'if is_scalar (position vals a) then best' 'if true then best'
mutate traces.v 'if all (all (fun a => is_fixed a.2)) m then' 'if true then'
mutate traces.v 'if [&& Nat.eqb r1 r, Nat.eqb q1 r2 & Nat.eqb q2 q] then' 'if true then'
mutate traces.v 'if [&& Nat.eqb r1 r, Nat.eqb q1 q, Nat.eqb r2 r & Nat.eqb q2 q] then' 'if true then'
mutate traces.v 'if is_norm p vals k a then Some a else None' 'Some a'
mutate traces.v 'wf_number s && Z.leb 0 s.1' 'wf_number s'
mutate traces.v 'semidefinite n m (cover_psd t) &' 'true &'
mutate traces.v 'semidefinite n (uncovered rationals n m a (at_rationals (separator t))) (rest_psd t)' 'true'
mutate traces.v 'wf_matrix (covering t), ' ''
mutate traces.v 'same_numbers (multiply rationals (multiply rationals x (transpose rationals x)) z) xy &' 'true &'
mutate traces.v 'wf_matrix solved, ' ''
mutate traces.v "certificate.same_shape (shaped vals y') (Some (n, N)) && covers" 'covers'
mutate traces.v 'if gram_rows p vals m is Some n then' 'if omap fst (shaped vals m) is Some n then'
mutate constrained.v '  wf_matrix e.2 &&' ''
mutate constrained.v 'check_option (is_regular s) (regular k),' 'true,'
mutate constrained.v 'some (regular k) && check_bordered' 'check_bordered'
mutate constrained.v 'Z.ltb 0 D, divides' 'true, divides'
mutate constrained.v 'divides D (over a), ' 'true, '
mutate constrained.v 'all (fun r => divides D r.1) s &' 'true &'
mutate constrained.v 'critical c, vanishes (gradient_part an),' 'critical c, true,'
mutate constrained.v 'critical c, vanishes' 'true, vanishes'
mutate constrained.v 'equal_numbers (value c) (value_part an, over an),' 'true,'
mutate constrained.v 'one_by_one here a, ' 'true, '
mutate constrained.v 'certificate.same_shape (shape_of (embed rationals mu)) (shaped here b), ' 'true, '
mutate constrained.v 'entries_vanish (position here b),' 'true,'
mutate constrained.v 'rows_fit (dimension c) w, ' 'true, '
mutate constrained.v 'entries_vanish (position (results_of c q) b) &' 'true &'
mutate constrained.v 'less_numbers (swap (value_at c q)) (value c)' 'true'
mutate constrained.v 'same_verdict (claimed c) (constrained_verdict (size s) k)' 'true'
mutate constrained.v 'known a, known b & [|| is_affine j && is_affine k, is_number j | is_number k]' 'known a & known b'
mutate constrained.v 'is_quadratic c && semidefinite' 'semidefinite'
mutate constrained.v 'semidefinite (dimension c) (over_denominator (over a) (hessian_part a)) e' 'true'
mutate constrained.v 'check_option (check_convex c an) (convex_lagrangian k) &' 'true &'
mutate traces.v 'Z.eqb (a.2 * z) (a.1 * denominator m)' 'true'
mutate checker.v 'all (is_reciprocal c) (reciprocals c),' 'true,'
mutate symmetry.v 'if same_monomial m k then' 'if negb (comes_first m k) then'
mutate symmetry.v 'Nat.ltb i n && Nat.eqb (Z.to_nat e.1.1) i' 'Nat.eqb (Z.to_nat e.1.1) i'
mutate symmetry.v '(if rate_along c (fields e) is [::] then true else false),' 'true,'
mutate symmetry.v '[&& wf_matrix (inverse e), ' '[&& true, '
mutate symmetry.v '(if Nat.eqb k j then 1 else 0)) (iota 0 m)) (iota 0 m)' '(if Nat.eqb k j then 1 else 0)) (iota 0 0)) (iota 0 m)'
mutate symmetry.v '(1, entry h i j) | i <- iota 0 n]) 0)' '(1, entry h i j) | i <- iota 0 0]) 0)'
mutate symmetry.v '[&& check c, critical c, ' '[&& check c, true, '
mutate symmetry.v 'critical c, check_symmetry c (along k), ' 'critical c, '
mutate symmetry.v 'same_verdict (concluded k) (symmetric_verdict k)' 'true'
mutate symmetry.v 'if some (better c) then LocalMinimizer else SecondOrder' 'LocalMinimizer'
mutate symmetry.v 'Z.eqb (neg e) 0 && Nat.eqb' 'Nat.eqb'
mutate symmetry.v 'Nat.eqb (Z.to_nat (zero e)) (size (fields (along k)))' 'true'
mutate orthonormal.v '[&& known a, ' '[&& '
mutate orthonormal.v 'Z.eqb (jet_value j) 0, ' 'true, '
mutate orthonormal.v 'all (fun x => Z.eqb x.2 0) (jet_linear j) &' 'true &'
mutate orthonormal.v 'all vanishes (symmetrize n m)' 'true'
mutate orthonormal.v '  wf_matrix m &&' ''
mutate orthonormal.v 'Nat.ltb j i || is_nought' 'Nat.leb j i || is_nought'
mutate orthonormal.v '[&& nonnegative_number s, ' '[&& wf_number s, '
mutate orthonormal.v 'Nat.eqb (size e) k & Z.ltb' 'true & Z.ltb'
mutate orthonormal.v '& Z.ltb 0 (square_of e)]' '& true]'
mutate orthonormal.v 'is_quadratic c, are' 'true, are'
mutate orthonormal.v 'are_orthonormal c n k b (relations e), ' 'true, '
mutate orthonormal.v 'wf_matrix (multipliers_of e), ' 'true, '
mutate orthonormal.v 'shaped_as k k d,' 'true,'
mutate orthonormal.v 'is_reflection k (reflection e),' 'true,'
mutate orthonormal.v 'semidefinite (dimension c) (whole n k (over an) (hessian_part an) xdx d (reflection e)) (whole_psd e) &' 'true &'
mutate orthonormal.v 'then semidefinite k d f else Nat.eqb n k' 'then semidefinite k d f else true'
mutate orthonormal.v 'then semidefinite k d f else' 'then true else'
mutate orthonormal.v 'wf_matrix (unit_lower e), ' 'true, '
mutate orthonormal.v 'is_lower n l, ' 'true, '
mutate orthonormal.v 'has_ones n l,' 'true,'
mutate orthonormal.v 'is_lower n (transpose o u), ' 'true, '
mutate orthonormal.v 'has_ones n u, ' 'true, '
mutate orthonormal.v 'is_lower n t &' 'true &'
mutate orthonormal.v 'Z.ltb 0 (foldr (fun i z => (at_entry t i i).2 * z) 1 (iota 0 n))' 'true'
mutate orthonormal.v '[&& Nat.eqb n k, positive' '[&& true, positive'
mutate orthonormal.v 'positive_determinant n (flatten (weights c)) e.1 &' 'true &'
mutate orthonormal.v 'Some w, Some f => positive_determinant n (head [::] (rows_of w)) f' 'Some w, Some f => true'
mutate orthonormal.v '[&& Nat.eqb (q * n) (dimension c), ' '[&& true, '
mutate orthonormal.v 'check_option (are_rotations c n q) (rotations k),' 'true,'
mutate orthonormal.v 'check_orthonormal c an b n q e && (' '('
mutate orthonormal.v ' && (some (rotations k) || negb (some (reflection e)))' ''
mutate orthonormal.v 'same_verdict (settled k) (if some (frames k) then GlobalMinimizer else claimed (lagrangian (besides k)))' 'true'
mutate orthonormal.v '  check_constrained (besides k) &&' ''
mutate constrained_symmetry.v 'Nat.eqb (S (Z.to_nat k)) (size (inputs c))' 'true'
mutate constrained_symmetry.v 'all (fun r => Nat.eqb (size r) 1) (entries mu), ' 'true, '
mutate constrained_symmetry.v 'well_formed c'"'"', ' 'true, '
mutate constrained_symmetry.v 'Nat.eqb (dimension c'"'"') (n + m), ' 'true, '
mutate constrained_symmetry.v 'independent c'"'"' n a, ' 'true, '
mutate constrained_symmetry.v 'independent c'"'"' n b,' 'true,'
mutate constrained_symmetry.v 'moves_apart n (n + m) (fields (orbit k)),' 'true,'
mutate constrained_symmetry.v 'check_along c'"'"' (orbit k) (bordered_hessian n (common_denominator (over an) s) (over an) (hessian_part an) s),' 'true,'
mutate constrained_symmetry.v 'Nat.eqb (Z.to_nat (zero e)) (size (fields (orbit k))),' 'true,'
mutate constrained_symmetry.v 'Nat.eqb (less_constraints m (neg e)) 0 || Nat.eqb (less_constraints m (pos e)) 0 &' 'true &'
mutate constrained_symmetry.v 'same_verdict (ending k) (ending_verdict m k)' 'true'
mutate constrained_symmetry.v 'check_constrained (under k) &&' 'true &&'
mutate constrained_symmetry.v 'if some (better (lagrangian (under k))) then LocalMinimizer else SecondOrder' 'LocalMinimizer'
mutate constrained_symmetry.v 'if Nat.eqb (less_constraints m (neg e)) 0 then' 'if true then'
mutate constrained_symmetry.v '[|| Nat.leb n i, Nat.ltb j n | Nat.eqb j N]' 'true'
mutate constrained_symmetry.v 'times := andb' 'times := orb'

echo "$broken broken, $survived not"
[ "$survived" -eq 0 ]
