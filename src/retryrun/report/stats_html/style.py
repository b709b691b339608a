"""What the page looks like: light and dark, wide and narrow, on paper."""

from __future__ import annotations

ENDS = (  # how runs end: the figure, its colour and pattern, its name
    ("succeeded_first_try", "first", "first try"),
    ("recovered", "again", "recovered by a retry"),
    ("fallback_succeeded", "aside", "saved by a fallback"),
    ("failed", "bad", "failed"),
    ("interrupted", "off", "interrupted"),
)

STYLE = """
:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--ink:#171a1f;--soft:#555d68;--line:#d8dce2;
--first:#5b82b8;--again:#c07a00;--aside:#7d5bbe;--bad:#b3261e;--off:#7f8792;--focus:#1d5fd1}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0f1216;--card:#181c22;--ink:#e9ebee;
--soft:#a7afba;--line:#323944;--first:#6b97d3;--again:#eba63c;--aside:#b493f2;--bad:#ff7a70;
--off:#848d99;--focus:#8ab4ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;
overflow-wrap:anywhere;-webkit-text-size-adjust:100%;text-size-adjust:100%}
header,main,footer{max-width:72rem;margin:auto;padding:0 clamp(.75rem,3vw,2rem)}
header{padding-top:clamp(1.25rem,4vw,2.5rem);padding-bottom:1.25rem}
footer{padding-top:1.5rem;padding-bottom:2.5rem}
h1{margin:0;font-size:clamp(1.5rem,4vw,2rem);line-height:1.2;letter-spacing:-.01em}
h2{margin:0 0 .75rem;font-size:1.1rem;line-height:1.3}
p{margin:.75rem 0 0;max-width:85ch}
header p{margin-top:.35rem}
header p,footer,.soft,dt,caption,thead,small{color:var(--soft)}
small,caption,footer,.soft,dt,table,.legend{font-size:.875rem}
b,dd strong,td,small{font-variant-numeric:tabular-nums}
code{font:.925em ui-monospace,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
main{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
section{min-width:0;padding:clamp(.9rem,2.5vw,1.5rem);background:var(--card);
border:1px solid var(--line);border-radius:.75rem}
.wide{grid-column:1/-1}
.bare{padding:0;background:none;border:0}
.hidden,.defs{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
dl{display:grid;gap:1rem;margin:0;grid-template-columns:1fr 1fr}
.bare dl div{padding:clamp(.75rem,2vw,1.25rem);background:var(--card);border:1px solid var(--line);
border-radius:.75rem}
dl div{display:grid;grid-template-rows:subgrid;grid-row:span 2;gap:0}
dd{margin:0}
dd small{display:block;line-height:1.4}
time{white-space:nowrap}
dd strong{display:block;font-size:clamp(1.4rem,4.5vw,2rem);font-weight:650;line-height:1.25;
letter-spacing:-.02em}
dd .none{font-size:1.1rem;font-weight:500;letter-spacing:0;color:var(--soft)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 .75rem;padding:0;list-style:none}
.swatch{width:.875rem;height:.875rem;margin-right:.45rem;vertical-align:-.1rem;border-radius:2px}
.whole{display:block;width:100%;height:1.5rem;margin-bottom:.75rem;border-radius:4px}
.share{flex:1;width:4rem;min-width:4rem;height:.8rem}
.with{display:flex;align-items:center;gap:.75rem}
.with b{min-width:3.5rem;text-align:right}
.chart{display:block;width:100%;height:248px;padding:20px 24px 0 52px;overflow:visible}
.chart text{fill:currentColor;font-size:12px;font-variant-numeric:tabular-nums}
.chart line{stroke:var(--line)}
.chart .base{stroke:var(--soft)}
.chart g:hover{opacity:.7}
.hit{fill:transparent}
.c-first,.first{fill:var(--first)}
.c-again{fill:var(--again)}.c-aside{fill:var(--aside)}.c-bad{fill:var(--bad)}.c-off{fill:var(--off)}
.again{fill:url(#again)}.aside{fill:url(#aside)}.bad{fill:url(#bad)}.off{fill:url(#off)}
.mark{fill:var(--card);opacity:.6}
.rest{fill:var(--card);stroke:var(--off);stroke-width:2}
.track{background:var(--bg);outline:1px solid var(--line)}
table{width:100%;border-collapse:collapse}
caption{padding-bottom:.5rem;text-align:left}
th,td{padding:.4rem;text-align:right;vertical-align:middle}
th{font-weight:600}
tbody th{font-weight:500}
th:first-child{padding-left:0;text-align:left}
td:last-child,thead th:last-child{padding-right:0}
tbody tr{border-top:1px solid var(--line)}
td,thead th{overflow-wrap:normal}
td{white-space:nowrap}
.bars tbody th{min-width:10rem}
.bars th:nth-child(2){text-align:left;width:19%}
.few th:nth-child(2){width:45%}
ul{margin:0;padding-left:1.2rem}
li+li{margin-top:.25rem}
.legend li{margin:0}
details{margin-top:.75rem}
.scroll{overflow-x:auto}
summary{width:fit-content;padding:.25rem 0;cursor:pointer;font-size:.875rem}
summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--focus);outline-offset:3px;
border-radius:3px}
pre{margin:.75rem 0 0;padding:.75rem 1rem;white-space:pre-wrap;background:var(--bg);
border:1px solid var(--line);border-radius:.5rem}
@media (min-width:48rem){.bare dl{grid-template-columns:repeat(4,1fr)}}
@media screen and (max-width:40rem){.minor{display:none}}
@media print{:root{font-size:10pt;color-scheme:light;--bg:#fff}
main{display:block}
section{margin-bottom:12pt;padding:0;border:0}
section:not(.long),.bare dl div,tr{break-inside:avoid}
h2,caption{break-after:avoid}
rect,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
# A table that is too wide for the screen becomes a card for each row.
NARROW = """@media (max-width:WIDTH){
TABLE thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
TABLE,TABLE tbody,TABLE caption{display:block}
TABLE tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(4.4rem,1fr));
gap:.4rem .5rem;padding:.75rem 0}
TABLE th,TABLE td{display:block;width:auto;padding:0;text-align:left}
TABLE tbody th,TABLE td:nth-child(2){grid-column:1/-1}
TABLE td::before{content:attr(data-label);display:block;color:var(--soft);font-size:.75rem}
TABLE .with b{text-align:left}}
"""
STYLE += "".join(
    NARROW.replace("TABLE", table).replace("WIDTH", width)
    for table, width in ((".many", "66rem"), (".few", "40rem"))
)
# Each outcome has a pattern besides its colour, so that neither eyes nor printers need colours.
PATTERNS = """<svg class="defs" aria-hidden="true" focusable="false"><defs>
<pattern id="again" width="6" height="6" patternUnits="userSpaceOnUse" \
patternTransform="rotate(45)"><rect class="c-again" width="6" height="6"/>\
<rect class="mark" width="2" height="6"/></pattern>
<pattern id="aside" width="5" height="5" patternUnits="userSpaceOnUse">\
<rect class="c-aside" width="5" height="5"/><rect class="mark" width="1.5" height="5"/></pattern>
<pattern id="bad" width="6" height="6" patternUnits="userSpaceOnUse">\
<rect class="c-bad" width="6" height="6"/><circle class="mark" cx="3" cy="3" r="1.1"/></pattern>
<pattern id="off" width="5" height="5" patternUnits="userSpaceOnUse">\
<rect class="c-off" width="5" height="5"/><rect class="mark" width="5" height="1.5"/></pattern>
</defs></svg>"""
