(* rankscape-check: certificates of format rankscape-certificate/2 through the checker that is proved in Coq.

   This file reads JSON, hands a value of type [Checker.certificate] to the extracted [Checker.check], and prints the
   statement that the theorem check_sound speaks of *from that value*, so that what is printed is what was proved.
   Nothing here decides anything; a mistake of the reader shows in the statement (rankscape-check --statement).

   A claim that the checker does not know is left out; the others are checked, with the verdict that they prove. The answer is then
   `not covered`, never a rejection.

   Exit code 0: all proved; 4: something was rejected; 2: something is unreadable; 3: something is not covered, and the rest
   of it is proved. 4 outweighs 2, and 2 outweighs 3. *)

open Checker
module Big = Exact_matrices.Big
module Rational = Exact_matrices.Rational

exception Unreadable of string  (* not JSON, or another format *)
exception Wrong of string       (* a field of the wrong type *)
exception Unknown_bound of string
exception Not_covered of string (* a loss of which this checker can say nothing *)

type json = Yojson.Safe.t

let wrong fmt = Printf.ksprintf (fun s -> raise (Wrong s)) fmt

(* JSON ---------------------------------------------------------------------------------------------------------- *)

let rec no_duplicates (j : json) =
  match j with
  | `Assoc l ->
      let keys = List.sort compare (List.map fst l) in
      let rec go = function
        | a :: (b :: _ as r) -> if a = b then raise (Unreadable ("key twice: " ^ a)) else go r
        | _ -> () in
      go keys;
      List.iter (fun (_, v) -> no_duplicates v) l
  | `List l -> List.iter no_duplicates l
  | _ -> ()

let field (j : json) name : json =
  match j with
  | `Assoc l -> ( match List.assoc_opt name l with Some v -> v | None -> wrong "missing field %s" name)
  | _ -> wrong "not an object, where %s is looked for" name

let field_opt (j : json) name : json option =
  match j with `Assoc l -> List.assoc_opt name l | _ -> wrong "not an object, where %s is looked for" name

let list name (j : json) = match j with `List l -> l | _ -> wrong "%s is not a list" name
let text name (j : json) = match j with `String s -> s | _ -> wrong "%s is not a string" name
let boolean name (j : json) = match j with `Bool b -> b | _ -> wrong "%s is not true or false" name

let is_integer s =
  let n = String.length s in
  let start = if n > 0 && s.[0] = '-' then 1 else 0 in
  n > start && n <= 20_001
  && (let ok = ref true in
      for i = start to n - 1 do
        if s.[i] < '0' || s.[i] > '9' then ok := false
      done;
      !ok)

let of_text s = if is_integer s then Big.of_string s else wrong "not an integer: %s" s

let integer (j : json) : Big.t =
  match j with
  | `Int i -> Big.of_int i
  | `Intlit s ->
      let z = Big.of_string s in
      if Big.numbits z > 64 then wrong "an integer beyond 64 bits is written as a string" else z
  | `String s -> of_text s
  | _ -> wrong "not an integer"

let number (j : json) : number =
  match j with
  | `String s -> (
      match String.index_opt s '/' with
      | None -> (of_text s, Big.one)
      | Some i ->
          let d = String.sub s (i + 1) (String.length s - i - 1) in
          if d <> "" && d.[0] = '-' then wrong "a denominator that is not positive: %s" s;
          (of_text (String.sub s 0 i), of_text d))
  | j -> (integer j, Big.one)

let count name (j : json) : Big.t =
  match j with `Int i when i >= 0 -> Big.of_int i | _ -> wrong "%s is not a count or a position" name

let row (j : json) : Big.t list = List.map integer (list "a row" j)

let matrix (j : json) : rational_matrix =
  { denominator = integer (field j "denominator"); entries = List.map row (list "entries" (field j "entries")) }

(* Of the loss: the theorem has no matrices without entries. *)
let filled (j : json) : rational_matrix =
  let m = matrix j in
  if List.for_all (fun r -> r = []) m.entries then raise (Not_covered "a matrix without entries");
  m

let pair (j : json) : number * number = (number (field j "lo"), number (field j "hi"))
let option f = function None -> None | Some j -> Some (f j)

(* Certificates -------------------------------------------------------------------------------------------------- *)

