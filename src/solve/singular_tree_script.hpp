#pragma once
// The program in Singular's language that proposes a tree of identities (singular_scripts.hpp says how they speak).

namespace rankscape::critical_set::script {

/// Down from the gradient: an ideal that holds 1 is done, and so is one that holds a component. Else a product in it is
/// split: an element of its Groebner basis that factors, or one generator of each component that the zeros may lie in.
/// Where only real zeros matter these are also pieces that were given up for their real points: below them, too, sums
/// of squares lead on.
inline constexpr const char* tree = R"(
int nodes;
list P;
list all;
proc say_cofactors(matrix T, int column)
{
  int k;
  for (k = 1; k <= nrows(T); k++)
  {
    if (T[k, column] != 0) { print("@c " + string(k) + " " + string(T[k, column])); }
  }
}
proc say_split(list factors, intvec powers, ideal E)
{
  poly f = 1;
  int k;
  for (k = 1; k <= size(factors); k++) { f = f * factors[k]^powers[k]; }
  matrix T = lift(E, ideal(f));
  print("@split");
  for (k = 1; k <= size(factors); k++) { print("@f " + string(powers[k]) + " " + string(factors[k])); }
  print("@i");
  say_cofactors(T, 1);
}
proc say_squares(poly f, ideal E)
{
  if (leadcoef(f) < 0) { f = -f; }
  number c = leadcoef(jet(f, 0));
  if (c != 0) { print("@positive " + string(c)); } else { print("@squares"); }
  int k;
  poly g = f - c;
  for (k = 1; k <= size(g); k++) { print("@s " + string(leadcoef(g[k])) + " " + string(root_of(g[k]))); }
  print("@i");
  matrix T = lift(E, ideal(f));
  say_cofactors(T, 1);
}
proc squares_of(ideal H, ideal G, ideal E, int me)
{
  int k;
  for (k = 1; k <= ncols(H); k++)
  {
    if (is_even_sum(H[k]))
    {
      if (jet(H[k], 0) != 0 || size(roots_of(H[k], G)) > 0)
      {
        say_squares(H[k], E);
        if (jet(H[k], 0) == 0) { node(E + roots_of(H[k], ideal(0)), me); }
        return(1);
      }
    }
  }
  return(0);
}
proc node(ideal E, int parent)
{
  nodes++;
  int me = nodes;
  print("@node " + string(parent));
  ideal G = std(E);
  int k;
  int j;
  int i;
  if (dim(G) == -1)
  {
    print("@empty");
    print("@i");
    matrix one = lift(E, ideal(poly(1)));
    say_cofactors(one, 1);
    return();
  }
  for (j = 1; j <= size(P); j++)
  {
    if (size(reduce(P[j], G)) == 0)
    {
      print("@leaf " + string(j));
      matrix T = lift(E, P[j]);
      for (k = 1; k <= size(P[j]); k++) { print("@i"); say_cofactors(T, k); }
      return();
    }
  }
  if (real)
  {
    if (squares_of(G, G, E, me)) { return(); }
    for (j = 1; j <= size(pieces); j++)
    {
      if (size(reduce(pieces[j], G)) == 0) { if (squares_of(pieces[j], G, E, me)) { return(); } }
    }
  }
  list best;
  intvec powers;
  int score = 0;
  int now;
  list F;
  for (k = 1; k <= ncols(G); k++)
  {
    now = 100 * deg(G[k]) + size(G[k]);
    if (score == 0 || now < score)
    {
      F = factorize(G[k]);
      if (ncols(F[1]) > 2 || F[2][2] > 1)
      {
        best = list();
        powers = 0;
        for (i = 2; i <= ncols(F[1]); i++) { best[i - 1] = F[1][i]; powers[i - 1] = F[2][i]; }
        score = now;
      }
    }
  }
  if (score == 0)
  {
    intvec alive;
    ideal both;
    for (j = 1; j <= size(all); j++)
    {
      both = std(G + all[j]);
      alive[j] = 0;
      if (dim(both) != -1) { alive[j] = (size(reduce(all[j], G)) > 0); }
    }
    int left = 1;
    int covers;
    int most;
    poly chosen;
    poly candidate;
    poly f = 1;
    while (left)
    {
      most = 0;
      for (j = 1; j <= size(all); j++)
      {
        for (k = 1; k <= ncols(all[j]); k++)
        {
          candidate = all[j][k];
          covers = 0;
          if (reduce(candidate, G) != 0)
          {
            for (i = 1; i <= size(all); i++)
            {
              if (alive[i] != 0) { if (reduce(candidate, all[i]) == 0) { covers++; } }
            }
          }
          now = 1000000 * covers - 1000 * deg(candidate) - size(candidate);
          if (covers > 0 && (most == 0 || now > most)) { most = now; chosen = candidate; }
        }
      }
      if (most == 0) { print("   ? its components are not all"); quit; }
      best[size(best) + 1] = chosen;
      powers[size(best)] = 1;
      f = f * chosen;
      left = 0;
      for (i = 1; i <= size(all); i++)
      {
        if (alive[i] != 0) { if (reduce(chosen, all[i]) == 0) { alive[i] = 0; } }
        if (alive[i] != 0) { left = 1; }
      }
    }
    poly h = f;
    now = 1;
    while (reduce(h, G) != 0 && now < 9) { h = h * f; now++; }
    for (i = 1; i <= size(best); i++) { powers[i] = now; }
  }
  say_split(best, powers, E);
  for (i = 1; i <= size(best); i++)
  {
    node(ideal(E[1..ncols(E)], best[i]), me);
  }
}
proc say_tree(ideal I)
{
  print("@system");
  nodes = 0;
  pieces = list();
  if (real) { list C = real_parts(I); }
  all = P + pieces;
  node(I, 0);
}
)";

}  // namespace rankscape::critical_set::script
