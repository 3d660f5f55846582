#pragma once
// The programs in Singular's language. Each prints lines that start with `@`, the last one `@end`; anything else
// on a line of its own is chatter of Singular's libraries, and a line that starts with `   ?` one of its errors, after
// which it goes on. (`continue` in a `for` of this language does not step the counter: it is not used.)

namespace rankscape::critical_set::script {

/// Variables x(n)..x(1) are called xn, .., x1.
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

/// Sums of squares of monomials, seen by their signs: their real zeros are those of all the monomials. `pieces` keeps
/// what has others, too.
inline constexpr const char* squares = R"(
list pieces;
proc is_even_sum(poly f)
{
  int k;
  int j;
  intvec e;
  for (k = 1; k <= size(f); k++)
  {
    if (leadcoef(f[k]) * leadcoef(f) < 0) { return(0); }
    e = leadexp(f[k]);
    for (j = 1; j <= size(e); j++) { if (e[j] % 2 != 0) { return(0); } }
  }
  return(f != 0);
}
proc root_of(poly f)
{
  return(monomial(leadexp(f) div 2));
}
proc roots_of(poly f, ideal G)
{
  ideal roots;
  int k;
  for (k = 1; k <= size(f); k++)
  {
    if (reduce(root_of(f[k]), G) != 0) { roots = roots, root_of(f[k]); }
  }
  return(simplify(roots, 2));
}
proc real_closure(ideal I)
{
  ideal G = std(I);
  ideal more = 1;
  int k;
  while (size(more) > 0)
  {
    more = 0;
    for (k = 1; k <= ncols(G); k++)
    {
      if (is_even_sum(G[k])) { more = more + roots_of(G[k], G); }
    }
    if (size(more) > 0) { pieces[size(pieces) + 1] = G; G = std(G + more); }
  }
  return(G);
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

/// Prints a section of dimension 0 in its parts; tells the least degree of one, 0: there is none.
inline constexpr const char* section = R"(
proc section(ideal J)
{
  ideal cut = std(J);
  int i;
  int least;
  list found;
  if (dim(cut) == 0)
  {
    if (vdim(cut) <= 64)
    {
      found = isolated(cut);
      for (i = 1; i <= size(found); i++)
      {
        say_ideal("@section", found[i]);
        if (least == 0 || mult(found[i]) < least) { least = mult(found[i]); }
      }
    }
  }
  return(least);
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
proc real_parts(ideal J)
{
  list C = parts(real_closure(J));
  list result;
  list more;
  ideal closed;
  int c;
  int i;
  for (c = 1; c <= size(C); c++)
  {
    closed = real_closure(C[c]);
    if (size(reduce(closed, std(C[c]))) == 0) { more = list(C[c]); }
    else { more = real_parts(closed); }
    for (i = 1; i <= size(more); i++) { result[size(result) + 1] = more[i]; }
  }
  return(result);
}
proc largest(list C)
{
  list result;
  int c;
  int i;
  int inside;
  for (c = 1; c <= size(C); c++) { C[c] = std(C[c]); }
  for (c = 1; c <= size(C); c++)
  {
    inside = 0;
    for (i = 1; i <= size(C); i++)
    {
      if (i != c)
      {
        if (size(reduce(C[i], C[c])) == 0)
        {
          if (i < c || size(reduce(C[c], C[i])) > 0) { inside = 1; }
        }
      }
    }
    if (inside == 0) { result[size(result) + 1] = C[c]; }
  }
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
  int least;
  int easy;
  int hard;
  for (s = 1; s <= many && easy < 4 && hard < 4; s++)
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
    least = section(cut);
    if (least == 1) { easy++; }
    if (least > 1) { hard++; }
  }
}
proc say_components(ideal I)
{
  print("@system");
  list C;
  if (real) { C = largest(real_parts(I)); } else { C = parts(I); }
  int c;
  for (c = 1; c <= size(C); c++)
  {
    say_ideal("@component", C[c]);
    if (dim(C[c]) > 0) { sections(C[c], 8); }
  }
}
)";

inline constexpr const char* end = R"(
print("@end");
quit;
)";

}  // namespace rankscape::critical_set::script