(* [one_over] gives the input that is 1 divided by a node. *)
let instruction constants one_over (j : json) : instruction =
  let at = count "an operand" in
  match list "an instruction" j with
  | `String name :: operands -> (
      match (name, operands) with
      | "input", [ k ] -> Input (at k)
      | "constant", [ k ] -> (
          match List.nth_opt constants (Big.to_int (at k)) with
          | Some m -> Constant m
          | None -> wrong "constant %s is not there" (Big.to_string (at k)))
      | "add", [ a; b ] -> Add (at a, at b)
      | "subtract", [ a; b ] -> Subtract (at a, at b)
      | "multiply", [ a; b ] -> Multiply (at a, at b)
      | "hadamard", [ a; b ] -> Hadamard (at a, at b)
      | "dot", [ a; b ] -> Dot (at a, at b)
      | "scale", [ q; a ] ->
          let n, d = number q in
          Scale (n, d, at a)
      | "scalar_multiply", [ s; a ] -> ScalarMultiply (at s, at a)
      | "transpose", [ a ] -> Transpose (at a)
      | "reciprocal", [ s ] -> Input (one_over (at s))
      | _ -> wrong "an instruction named %s with %d operands" name (List.length operands))
  | _ -> wrong "an instruction without a name"

let inertia (j : json) : inertia_evidence =
  if field_opt j "flat" <> None then raise (Not_covered "a Hessian that vanishes by degrees");
  { neg = count "neg" (field j "neg");
    zero = count "zero" (field j "zero");
    pos = count "pos" (field j "pos");
    frame = List.map row (list "frame" (field j "frame"));
    null = List.map row (list "null" (field j "null"));
    null_columns = List.map (count "null_columns") (list "null_columns" (field j "null_columns")) }

(* Of sums with each other's opposite: factor^T diag(e) factor is [times] S, and the checker asks for S + S^T. *)
let psd ?width times (j : json) : psd =
  let diagonal = List.map number (list "diagonal" (field j "diagonal")) in
  let m = matrix (field j "factor") in
  let widths = if m.entries = [] then [ Big.to_int (count "cols" (field (field j "factor") "cols")) ] else List.map List.length m.entries in
  (match width with Some n when List.exists (fun k -> k <> n) widths -> wrong "evidence for a matrix of another size" | _ -> ());
  List.iter (fun (_, d) -> if Big.sign d <= 0 then wrong "a denominator that is not positive") diagonal;
  if Big.sign m.denominator <= 0 then wrong "a denominator that is not positive";
  if List.length diagonal <> List.length m.entries then wrong "not a number for each row of the factor";
  let common = List.fold_left (fun l (_, d) -> Big.lcm l d) Big.one diagonal in
  { scaled_by = Big.mul common (Big.mul m.denominator m.denominator);
    squares = List.map (fun (n, d) -> Big.mul (Big.of_int (2 / times)) (Big.mul n (Big.divexact common d))) diagonal;
    factor = m.entries }

(* [shape] gives the rows and columns of a node. *)
let term shape (j : json) : term =
  let at = count "a node" in
  let psd_of p = psd ~width:(fst (shape (at p))) 1 (field j "psd") in
  match (field_opt j "free", field_opt j "above", field_opt j "gram", field_opt j "nuclear") with
  | Some p, None, None, None -> Free (at p)
  | None, Some p, None, None -> Bounded (at p)
  | None, None, Some (`List [ p; a ]), None -> NormedGram (at p, at a, psd_of p)
  | None, None, Some (`List [ p ] | p), None -> Gram (at p, psd_of p)
  | None, None, None, Some (`List [ p; a; b ]) ->
      let rows, cols = shape (at p) in
      Nuclear (at p, at a, at b, psd ~width:(rows + cols) 2 (field j "psd"))
  | _ -> raise (Unknown_bound "convex, by a term that is not proved here")

let cover (j : json) : cover =
  match field j "psd" with
  | `List [ e; f ] ->
      let covering = filled (field j "cover") in
      let psd = psd ~width:(List.length covering.entries) 1 in
      { separator = number (field j "separator"); covering; cover_psd = psd e; rest_psd = psd f }
  | _ -> wrong "not evidence for two matrices"

(* Of one term, `decay`. *)
let decays (j : json) = match field_opt j "terms" with Some (`List [ t ]) -> field_opt t "decay" <> None | _ -> false

let decay at (j : json) : bound =
  match list "terms" (field j "terms") with
  | [ t ] -> (
      match list "decay" (field t "decay") with
      | [ q; a; b ] -> Decay (at, ((count "a node" q, count "a node" a), count "a node" b), cover t)
      | _ -> wrong "not three nodes")
  | _ -> wrong "not one term"

(* With the evidence that certificates lack (nearest_evidence.ml). *)
let nearest c shape at (j : json) : bound =
  let p = count "a node" (field j "variable") in
  let rows, cols = shape p in
  let psds widths =
    let evidence = list "psd" (field j "psd") in
    if List.length evidence <> List.length widths then wrong "not evidence for %d matrices" (List.length widths);
    List.map2 (fun width e -> psd ~width 1 e) widths evidence in
  let left = matrix (field j "left") and right = matrix (field j "right") in
  let spectrum = inertia (field j "inertia") in
  try
    match List.map number (list "separators" (field j "separators")) with
    | [ s ] -> OfRank (at, p, Nearest_evidence.of_rank c at p left right s ~psds:(psds [ rows + cols; rows ]) ~inertia:spectrum)
    | [ up; down ] ->
        let middle = inertia (field j "middle") in
        let psds = psds [ rows; rows; rows ] in
        OfSignature (at, p, Nearest_evidence.of_signature c at p left right (up, down) ~psds ~inertia:spectrum ~middle)
    | _ -> wrong "not one separator, nor two"
  with Exact_matrices.Not_found_here | Failure _ | Invalid_argument _ | Division_by_zero ->
    raise (Unknown_bound "nearest, for which no evidence is found here")

