#pragma once
// The style sheet of the HTML report. Colours are variables, set once for light and once for dark surroundings;
// verdicts differ in words and weight too, not by colour alone.

#include <string_view>

namespace rankscape::report {

inline constexpr std::string_view style_sheet = R"(
:root { color-scheme: light dark; --text: #1b1f24; --soft: #59636e; --back: #ffffff; --panel: #f5f7f9; --line: #d4dae1;
  --good: #14713d; --bad: #b3261e; --bad-back: #fdecea; --open: #8a5a00; --open-back: #fff4dc;
  --global: #14713d; --local: #7a3fb0; --flat: #0b6a8c; --strict: #2f4fb5; --max: #a03a78; }
@media (prefers-color-scheme: dark) { :root { --text: #e3e7eb; --soft: #9aa5b1; --back: #14181d; --panel: #1d232a;
  --line: #36404b; --good: #63d092; --bad: #ff8a80; --bad-back: #45201e; --open: #f2c46d; --open-back: #3d3118;
  --global: #63d092; --local: #cba2f2; --flat: #6cc7e8; --strict: #9db4ff; --max: #ee9bcb; } }
* { box-sizing: border-box; } [hidden] { display: none !important; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1rem 4rem; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 1.05rem; margin: 1rem 0 .2rem; } h4 { font: 600 .9rem ui-monospace, "DejaVu Sans Mono", monospace;
  margin: 0; overflow-wrap: anywhere; }
h2 a, h4 a { text-decoration: none; } h2 a:hover, h4 a:hover { text-decoration: underline; }
p, li, dd, figcaption { overflow-wrap: anywhere; } p { margin: .4rem 0; } .soft { color: var(--soft); font-size: .9rem; }
a { color: inherit; } code, pre { font: .85em ui-monospace, "DejaVu Sans Mono", monospace; }
pre { overflow-x: auto; margin: .3rem 0; padding: .5rem; background: var(--panel); }
.tools { position: sticky; top: 0; background: var(--back); padding: .5rem 0; margin: .5rem 0; z-index: 1;
  border-bottom: 1px solid var(--line); }
.tools input { width: 24rem; max-width: 100%; } .tools output { color: var(--soft); font-size: .9rem; }
input, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line);
  border-radius: .3rem; padding: .15rem .5rem; } button { cursor: pointer; }
button.copy { font-size: .75rem; padding: 0 .4rem; margin-right: .4rem; }
section { border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; margin: 1.5rem 0; scroll-margin-top: 4rem; }
article, tr, li, dfn { scroll-margin-top: 4rem; } :target { outline: 2px solid var(--strict); outline-offset: 2px; }
section.refuted { border-left: .4rem solid var(--bad); } section.undecided { border-left: .4rem solid var(--open); }
section.agrees { border-left: .4rem solid var(--good); } section.uncovered { border-left: .4rem solid var(--soft); }
article { background: var(--panel); border-left: .3rem solid var(--open); padding: .5rem .8rem; margin: .6rem 0; }
article.refuted, article.fault { border-color: var(--bad); }
.scroll { overflow-x: auto; margin: .6rem 0; } table { border-collapse: collapse; font-size: .9rem; width: 100%;
  font-variant-numeric: tabular-nums; } caption { text-align: left; color: var(--soft); font-size: .9rem; }
th, td { padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
  white-space: nowrap; } tbody th { font-weight: 400; }
thead th { font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); }
td.n, th.n, .cases td:nth-last-child(n+3):nth-last-child(-n+7), .cases td:nth-last-child(9) { text-align: right; } .wide { white-space: normal; min-width: 14rem; overflow-wrap: anywhere; }
.cases td:last-child { color: var(--soft); } .cases td:last-child code { display: inline-block; max-width: 13rem; overflow: hidden;
  text-overflow: ellipsis; vertical-align: bottom; }
tr.refuted > *, tr.fault > * { background: var(--bad-back); } tr.undecided > * { background: var(--open-back); }
tr.outside > td, tr.uncovered > td { color: var(--soft); } .cases b { font-weight: 600; }
.cases td:nth-last-child(3) { color: var(--good); font-weight: 600; } tr.refuted > td:nth-last-child(3), tr.fault > td:nth-last-child(3) { color: var(--bad);
  font-weight: 700; } tr.undecided > td:nth-last-child(3), tr.outside > td:nth-last-child(3) { color: var(--open); } tr.uncovered > td:nth-last-child(3) { color: var(--soft); font-weight: 400; }
details > summary { cursor: pointer; color: var(--soft); padding: .15rem 0; }
.matrices, .row { display: flex; flex-wrap: wrap; gap: .8rem; } figure { margin: .3rem 0; }
.matrix { max-width: 100%; overflow-x: auto; } .matrix table { width: auto; border-inline: 2px solid var(--text); }
.matrix td { border: 0; padding: 0 .4rem; text-align: right; } figcaption { color: var(--soft); font-size: .85rem; }
.picture { flex: 1 1 20rem; max-width: 40rem; min-width: 0; } .spectrum { width: 100%; height: auto; display: block; }
.spectrum .axis { stroke: var(--soft); fill: none; } .spectrum text { fill: var(--soft); font-size: 12px; text-anchor: middle; }
.spectrum .neg { fill: var(--bad); } .spectrum .zero { fill: none; stroke: var(--text); } .spectrum .pos { fill: var(--strict); }
.verdict { font-weight: 600; } .global_minimizer { color: var(--global); } .local_minimizer { color: var(--local); }
.non_strict_saddle { color: var(--flat); } .strict_saddle { color: var(--strict); } .local_maximizer { color: var(--max); }
.second_order, .undecided-verdict { color: var(--open); } .not_critical { color: var(--bad); }
.good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 700; }
.open { color: var(--open); font-weight: 600; } dfn { font-style: normal; font-weight: 700; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem .8rem; margin: .5rem 0; }
dt { color: var(--soft); overflow-wrap: anywhere; } dd { margin: 0; min-width: 0; }
@media (max-width: 40rem) { body { padding: 1rem .5rem; } section { padding: .7rem; } dl { display: block; }
  dd { margin: 0 0 .4rem; } .tools input { width: 100%; } .wide { min-width: 10rem; } }
@media print { :root { color-scheme: light; } body { font-size: 9pt; max-width: none; padding: 0; }
  .tools, button, .cases td:last-child, th:last-child:not(:only-child) { display: none; } #index th:last-child { display: table-cell; }
  .scroll { overflow: visible; } table { font-size: 7.5pt; } th, td { white-space: normal; padding: .1rem .3rem; }
  .wide { min-width: 0; } thead { display: table-header-group; } tr, article, figure { break-inside: avoid; }
  section { break-inside: auto; border-width: 0 0 0 2pt; padding: 0 0 0 .5rem; } h2, h4 { break-after: avoid; } }
)";

}  // namespace rankscape::report
