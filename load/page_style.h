// The look of the report's page. One column on a telephone, two beside each other from 900 pixels on; dark where the reader's system is.
#pragma once

namespace otmetka::load {

inline constexpr const char* kPageStyle = R"css(
:root{--ink:#1b2430;--quiet:#5b6675;--line:#d8dee6;--paper:#fff;--ground:#f4f6f9;
--one:#1f6fd1;--two:#c2570c;--three:#7a3fc0;--good:#1a7f47;
--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--quiet:#a2adbb;--line:#38424f;--paper:#1a2029;--ground:#11161d;
--one:#6db1ff;--two:#ff9d57;--three:#c19bff;--good:#5fd08f;--bad:#ff8b82}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif}
main{max-width:1180px;margin:0 auto;padding:24px 16px 48px}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 4px}
h2{font-size:1.15rem;margin:0 0 4px}
.under{color:var(--quiet);margin:0 0 20px;overflow-wrap:anywhere}
.sentence{margin:0 0 10px;padding:10px 14px;background:var(--paper);
border:1px solid var(--line);border-left:5px solid var(--quiet);border-radius:6px}
.good{border-left-color:var(--good)}.bad{border-left-color:var(--bad)}
.mark{font-weight:700;margin-right:6px}.good .mark{color:var(--good)}.bad .mark{color:var(--bad)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0}
.tile{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:12px 14px}
.tile b{display:block;font-size:1.45rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tile span{color:var(--quiet);font-size:.88rem}
.plots{display:grid;grid-template-columns:1fr;gap:16px}
@media(min-width:900px){.plots{grid-template-columns:1fr 1fr}}
section,figure{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:16px;margin:0}
section{margin-top:16px;overflow-x:auto}
figure p,section p{margin:0 0 10px;color:var(--quiet);font-size:.94rem}
svg{display:block;width:100%;height:auto}
svg text{font:13px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:var(--quiet)}
svg .title{fill:var(--ink)}
@media(max-width:560px){svg text{font-size:15.5px}figure,section{padding:12px}main{padding:16px 10px 32px}}
.grid{stroke:var(--line);stroke-width:1}.axis{stroke:var(--quiet);stroke-width:1}
polyline{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
polyline.one{stroke:var(--one)}polyline.two{stroke:var(--two)}polyline.three{stroke:var(--three)}
polyline.quiet{stroke:var(--quiet);stroke-dasharray:6 5}
circle.one{fill:var(--one)}circle.two{fill:var(--two)}circle.three{fill:var(--three)}
circle.quiet{fill:var(--quiet)}
.key{display:flex;flex-wrap:wrap;gap:2px 18px;margin:0 0 6px;padding:0;list-style:none;font-size:.9rem}
.key i{display:inline-block;width:22px;height:0;border-top:3px solid;margin-right:7px;vertical-align:middle}
.key .one{border-color:var(--one)}.key .two{border-color:var(--two)}.key .three{border-color:var(--three)}
.key .quiet{border-color:var(--quiet);border-top-style:dashed}
.key .dot{width:9px;height:9px;border:0;border-radius:50%}
.key .dot.one{background:var(--one)}.key .dot.two{background:var(--two)}.key .dot.three{background:var(--three)}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:6px 10px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;white-space:nowrap}
td.number,th.number{text-align:right;white-space:nowrap}
td.words{overflow-wrap:anywhere;min-width:9rem}
tr:last-child td{border-bottom:0}
footer{color:var(--quiet);font-size:.88rem;margin-top:20px}
@media print{body{background:#fff}.plots{grid-template-columns:1fr 1fr}}
)css";

}  // namespace otmetka::load