(* What it is, or the name of what the checker does not know; c is without global bounds. *)
let bound c (j : json) : bound =
  let at () = count "a node" (field j "node") in
  let values = lazy (results_at_point c) in
  let shape k =
    match List.nth_opt (Lazy.force values) (Big.to_int k) with
    | Some (first :: _ as rows) -> (List.length rows, List.length first)
    | _ -> wrong "node %s is not there" (Big.to_string k) in
  match text "by" (field j "by") with
  | "convex" when decays j -> decay (at ()) j
  | "convex" -> Convex (at (), List.map (term shape) (list "terms" (field j "terms")))
  | "rank_trace" -> RankTrace (at (), cover j, option filled (field_opt j "least_squares"))
  | "gram_trace" -> GramTrace (at (), cover j)
  | "nearest" -> nearest c shape (at ()) j
  | other -> raise (Unknown_bound other)

(* Those that the checker knows, and what the others are. *)
let bounds c (j : json) : bound list * string list =
  let read b = try Either.Left (bound c b) with Unknown_bound name -> Either.Right ("global by " ^ name) in
  List.partition_map read (list "bounds" (field j "bounds"))

let curve (j : json) : curve_evidence =
  { curve = matrix (field j "curve");
    coefficients = List.map number (list "coefficients" (field j "coefficients"));
    order = count "order" (field j "order") }

let verdict (j : json) : verdict =
  match text "verdict" j with
  | "not_critical" -> NotCritical
  | "global_minimizer" -> GlobalMinimizer
  | "undecided" -> Undecided
  | "local_maximizer" -> LocalMaximizer
  | "strict_saddle" -> StrictSaddle
  | "local_minimizer" -> LocalMinimizer
  | "non_strict_saddle" -> NonStrictSaddle
  | "second_order" -> SecondOrder
  | s -> wrong "no verdict: %s" s

let verdict_name = function
  | NotCritical -> "not_critical"
  | GlobalMinimizer -> "global_minimizer"
  | Undecided -> "undecided"
  | LocalMaximizer -> "local_maximizer"
  | StrictSaddle -> "strict_saddle"
  | LocalMinimizer -> "local_minimizer"
  | NonStrictSaddle -> "non_strict_saddle"
  | SecondOrder -> "second_order"

(* The format's rule that every result but the last is an operand; the theorem does not need it. *)
let all_used reciprocals instructions =
  let operands = function
    | Input _ | Constant _ -> []
    | Add (a, b) | Subtract (a, b) | Multiply (a, b) | Hadamard (a, b) | Dot (a, b) | ScalarMultiply (a, b) -> [ a; b ]
    | Scale (_, _, a) | Transpose a -> [ a ] in
  let used = List.map fst reciprocals @ List.concat_map operands instructions in
  List.iteri
    (fun i _ ->
      if i < List.length instructions - 1 && not (List.exists (Big.equal (Big.of_int i)) used) then
        wrong "result %d is not used" i)
    instructions

(* The last of a list that is not empty, and the others. *)
let rec split_last = function
  | [] -> wrong "no weights"
  | [ last ] -> ([], last)
  | x :: rest -> let others, last = split_last rest in (x :: others, last)

let under_constraints (j : json) =
  match field_opt j "format" with
  | Some (`String "rankscape-certificate/2") -> false
  | Some (`String "rankscape-certificate/3") -> true
  | _ -> raise (Unreadable "not of format rankscape-certificate/2 or /3")

(* Under constraints the last weight are the multipliers: data of the Lagrangian. *)
let first_columns n m = { m with entries = List.map (List.filteri (fun i _ -> i < n)) m.entries }

(* And the global bounds that the checker does not know. *)
let certificate (j : json) : certificate * string list =
  let constrained = under_constraints j in
  let values name = List.map (fun v -> filled (field v "value")) (list name (field j name)) in
  let data = values "data" in
  let weights, multipliers =
    match values "weights" with w when constrained -> let others, last = split_last w in (others, [ last ]) | w -> (w, []) in
  let constants = List.map filled (list "constants" (field j "constants")) in
  let shape m =
    Weight (Big.of_int (List.length m.entries), Big.of_int (match m.entries with [] -> 0 | r :: _ -> List.length r)) in
  let claims = field j "claims" in
  let given = List.map (fun m -> Data m) data @ List.map shape weights @ List.map (fun m -> Data m) multipliers in
  (* Of data and constants alone, and not under constraints: there the theorem does not speak of them. *)
  let program = list "program" (field j "program") in
  let reciprocals = ref [] in
  let one_over s =
    let operand =
      match List.nth_opt program (Big.to_int s) with
      | Some (`List [ `String "input"; k ]) -> List.nth_opt data (Big.to_int (count "an operand" k))
      | Some (`List [ `String "constant"; k ]) -> List.nth_opt constants (Big.to_int (count "an operand" k))
      | _ -> None in
    match operand with
    | Some { denominator = d; entries = [ [ z ] ] } when not constrained ->
        if Big.sign z = 0 then wrong "the reciprocal of 0";
        let inverse = { denominator = Big.abs z; entries = [ [ (if Big.sign z < 0 then Big.neg d else d) ] ] } in
        let position = Big.of_int (List.length given + List.length !reciprocals) in
        reciprocals := !reciprocals @ [ ((s, position), Data inverse) ];
        position
    | _ -> raise (Not_covered "a reciprocal that is not one of a datum or a constant") in
  let instructions = List.map (instruction constants one_over) program in
  let reciprocals, inverses = List.split !reciprocals in
  all_used reciprocals instructions;
  let c =
    { inputs = given @ inverses;
      weights;
      instructions;
      reciprocals;
      value = number (field claims "value");
      critical = boolean "critical" (field claims "critical");
      hessian_inertia = option inertia (field_opt claims "inertia");
      lambda_min = (if constrained then None else option pair (field_opt claims "lambda_min"));
      lambda_max = (if constrained then None else option pair (field_opt claims "lambda_max"));
      descent = option curve (field_opt claims "descent");
      ascent = option curve (field_opt claims "ascent");
      better = option (fun b -> if constrained then first_columns (Exact_matrices.parameters weights) (matrix b) else matrix b) (field_opt claims "better");
      global = None;
      claimed = verdict (field claims "verdict") } in
  match field_opt claims "global" with
  | Some g when not constrained ->
      let known, unknown = bounds c g in
      ({ c with global = Some known }, unknown)
  | _ -> (c, [])

