(* Evidence for bounds by what comes nearest: certificates show it with eigenvalues, the checker wants projections, and that forms are
   nowhere negative, multiplied out (proof/nearest.v). These are found here by elimination, and by a few steps of floating point that
   are rounded to small fractions. Nothing of it is believed: what is found wrong proves nothing. *)

open Checker
open Exact_matrices

(* ---- Bounded rank ---- *)

(* The sum of v v^T/(v^T A v) over the columns of p, each made orthogonal for A to those before. *)
let weighted_projection a p =
  Array.fold_left
    (fun (z, k) column ->
      let v = transpose [| column |] in
      let v = v --- (z *** a *** v) in
      let q = (transpose v *** a *** v).(0).(0) in
      if Rational.sign q = 0 then (z, k) else (z +++ times (Rational.inv q) (v *** transpose v), k + 1))
    (init (rows p) (rows p) (fun _ _ -> Rational.zero), 0) (transpose p)

let slope_of (s : analysis) r c =
  let g = Array.of_list s.gradient_part in
  init r c (fun i j -> Rational.make g.((i * c) + j) s.over)

let hessian (s : analysis) = of_rational { denominator = s.over; entries = s.hessian_part }

let of_rank c k p left right separator ~psds ~(inertia : inertia_evidence) : nearest_rank =
  let a = of_rational left and b = of_rational right and s = of_number separator in
  let here = of_fractions (List.nth (results_at_point c) (Big.to_int p)) in
  let r = rows here and n = cols here in
  match parabola c k p (fractions a) (fractions b) with
  | Some grown when rows a = r && cols a = r && rows b = n && cols b = n ->
      let g = slope_of grown r n in
      let x = here *** b *** transpose here in
      let block =
        init (r + n) (r + n) (fun i j ->
            if i < r && j < r then Rational.mul s a.(i).(j)
            else if i >= r && j >= r then b.(i - r).(j - r)
            else Rational.mul half g.(min i j).(max i j - r)) in
      let z, rank = weighted_projection a here in
      let shown =
        match psds with
        | [ e; f ] -> is_sum_of_squares block e && is_sum_of_squares ((x *** a *** x) --- times s x) f
        | _ -> false in
      if not (shown && has_inertia (a *** x *** a) inertia && Big.equal inertia.pos (Big.of_int rank) && rank = rank_of c depth_of_ranks p)
      then raise Not_found_here;
      let target = here --- (inverse a *** times half g *** inverse b) in
      let t = x --- times s z in
      let at = a *** target in
      let rest = (a *** t *** a) +++ times s a --- (at *** b *** transpose at) in
      { left_weight = to_rational a; left_psd = psd_of a; right_weight = to_rational b; right_psd = psd_of b;
        rank_growth = psd_of (hessian grown); rank_target = to_rational target;
        rank_cover = { separator; covering = to_rational t; cover_psd = psd_of t; rest_psd = psd_of rest } }
  | _ -> raise Not_found_here

(* ---- Bounded signature ---- *)

(* A small fraction near x: a continued fraction of a few terms. *)
let rounded x =
  let rec terms left x =
    let whole = floor (x +. 1e-9) in
    let rest = x -. whole in
    if left = 0 || Float.is_nan x || Float.abs x > 1e12 then raise Not_found_here
    else if Float.abs rest < 1e-7 then Rational.of_float whole
    else Rational.add (Rational.of_float whole) (Rational.inv (terms (left - 1) (1. /. rest))) in
  terms 20 x

