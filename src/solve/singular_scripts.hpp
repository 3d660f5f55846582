#pragma once
// The three programs in Singular's language. Each prints lines that start with `@`, the last one `@end`; anything else
// on a line of its own is chatter of Singular's libraries, and a line that starts with `   ?` one of its errors, after
// which it goes on. (`continue` in a `for` of this language does not step the counter: it is not used.)

namespace rankscape::critical_set::script {

/// Variables x(n)..x(1) are called xn, .., x1; `L` and the ideal `I` are defined before.
inline constexpr const char* prelude = R"(
option(redSB);
system("random", 1);
short = 0;
proc say_ideal(string tag, ideal P)
{
  int k;
  print(tag + " " + string(dim(P)) + " " + string(mult(P)));
  for (k = 1; k <= ncols(P); k++) { if (P[k] != 0) { print("@g " + string(P[k])); } }
}
)";

/// Dimension 0: the minimal polynomial of a linear form, which separates the zeros, by linear algebra in the quotient,
/// is factored; where there are many, after a Groebner basis that splits on the way (its pieces may overlap). What that
/// leaves undone, and larger dimensions, are for the decomposition of primdec.lib.
inline constexpr const char* isolated = R"(
proc isolated(ideal G)
{
  def R = basering;
  int n = nvars(R);
  int k;
  list result;
  if (vdim(G) == 1) { result[1] = G; return(result); }
  poly form;
  for (k = 1; k <= n; k++) { form = form + (2 * k * k - 3 * k + 3) * var(k); }
  ring S = 0, (z(1..n), t), dp;
  short = 0;
  map into = R, z(1..n);
  ideal J = std(into(G) + ideal(t - into(form)));
  ideal U = finduni(J);
  poly q = U[n + 1];
  list F = factorize(q);
  ideal A = F[1];
  setring R;
  ideal images = maxideal(1);
  images[n + 1] = form;
  map back = S, images;
  ideal A = back(A);
  ideal H;
  int m;
  list more;
  int i;
  for (k = 2; k <= ncols(A); k++)
  {
    H = std(G + ideal(A[k]));
    m = deg(A[k]);
    if (vdim(H) == m) { result[size(result) + 1] = H; }
    else
    {
      more = minAssGTZ(H);
      for (i = 1; i <= size(more); i++) { result[size(result) + 1] = std(more[i]); }
    }
  }
  return(result);
}
)";

/// Prints a section of dimension 0 in its parts.
inline constexpr const char* section = R"(
proc section(ideal J)
{
  ideal cut = std(J);
  int i;
  list found;
  if (dim(cut) == 0)
  {
    if (vdim(cut) <= 64)
    {
      found = isolated(cut);
      for (i = 1; i <= size(found); i++) { say_ideal("@section", found[i]); }
    }
  }
}
)";

inline constexpr const char* components = R"(
proc parts(ideal J)
{
  ideal G = std(J);
  list result;
  int k;
  if (dim(G) == -1) { return(result); }
  if (dim(G) == 0)
  {
    if (vdim(G) <= 30) { return(isolated(G)); }
    list F = facstd(J);
    list more;
    int i;
    int known;
    int m;
    for (k = 1; k <= size(F); k++)
    {
      G = std(F[k]);
      more = list();
      if (dim(G) == 0) { more = isolated(G); }
      for (i = 1; i <= size(more); i++)
      {
        known = 0;
        for (m = 1; m <= size(result); m++) { if (string(result[m]) == string(more[i])) { known = 1; } }
        if (known == 0) { result[size(result) + 1] = more[i]; }
      }
    }
    return(result);
  }
  result = minAssGTZ(J);
  for (k = 1; k <= size(result); k++) { result[k] = std(result[k]); }
  return(result);
}
proc sections(ideal P, int many)
{
  intvec free = indepSet(P);
  int n = nvars(basering);
  int k;
  int s;
  int j;
  ideal cut;
  list values = list(0, 0, 0), list(1, 0, 0), list(0, 1, 1), list(1, 2, 1), list(1/2, 1, 0), list(3/5, 4/5, 1), list(2, 1/2, 3), list(-1, 1, 2);
  for (s = 1; s <= many; s++)
  {
    cut = P;
    j = 0;
    for (k = 1; k <= n; k++)
    {
      if (free[k] == 1)
      {
        cut = cut, var(k) - values[s][(j % 3) + 1];
        j++;
      }
    }
    section(cut);
  }
}
list C = parts(I);
int c;
for (c = 1; c <= size(C); c++)
{
  say_ideal("@component", C[c]);
  if (dim(C[c]) > 0) { sections(C[c], 8); }
}
print("@end");
quit;
)";

/// Down from the gradient: an ideal that holds 1 is done, and so is one that holds a component. Else a product in it is
/// split: an element of its Groebner basis that factors, or one generator of each component that the zeros may lie in.
inline constexpr const char* tree = R"(
int nodes = 0;
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
      for (k = 1; k <= ncols(P[j]); k++) { print("@i"); say_cofactors(T, k); }
      return();
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
    for (j = 1; j <= size(P); j++)
    {
      both = std(G + P[j]);
      alive[j] = (dim(both) != -1);
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
      for (j = 1; j <= size(P); j++)
      {
        for (k = 1; k <= ncols(P[j]); k++)
        {
          candidate = P[j][k];
          covers = 0;
          if (reduce(candidate, G) != 0)
          {
            for (i = 1; i <= size(P); i++)
            {
              if (alive[i] != 0) { if (reduce(candidate, P[i]) == 0) { covers++; } }
            }
          }
          now = 1000000 * covers - 1000 * deg(candidate) - size(candidate);
          if (covers > 0 && (most == 0 || now > most)) { most = now; chosen = candidate; }
        }
      }
      best[size(best) + 1] = chosen;
      powers[size(best)] = 1;
      f = f * chosen;
      left = 0;
      for (i = 1; i <= size(P); i++)
      {
        if (alive[i] != 0) { if (reduce(chosen, P[i]) == 0) { alive[i] = 0; } }
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
node(I, 0);
print("@end");
quit;
)";

}  // namespace rankscape::critical_set::script