let constrained (j : json) : constrained =
  let claims = field j "claims" in
  let independent = field claims "constraints" in
  let regular =
    match field_opt independent "columns" with
    | None -> None
    | Some columns -> Some (List.map (count "a column") (list "columns" columns), matrix (field independent "inverse")) in
  let quadratic = match field_opt claims "global" with None -> None | Some g -> field_opt g "quadratic" in
  let lagrangian, _ = certificate j in
  { lagrangian; regular; convex_lagrangian = option (psd ~width:(Exact_matrices.parameters lagrangian.weights) 1) quadratic }

(* Matrices with orthonormal columns ------------------------------------------------------------------------------- *)

(* Two matrices with ones on the diagonal, lower and upper triangular, after which x is lower triangular: elimination, where the first
   one, of small numbers, brings the pivots that are zero to life. What comes out is checked; nothing is believed of it. *)
let orientation (x : rational_matrix) : orientation =
  let n = List.length x.entries in
  let attempt t =
    let lower = Exact_matrices.init n n (fun i j -> Rational.of_int (if i = j then 1 else if j < i then Hashtbl.hash (t, i, j) mod (t + 1) else 0)) in
    let upper = Exact_matrices.multiple_of_one n Rational.one in
    let reduced = Exact_matrices.(of_rational x *** lower) in
    let subtract q i j m = Array.iter (fun r -> r.(j) <- Rational.sub r.(j) (Rational.mul q r.(i))) m in
    for i = 0 to n - 1 do
      for j = i + 1 to n - 1 do
        let q = Rational.div reduced.(i).(j) reduced.(i).(i) in
        if Rational.classify q <> ZERO && Rational.is_real q then begin subtract q i j reduced; subtract q i j upper end
      done
    done;
    if List.exists (fun i -> Rational.sign reduced.(i).(i) = 0) (List.init n Fun.id) then None
    else Some Exact_matrices.{ unit_lower = to_rational lower; unit_upper = to_rational upper } in
  match List.find_map attempt (List.init 20 Fun.id) with
  | Some e -> e
  | None -> wrong "the determinant is not positive"

(* A row of coordinates, column by column, as a matrix. *)
let squared n (m : rational_matrix) =
  match m.entries with
  | [ r ] when List.length r = n * n -> { m with entries = List.init n (fun i -> List.init n (fun j -> List.nth r ((j * n) + i))) }
  | _ -> wrong "not a row of coordinates"

let one_weight (k : constrained) =
  match k.lagrangian.weights with [ x ] -> x | _ -> wrong "not one weight, a matrix"

let rotations_of claims (k : constrained) =
  match field_opt (field claims "constraints") "rotations" with
  | None -> None
  | Some flag ->
      let x = one_weight k in
      let n = List.length x.entries in
      if not (boolean "rotations" flag && List.for_all (fun r -> List.length r = n) x.entries) then wrong "not one weight, a square matrix";
      Some (orientation x, Option.map (fun w -> orientation (squared n w)) k.lagrangian.better)

let orthonormal (k : constrained) (j : json) : orthonormal =
  let x = one_weight k in
  let n = List.length x.entries and columns = List.length (List.hd x.entries) in
  let multipliers_of = filled (field j "multipliers") in
  let at i j = List.nth_opt (List.nth multipliers_of.entries i) j in
  List.iteri (fun i r -> List.iteri (fun j z -> if j >= columns || i >= columns || at j i <> Some z then wrong "multipliers that are not symmetric") r)
    multipliers_of.entries;
  let whole_psd, multipliers_psd =
    match list "psd" (field j "psd") with
    | [ p ] when n = columns -> (psd ~width:(n * columns) 1 p, None)
    | [ p; q ] when n > columns -> (psd ~width:(n * columns) 1 p, Some (psd ~width:columns 1 q))
    | _ -> wrong "not evidence for one matrix, and for the multipliers if n > k" in
  let reflected r = (number (field r "scale"), match list "vector" (field r "vector") with [ v ] -> row v | _ -> wrong "not one vector") in
  { relations = filled (field j "combine"); multipliers_of; whole_psd; multipliers_psd;
    reflection = option reflected (field_opt j "reflection") }

