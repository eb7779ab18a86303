// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report's style sheet (light and dark by the reader's setting, light on paper) and its closing definitions.
#include "app/services/html_report_parts.h"

namespace cw::report {

std::string_view styleSheet() {
    return R"css(
:root{--window:#F6F7F9;--surface:#FFFFFF;--line:#DDE1E7;--soft:#ECEFF3;--text:#1B1F24;--muted:#5B6570;--accent:#2F5FD0;
--accent-rgb:47 95 208;
--sunken:#E9ECF1;--danger:#B3261E;--danger-fill:#FCECEA;--warning:#8A5A00;--warning-fill:#FFF4DB;--success:#1F6F43;
--ins:#1D4FBF;--ins-fill:#E6EDFC;
--gI:#0067A5;--gT:#9A5F00;--gL:#A23F78;--gC:#B04100;--gM:#00714F;--gP:#176C9F;--gR:#4A515B;--gD:#776900;
--v0:#B3261E;--v1:#B04100;--v2:#8A5A00;--v3:#176C9F;--v4:#2F5FD0;--v5:#1F6F43;--on:#FFFFFF}
@media screen and (prefers-color-scheme:dark){:root{--window:#16181C;--surface:#1E2126;--line:#343941;--soft:#2A2E35;
--text:#E6E9ED;--muted:#A0A9B4;
--accent:#8AB0FF;--accent-rgb:138 176 255;--sunken:#121417;--danger:#FFB4AB;--danger-fill:#41211F;--warning:#FFD27A;
--warning-fill:#3A2E12;
--success:#7FD1A4;--ins:#9BBBFF;--ins-fill:#232E47;--gI:#62B0F2;--gT:#F0B13A;--gL:#E8A0CB;--gC:#FF9460;--gM:#4BCFA5;
--gP:#A3DEFA;--gR:#C3C9D1;
--gD:#EDE06A;--v0:#FFB4AB;--v1:#FF9460;--v2:#FFD27A;--v3:#A3DEFA;--v4:#8AB0FF;--v5:#7FD1A4;--on:#10131A}}
*{box-sizing:border-box}
body{margin:0;background:var(--window);color:var(--text);
font:13px/1.45 system-ui,-apple-system,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif;
font-variant-numeric:tabular-nums}
main{max-width:1400px;margin:0 auto;padding:24px 24px 48px}
header{margin-bottom:16px}
h1{font-size:20px;font-weight:600;margin:0}
header p{margin:4px 0 0;color:var(--muted)}
h2{font-size:15px;font-weight:600;margin:0 0 4px}
h3{font-size:13px;font-weight:600;margin:0 0 8px;display:flex;flex-wrap:wrap;align-items:center;gap:6px}
h4{font-size:12px;font-weight:500;color:var(--muted);margin:0 0 4px}
p{margin:0 0 8px;max-width:96ch}
.note{background:var(--warning-fill);color:var(--warning);border-left:3px solid var(--warning);border-radius:6px;
padding:12px 16px;
margin-bottom:12px;white-space:pre-line;font-size:14px}
section{background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:16px;margin-bottom:12px}
.muted,small{color:var(--muted)}
small{display:block;font-size:12px;font-weight:400}
.scroll{overflow-x:auto;margin:0 -16px}
table{border-collapse:collapse;width:100%}
th,td{padding:6px 8px;text-align:left;vertical-align:top;border-bottom:1px solid var(--soft)}
th:first-child,td:first-child{padding-left:16px}
th:last-child,td:last-child{padding-right:16px}
thead th{font-size:12px;font-weight:500;color:var(--muted);vertical-align:bottom;border-bottom-color:var(--line)}
tbody th{font-weight:500;min-width:10ch;max-width:40ch;overflow-wrap:anywhere}
tbody tr:last-child>*{border-bottom:0}
tfoot>tr>*{border-top:1px solid var(--line);border-bottom:0;font-weight:600}
.n{text-align:right;white-space:nowrap}
thead .n{white-space:normal}
.dense th,.dense td{padding-top:4px;padding-bottom:4px}
.of{display:inline-block;min-width:58px;font-size:12px}
.heat{background:rgb(var(--accent-rgb) / var(--t))}
.chip{display:inline-block;min-width:30px;margin-right:8px;padding:0 5px;border:1px solid currentColor;
border-radius:4px;font-size:11px;
font-weight:600;line-height:16px;text-align:center}
.gI{color:var(--gI)}.gT{color:var(--gT)}.gL{color:var(--gL)}.gC{color:var(--gC)}.gM{color:var(--gM)}
.gP{color:var(--gP)}.gR{color:var(--gR)}
.gD{color:var(--gD)}
h3 .chip{margin-right:2px}
.tag{display:inline-block;padding:0 6px;border:1px solid var(--line);border-radius:4px;font-size:12px;font-weight:400;
line-height:18px;
color:var(--muted);white-space:nowrap}
.tag b{color:var(--text);font-weight:600}
.tags{margin:12px 0 0;max-width:none;line-height:2}
.bar{display:flex;width:220px;height:18px;gap:1px;border-radius:4px;overflow:hidden}
.bar i{flex-basis:0;min-width:22px;font-style:normal;font-size:11px;line-height:18px;text-align:center;color:var(--on)}
.v0{background:var(--v0)}.v1{background:var(--v1)}.v2{background:var(--v2)}.v3{background:var(--v3)}
.v4{background:var(--v4)}.v5{background:var(--v5)}
.line{display:block;margin:4px 0 0 auto}
.line path{fill:none;stroke:var(--line)}
.line .base{stroke:var(--text);stroke-dasharray:2 2}
.line .range{stroke:var(--accent);stroke-width:1.5}
.line .dot{fill:var(--accent)}
.advice{border-left:3px solid var(--warning);padding:2px 0 2px 10px;margin-bottom:12px}
.beside{display:flex;gap:24px;align-items:flex-start}
.beside>.scroll{flex:1;min-width:0;margin:0}
.reliability{flex:none;max-width:100%}
.reliability path{fill:none}
.reliability .grid{stroke:var(--soft)}
.reliability .base{stroke:var(--muted);stroke-dasharray:4 3}
.reliability .range{stroke:var(--accent);stroke-width:1.5}
.reliability .dot{fill:var(--accent)}
.reliability text{fill:var(--muted);font-size:11px}
article{border-top:1px solid var(--line);padding:12px 0 4px;break-inside:avoid}
.where{margin-left:auto;font-weight:400;font-size:12px;color:var(--muted);overflow-wrap:anywhere}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:16px}
.pair>div{min-width:0}
blockquote{margin:0 0 6px;font:15px/1.5 "Liberation Serif","Noto Serif",Georgia,serif;white-space:pre-wrap;
overflow-wrap:anywhere;
unicode-bidi:isolate}
del{color:var(--danger);background:var(--danger-fill)}
ins{color:var(--ins);background:var(--ins-fill)}
code,pre{font:12.5px/1.5 "DejaVu Sans Mono",ui-monospace,monospace;overflow-wrap:anywhere}
code{background:var(--sunken);border-radius:4px;padding:1px 5px}
pre{margin:0 0 8px;padding:10px 12px;background:var(--sunken);border-radius:6px;white-space:pre-wrap;
unicode-bidi:isolate}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:8px 0 0}
dt{font-weight:500}dd{margin:0;color:var(--muted);max-width:96ch}
.def{display:inline-block}
.def summary{list-style:none;cursor:pointer;text-decoration:underline dotted;text-underline-offset:3px}
.def summary::-webkit-details-marker{display:none}
.def summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
.def p{margin:6px 0 2px;padding:6px 8px;min-width:22ch;max-width:34ch;background:var(--sunken);border-radius:4px;text-align:left;white-space:normal;
font-weight:400;color:var(--text)}
.worse{color:var(--danger)}.better{color:var(--success)}
.three{grid-template-columns:1fr 1fr 1fr}
@media screen and (max-width:760px){main{padding:12px}.beside{flex-direction:column}.beside>.scroll{width:100%}.pair{grid-template-columns:1fr}dl{grid-template-columns:1fr}}
@page{margin:12mm}
@media print{.def p{display:none}.def summary{text-decoration:none}body{background:#fff}main{max-width:none;padding:0}section{border:0;padding:0;margin-bottom:18px}
.scroll{overflow:visible;margin:0}
th,td{padding:3px 4px}body{font-size:9px}small,thead th,.tag,.where{font-size:8px}h3{font-size:10px}.reliability{width:200px;height:200px}
.heat,.bar i,del,ins,.note{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css";
}

std::string definitionsSection() {
    std::string html = "<section><h2>How to read this</h2><dl>\n";
    for (const Definition& definition : definitions())
        html += "<dt>" + escaped(definition.title) + "</dt><dd>" + escaped(definition.text) + "</dd>\n";
    return html + "</dl></section>\n";
}

} // namespace cw::report
