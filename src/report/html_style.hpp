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
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1rem 4rem; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
p, li, dd { overflow-wrap: anywhere; } p { margin: .4rem 0; } .soft { color: var(--soft); font-size: .9rem; }
a { color: inherit; } code { font: .85em ui-monospace, "DejaVu Sans Mono", monospace; }
section { border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; margin: 1.5rem 0; }
section.refuted { border-left: .4rem solid var(--bad); } section.undecided { border-left: .4rem solid var(--open); }
section.agrees { border-left: .4rem solid var(--good); }
.scroll { overflow-x: auto; margin: .6rem 0; } table { border-collapse: collapse; font-size: .9rem; width: 100%;
  font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
  white-space: nowrap; }
th { font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); } td.n, th.n { text-align: right; }
td.wide { white-space: normal; min-width: 14rem; overflow-wrap: anywhere; }
tr.refuted > td, tr.fault > td { background: var(--bad-back); } tr.undecided > td { background: var(--open-back); }
tr.outside > td, tr.uncovered > td { color: var(--soft); }
tr.cases > td { padding: 0 0 .5rem .6rem; white-space: normal; border-bottom: 1px solid var(--line); }
details > summary { cursor: pointer; color: var(--soft); padding: .15rem 0; }
details table { background: var(--panel); font-size: .82rem; }
.verdict { font-weight: 600; } .global_minimizer { color: var(--global); } .local_minimizer { color: var(--local); }
.non_strict_saddle { color: var(--flat); } .strict_saddle { color: var(--strict); } .local_maximizer { color: var(--max); }
.second_order, .undecided-verdict { color: var(--open); } .not_critical { color: var(--bad); }
.good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 700; }
.open { color: var(--open); font-weight: 600; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem .8rem; margin: .5rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
@media (max-width: 40rem) { body { padding: 1rem .5rem; } section { padding: .7rem; } dl { display: block; }
  dd { margin: 0 0 .4rem; } }
@media print { section { break-inside: auto; } details { display: none; } }
)";

}  // namespace rankscape::report