(* What goes beyond the claims of any point under constraints, or nothing. *)
let on_frames (j : json) (k : constrained) m : on_frames option =
  let claims = field j "claims" in
  let frames =
    match field_opt claims "global" with None -> None | Some g -> option (orthonormal k) (field_opt g "orthonormal") in
  let rotations = rotations_of claims k in
  if frames = None && rotations = None then None
  else
    let c = k.lagrangian in
    let settled = c.claimed in
    Some { besides = { k with lagrangian = { c with claimed = constrained_verdict m k } }; rotations; frames; settled }

(* All second-order points ------------------------------------------------------------------------------------------ *)

(* A claim about the loss under n constraints, whatever the point is; or none. *)
let benign_of (j : json) (k : constrained) n : benign option =
  let c = k.lagrangian in
  let read b =
    let vectors = List.map (fun v -> List.map (count "a position") (list "a vector" v)) (list "vectors" (field b "vectors")) in
    let p = match vectors with v :: _ -> List.length v | [] -> wrong "no vectors" in
    let positions = List.concat vectors in
    if List.length vectors <> n then wrong "not as many vectors as constraints";
    if List.exists (fun v -> List.length v <> p) vectors then wrong "not vectors of one length";
    if List.sort Big.compare positions <> List.init (Exact_matrices.parameters c.weights) Big.of_int then wrong "not every parameter in one vector";
    let lengths_by = matrix (field b "combine") in
    if List.length lengths_by.entries <> n || List.exists (fun r -> List.length r <> n) lengths_by.entries then
      wrong "not a combination of the constraints for each vector";
    let each name = match list name (field b name) with l when List.length l = n -> l | _ -> wrong "not as many %s as vectors" name in
    let condition () =
      let weights = List.map number (each "weights") in
      if p < 2 || List.exists (fun (_, d) -> Big.sign d <= 0) weights then wrong "vectors of one coordinate, or a denominator that is not positive";
      let shares = Exact_matrices.to_rational [| Array.of_list (List.map Exact_matrices.of_number weights) |] in
      let above_psd, below_psd = match list "psd" (field b "psd") with
        | [ e; f ] -> (psd ~width:n 1 e, psd ~width:n 1 f)
        | _ -> wrong "not evidence for two matrices" in
      { signs = List.map integer (each "signs"); shares = List.map (fun z -> (z, shares.denominator)) (List.hd shares.entries);
        lower_factor = number (field b "least"); upper_factor = number (field b "greatest"); above_psd; below_psd } in
    let costs =
      match parts c with
      | Some ((loss, _), _) -> costs_of c loss n p (List.map Big.to_int positions)
      | None -> wrong "the loss is not a Lagrangian" in
    { extent = Big.of_int p; positions; lengths_by; costs; well_conditioned = (if field_opt b "signs" = None then None else Some (condition ())) } in
  option read (field_opt (field j "claims") "benign")

(* Statements, printed from the value that was checked ------------------------------------------------------------ *)

let show_number (n, d) = Rational.to_string (Rational.make n d)

let show_matrix m =
  let r = String.concat "; " (List.map (fun r -> String.concat " " (List.map Big.to_string r)) m.entries) in
  if Big.equal m.denominator Big.one then "[" ^ r ^ "]" else "[" ^ r ^ "]/" ^ Big.to_string m.denominator

let show_instruction i =
  let z = Big.to_string in
  match i with
  | Input k -> "input " ^ z k
  | Constant m -> "constant " ^ show_matrix m
  | Add (a, b) -> Printf.sprintf "%%%s + %%%s" (z a) (z b)
  | Subtract (a, b) -> Printf.sprintf "%%%s - %%%s" (z a) (z b)
  | Multiply (a, b) -> Printf.sprintf "%%%s %%%s" (z a) (z b)
  | Hadamard (a, b) -> Printf.sprintf "%%%s o %%%s" (z a) (z b)
  | Dot (a, b) -> Printf.sprintf "<%%%s, %%%s>" (z a) (z b)
  | Scale (n, d, a) -> Printf.sprintf "%s %%%s" (show_number (n, d)) (z a)
  | ScalarMultiply (s, a) -> Printf.sprintf "%%%s . %%%s" (z s) (z a)
  | Transpose a -> Printf.sprintf "%%%s^T" (z a)

let print_program c =
  List.iteri
    (fun i input ->
      match input with
      | Data m -> Printf.printf "  input %d: data %s\n" i (show_matrix m)
      | Weight (r, k) -> Printf.printf "  input %d: weight, %s x %s\n" i (Big.to_string r) (Big.to_string k))
    c.inputs;
  List.iteri (fun i s -> Printf.printf "  %%%d = %s\n" i (show_instruction s)) c.instructions;
  List.iter (fun (s, k) -> Printf.printf "  input %s is 1 divided by %%%s\n" (Big.to_string k) (Big.to_string s)) c.reciprocals;
  List.iteri (fun i m -> Printf.printf "  weight %d at the point: %s\n" i (show_matrix m)) c.weights

(* What is checked: a certificate, or one of a loss under so many constraints. *)
type subject =
  | Alone of certificate
  | Modulo of symmetric
  | Quartic of quartic
  | Under of constrained * int
  | Frames of on_frames * int
  | Both of constrained_symmetric * int
  | Curves of constrained_curves * int