(* The projection onto the eigenvectors of a symmetric matrix with eigenvalues beyond a small number: Newton's method for its sign. *)
let positive_part (a : matrix) =
  let n = rows a in
  let x = Array.map (Array.map Rational.to_float) a in
  let size = Array.fold_left (Array.fold_left (fun m y -> Float.max m (Float.abs y))) 1e-3 x in
  let x = ref (Array.mapi (fun i r -> Array.mapi (fun j y -> (y /. size) -. if i = j then 1e-5 else 0.) r) x) in
  let inverse m =
    let m = Array.mapi (fun i r -> Array.append (Array.copy r) (Array.init n (fun j -> if i = j then 1. else 0.))) m in
    for i = 0 to n - 1 do
      let best = ref i in
      for k = i to n - 1 do if Float.abs m.(k).(i) > Float.abs m.(!best).(i) then best := k done;
      let r = m.(i) in
      m.(i) <- m.(!best);
      m.(!best) <- r;
      let pivot = m.(i).(i) in
      m.(i) <- Array.map (fun y -> y /. pivot) m.(i);
      Array.iteri (fun k r -> if k <> i then (let q = r.(i) in m.(k) <- Array.mapi (fun j y -> y -. (q *. m.(i).(j))) r)) m
    done;
    Array.map (fun r -> Array.sub r n n) m in
  for _ = 1 to 60 do
    let y = inverse !x in
    x := Array.mapi (fun i r -> Array.mapi (fun j v -> (v +. y.(i).(j)) /. 2.) r) !x
  done;
  init n n (fun i j -> rounded ((!x.(i).(j) +. if i = j then 1. else 0.) /. 2.))

(* Rows so that d is nowhere negative where they vanish. *)
let vanishing d =
  let negative = List.filter (fun (e, _) -> Rational.sign e < 0) (diagonalized d) in
  let widened (e, m) = Array.map (Rational.mul (Rational.of_bigint (Big.add Big.one (Rational.to_bigint (Rational.abs e))))) m in
  Array.of_list (List.map widened negative)

let side target d within fitted number : side =
  let l = of_number number in
  let v = vanishing d in
  let squares = if rows v = 0 then d else d +++ (transpose v *** v) in
  let far = within *** (times Rational.minus_one target --- fitted) *** within in
  { vanishing = to_rational v; signature_psd = psd_of squares; within = to_rational within; fitted = to_rational fitted;
    fitted_psd = psd_of fitted; level = number; level_psd = psd_of (times l fitted --- (fitted *** fitted)); beyond_psd = psd_of far }

let of_signature c k p left right (up, down) ~psds ~(inertia : inertia_evidence) ~(middle : inertia_evidence) : nearest_signature =
  let a = of_rational left and b = of_rational right in
  let here = of_fractions (List.nth (results_at_point c) (Big.to_int p)) in
  let n = rows here in
  let is_multiple m = rows m = n && m = multiple_of_one n m.(0).(0) in
  if not (n > 0 && is_multiple a && is_multiple b) then raise Not_found_here;
  let unit_weight = Rational.mul a.(0).(0) b.(0).(0) in
  match (congruence c p, parabola c k p (fractions (multiple_of_one n unit_weight)) (fractions (multiple_of_one n Rational.one))) with
  | Some (_, d), Some grown when Rational.sign unit_weight > 0 ->
      let d = of_fractions d in
      let g = slope_of grown n n in
      let off = times (Rational.inv (Rational.mul (Rational.of_int 4) unit_weight)) (g +++ transpose g) in
      let target = here --- off in
      let c' = of_number up and d' = of_number down in
      (* as the certificate has it, in its weights *)
      let h = times (Rational.mul b.(0).(0) b.(0).(0)) off in
      let twice = here *** b *** here in
      let thrice = twice *** b *** here in
      let fourfold = thrice *** b *** here in
      let shown =
        match psds with
        | [ e; f; t ] ->
            is_sum_of_squares (times c' b +++ h) e && is_sum_of_squares (times d' b --- h) f
            && is_sum_of_squares (fourfold +++ times (Rational.sub d' c') thrice --- times (Rational.mul c' d') twice) t
        | _ -> false in
      let counted used (fitted : Big.t) allowed = Rational.sign used = 0 || Big.equal fitted allowed in
      if not (shown && has_inertia (b *** here *** b) inertia && has_inertia d middle && counted c' inertia.pos middle.pos
              && counted d' inertia.neg middle.neg)
      then raise Not_found_here;
      let minus m = times Rational.minus_one m in
      let above = positive_part here and under = positive_part (minus here) in
      let gain = positive_part off and loss = positive_part (minus off) in
      let weight q m = times (Rational.div q b.(0).(0)) m in
      let level (q : Rational.t) = let s = Rational.div q b.(0).(0) in (s.num, s.den) in
      { unit_weight = (unit_weight.num, unit_weight.den); signature_growth = psd_of (hessian grown); signature_target = to_rational target;
        below_zero = side target d (under +++ gain) ((gain *** off) +++ weight d' under) (level d');
        above_zero = side (minus target) (minus d) (above +++ loss) (minus (loss *** off) +++ weight c' above) (level c') }
  | _ -> raise Not_found_here