let claims_of = function
  | Alone c -> c
  | Modulo k -> k.without
  | Quartic k -> k.apart
  | Under (k, _) | Frames ({ besides = k; _ }, _) | Both ({ under = k; _ }, _) | Curves ({ of_point = k; _ }, _) -> k.lagrangian

let claimed_verdict = function
  | Modulo k -> k.concluded
  | Quartic k -> k.outcome
  | Frames (k, _) -> k.settled
  | Both (k, _) -> k.ending
  | Curves (k, _) -> k.conclusion
  | s -> (claims_of s).claimed

let proves = function
  | Alone c -> check c
  | Modulo k -> check_symmetric k
  | Quartic k -> check_leading k
  | Under (k, _) -> check_constrained k
  | Frames (k, _) -> check_on_frames k
  | Both (k, _) -> check_constrained_symmetric k
  | Curves (k, _) -> check_constrained_curves k

let verdict_proved = function
  | Alone c -> verdict_of c
  | Modulo k -> symmetric_verdict k
  | Quartic k -> leading_verdict k
  | Under (k, m) -> constrained_verdict m k
  | Both (k, m) -> ending_verdict m k
  | Curves (k, m) -> curves_verdict m k
  | Frames (k, m) -> if k.frames <> None then GlobalMinimizer else constrained_verdict m k.besides

let below limit name k =
  let k = count name k in
  if Big.to_int k >= limit then wrong "%s is out of range" name else k

(* Fields of n parameters. *)
let fields_of n local =
  let item k =
    match list "an item of a field" k with
    | [ i; j; a ] -> ((below n "a position of a field" i, below (n + 1) "a position of a field" j), integer a)
    | _ -> wrong "not [i, j, INTEGER]" in
  List.map (fun f -> List.map item (list "a field" f)) (match field_opt local "fields" with None -> [] | Some f -> list "fields" f)

(* The evidence that a point is a local extremum modulo a symmetry of the loss (or of the Lagrangian) of n parameters, or none. *)
let symmetry n (j : json) =
  match field_opt (field j "claims") "local" with
  | Some local when field_opt local "map" = None && field_opt local "order" = None ->
      let fields = fields_of n local in
      let columns = List.map (below n "a column") (list "columns" (field local "columns")) in
      let inverse = matrix (field local "inverse") in
      let m = List.length fields in
      if List.length columns <> m || List.length inverse.entries <> m || List.exists (fun r -> List.length r <> m) inverse.entries
      then wrong "not as many columns as fields";
      Some { fields; columns; inverse }
  | _ -> None

(* The evidence that terms of order 4 decide, beside fields, or none. *)
let quartic_of (j : json) (c : certificate) =
  match (field_opt (field j "claims") "local", c.hessian_inertia) with
  | Some local, Some e when Big.sign e.neg = 0 && field_opt local "order" = Some (`Int 4) && field_opt local "map" <> None -> (
      let n = Exact_matrices.parameters c.weights in
      let map = field local "map" in
      let exponents k = List.map (fun a -> Big.to_int (count "a power" a)) (list "powers of a monomial" k) in
      let powers = List.map exponents (list "powers" (field map "powers")) in
      let directions = matrix (field map "directions") and inverse = matrix (field local "inverse") in
      let columns = List.map (fun k -> Big.to_int (below n "a column" k)) (list "columns" (field local "columns")) in
      let fields = fields_of n local in
      let gram =
        match field_opt local "gram" with
        | None -> None
        | Some g ->
            let m = matrix (field g "matrix") and spectrum = inertia (field g "inertia") in
            let exponents = List.map exponents (list "exponents" (field g "exponents")) in
            let count = Big.of_int (List.length exponents) in
            if Exact_matrices.(has_inertia (of_rational m)) spectrum && Big.equal spectrum.pos count then Some (exponents, m) else None in
      try
        if List.length columns <> Big.to_int e.zero then raise Exact_matrices.Not_found_here;
        Some (Degenerate_evidence.degenerate c fields ~powers ~directions ~gram ~columns ~inverse)
      with Exact_matrices.Not_found_here | Failure _ | Invalid_argument _ | Division_by_zero | Not_found -> None)
  | _ -> None

(* Without constraints, of minimizers. *)
let along (j : json) (c : certificate) =
  match c.hessian_inertia with
  | Some e when Big.sign e.neg = 0 -> symmetry (Exact_matrices.parameters c.weights) j
  | _ -> None

(* With the names of the global bounds that the checker does not know. *)
let subject (j : json) : subject * string list =
  if not (under_constraints j) then
    let c, unknown = certificate j in
    let kind =
      match (along j c, quartic_of j c) with
      | Some e, _ -> Modulo { without = { c with claimed = verdict_of c }; along = e; concluded = c.claimed }
      | None, Some e -> Quartic { apart = { c with claimed = verdict_of c }; evidence_of = e; outcome = c.claimed }
      | None, None -> Alone c in
    (kind, unknown)
  else
    let k = constrained j in
    let m = match snd (split_last k.lagrangian.inputs) with Data m -> List.length m.entries | Weight _ -> 0 in
    let kind =
      match (on_frames j k m, symmetry (Exact_matrices.parameters k.lagrangian.weights + m) j) with
      | Some f, _ -> Frames (f, m)
      | None, Some orbit when k.lagrangian.hessian_inertia <> None ->
          let under = { k with lagrangian = { k.lagrangian with claimed = constrained_verdict m k } } in
          Both ({ under; orbit; ending = k.lagrangian.claimed }, m)
      | _ when k.lagrangian.descent <> None || k.lagrangian.ascent <> None ->
          let of_point = { k with lagrangian = { k.lagrangian with claimed = constrained_verdict m k } } in
          let feasible = function None -> None | Some e -> Curve_evidence.feasible k e in
          Curves ({ of_point; falling = feasible k.lagrangian.descent; rising = feasible k.lagrangian.ascent; conclusion = k.lagrangian.claimed }, m)
      | _ -> Under (k, m) in
    (kind, [])

let known =
  [ "critical"; "value"; "inertia"; "lambda_min"; "lambda_max"; "descent"; "ascent"; "local"; "better"; "global"; "verdict";
    "constraints"; "benign"; "features" ]

(* The claims that the checker does not know. *)
let unknown subject unknown_bounds (j : json) =
  let claims = field j "claims" in
  let named name = if field_opt claims name = None then [] else [ name ] in
  let bounds =
    match field_opt claims "global" with
    | None -> []
    | Some g when under_constraints j -> if field_opt g "quadratic" = None && field_opt g "orthonormal" = None then [ "global under constraints" ] else []
    | Some _ -> unknown_bounds in
  let curves = match subject with Curves _ -> [] | _ -> [ "descent"; "ascent" ] in
  let of_free_points = if under_constraints j then List.concat_map named (curves @ [ "lambda_min"; "lambda_max" ]) else List.concat_map named [ "constraints"; "benign" ] in
  let others = match claims with `Assoc l -> List.filter (fun name -> not (List.mem name known)) (List.map fst l) | _ -> [] in
  (match subject with Modulo _ | Quartic _ | Both _ -> [] | Alone _ | Under _ | Frames _ | Curves _ -> named "local")
  @ of_free_points @ others @ List.sort_uniq compare bounds

let at_point global_too (k : constrained) m =
  let rest = { k with convex_lagrangian = (if global_too then None else k.convex_lagrangian) } in
  { rest with lagrangian = { k.lagrangian with claimed = constrained_verdict m rest } }

let without_curves global_too (k : constrained) m =
  at_point global_too { k with lagrangian = { k.lagrangian with descent = None; ascent = None } } m

(* The same claims without those, and the verdict that is left. *)
let without unknown subject =
  let global_too = List.exists (String.starts_with ~prefix:"global") unknown in
  match subject with
  | Alone c ->
      let rest = if global_too then { c with global = None } else c in
      Alone { rest with claimed = verdict_of rest }
  | Modulo k ->
      let rest = if global_too then { k.without with global = None } else k.without in
      let left = { k with without = { rest with claimed = verdict_of rest } } in
      Modulo { left with concluded = symmetric_verdict left }
  | Quartic k ->
      let rest = if global_too then { k.apart with global = None } else k.apart in
      let left = { k with apart = { rest with claimed = verdict_of rest } } in
      Quartic { left with outcome = leading_verdict left }
  | Under (k, m) -> Under (without_curves global_too k m, m)
  | Frames (k, m) ->
      let besides = without_curves global_too k.besides m in
      let frames = if global_too then None else k.frames in
      Frames ({ k with besides; frames; settled = (if frames = None then besides.lagrangian.claimed else GlobalMinimizer) }, m)
  | Both (k, m) ->
      let left = { k with under = without_curves global_too k.under m } in
      Both ({ left with ending = ending_verdict m left }, m)
  | Curves (k, m) ->
      let left = { k with of_point = at_point global_too k.of_point m } in
      Curves ({ left with conclusion = curves_verdict m left }, m)

let claims_global = function
  | Alone c | Modulo { without = c; _ } | Quartic { apart = c; _ } -> c.global <> None
  | Under (k, _) | Both ({ under = k; _ }, _) | Curves ({ of_point = k; _ }, _) -> k.convex_lagrangian <> None
  | Frames (k, _) -> k.frames <> None || k.besides.convex_lagrangian <> None

let among_rotations = function Frames ({ rotations = Some _; _ }, _) -> true | _ -> false

let facts s =
  let c = claims_of s in
  let nearly_feasible = match s with Curves _ -> " of the Lagrangian, and of the loss along a curve that is feasible to more than that order" | _ -> "" in
  let some f = function None -> [] | Some x -> [ f x ] in
  [ "value " ^ show_number c.value; (if c.critical then "critical" else "not critical") ]
  @ some (fun e -> Printf.sprintf "inertia (%s, %s, %s)%s" (Big.to_string e.neg) (Big.to_string e.zero) (Big.to_string e.pos)
              (match s with Alone _ | Modulo _ | Quartic _ -> "" | Under _ | Frames _ | Both _ | Curves _ -> " of the bordered Hessian"))
      c.hessian_inertia
  @ some (fun (a, b) -> Printf.sprintf "lambda_min in [%s, %s]" (show_number a) (show_number b)) c.lambda_min
  @ some (fun (a, b) -> Printf.sprintf "lambda_max in [%s, %s]" (show_number a) (show_number b)) c.lambda_max
  @ some (fun e -> "descent of order " ^ Big.to_string e.order ^ nearly_feasible) c.descent
  @ some (fun e -> "ascent of order " ^ Big.to_string e.order ^ nearly_feasible) c.ascent
  @ some (fun _ -> "a better point") c.better
  @ (if claims_global s then [ "global minimizer" ^ (if among_rotations s then " among matrices of positive determinant" else "") ] else [])
  @ (match s with
    | Modulo _ | Quartic _ -> [ "a local minimizer" ]
    | Both ({ ending = SecondOrder; _ }, _) -> [ "a local minimizer where the constraints hold" ]
    | Both _ | Alone _ | Under _ | Frames _ | Curves _ -> [])
  @ [ (match (s, claimed_verdict s) with
      | (Under _ | Frames _ | Curves _), StrictSaddle -> "strict_saddle (the Hessian is negative on a tangent vector)"
      | Curves _, NonStrictSaddle ->
          "non_strict_saddle (the Hessian is nowhere negative on tangent vectors, and arbitrarily near the loss falls by more than any multiple of the violation of the constraints)"
      | _, v -> verdict_name v) ]

let print_subject s =
  let c = claims_of s in
  print_program c;
  match (s, parts c) with
  | (Under _ | Frames _ | Both _ | Curves _), Some ((loss, constraints), _) ->
      Printf.printf "  the loss is %%%s, the constraints are %%%s = 0%s\n" (Big.to_string loss) (Big.to_string constraints)
        (if among_rotations s then ", and the determinant of weight 0 is positive" else "")
  | _ -> ()

(* What is claimed of all points, with the proof that holds it. *)
let all_points s (j : json) =
  match s with
  | Under (k, m) | Frames ({ besides = k; _ }, m) | Both ({ under = k; _ }, m) | Curves ({ of_point = k; _ }, m) -> benign_of j k m
  | Alone _ | Modulo _ | Quartic _ -> None

let show_all_points b =
  match b.well_conditioned with
  | None -> "every second-order point and every local minimizer is a global minimizer"
  | Some k ->
      Printf.sprintf "every second-order point and every local minimizer is a global minimizer, one unit vector times the signs (%s)"
        (String.concat ", " (List.map Big.to_string k.signs))

let print_all_points b =
  let p = Big.to_int b.extent in
  Printf.printf "  the unit vectors of all second-order points are the coordinates";
  List.iteri (fun i k -> Printf.printf "%s %s" (if i mod p = 0 && i > 0 then ";" else "") (Big.to_string k)) b.positions;
  print_newline ()

let uncovered (j : json) =
  List.filter (fun name -> match field_opt j name with None | Some (`List []) -> false | _ -> true)
    [ "statements" ]
  @ (match field_opt j "claims" with
    | Some c when field_opt c "features" <> None -> [ "features" ]
    | _ -> [])

let run statement path =
  try
    let j =
      try Yojson.Safe.from_file path with
      | Yojson.Json_error m -> raise (Unreadable ("not JSON: " ^ m))
      | Sys_error m -> raise (Unreadable m) in
    no_duplicates j;
    let s, unknown_bounds = subject j in
    let c = claims_of s in
    let benign = Stdlib.Option.to_list (all_points s j) in
    let proves_benign = List.for_all (check_benign c) benign in
    if not c.critical && under_constraints j && proves_benign then
      raise (Not_covered (String.concat "; proved is that " ("a point that is not critical under constraints" :: List.map show_all_points benign)));
    let unknown =
      match unknown s unknown_bounds j with
      | [] when claims_global s && same_verdict (claimed_verdict s) (verdict_proved s) && not (proves s) ->
          [ "global, by evidence or a rule of which nothing is proved here" ]
      | l -> l in
    let proves_all s = proves s && proves_benign in
    let facts s = facts s @ List.map show_all_points benign in
    if unknown <> [] && proves_all (without unknown s) then begin
      Printf.printf "NOT COVERED %s: %s; proved are %s\n" path (String.concat ", " unknown)
        (String.concat ", " (facts (without unknown s)));
      3
    end
    else if unknown = [] && proves_all s then begin
      Printf.printf "PROVED %s: %s\n" path (String.concat ", " (facts s));
      if statement then begin print_subject s; List.iter print_all_points benign end;
      (match uncovered j with [] -> () | l -> Printf.printf "  not proved here: %s\n" (String.concat ", " l));
      0
    end
    else begin
      Printf.printf "REJECTED %s: the evidence does not prove the claims\n" path;
      4
    end
  with
  | Unreadable m -> Printf.printf "UNREADABLE %s: %s\n" path m; 2
  | Wrong m -> Printf.printf "REJECTED %s: %s\n" path m; 4
  | Not_covered m -> Printf.printf "NOT COVERED %s: %s\n" path m; 3

let () =
  let args = List.tl (Array.to_list Sys.argv) in
  let statement = List.mem "--statement" args in
  let files = List.filter (fun a -> a <> "--statement") args in
  if files = [] || List.exists (fun a -> String.length a > 1 && a.[0] = '-') files then begin
    prerr_endline "usage: rankscape-check [--statement] CERT.json...";
    exit 2
  end;
  let codes = List.map (run statement) files in
  exit (if List.mem 4 codes then 4 else if List.mem 2 codes then 2 else if List.mem 3 codes then 3 else 0)
