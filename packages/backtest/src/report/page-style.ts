/** The look of the page: system fonts, light and dark, colours that the colour-blind tell apart (M. Okabe and K. Ito, Color Universal Design, 2008). */
export const pageStyle: string = `
:root{--gain:#0072b2;--loss:#d55e00;--zone-up:#009e73;--zone-down:#cc79a7;--break:#6b4fbb;--other:#9a6a00;--ink:#17202b;--muted:#5b6573;--grid:#e3e8ee;--line:#d3dae3;--paper:#f6f8fa;--card:#ffffff;--warn:#7a4b00;--warn-back:#fff4de;--warn-line:#f0c36d;--focus:#0b6bcb;color-scheme:light}
@media (prefers-color-scheme:dark){:root{--gain:#56b4e9;--loss:#e69f00;--zone-up:#2fc79a;--zone-down:#e3a0c6;--break:#b9a6f5;--other:#f0e442;--ink:#e8edf3;--muted:#9aa6b4;--grid:#25303c;--line:#2f3b49;--paper:#0d1218;--card:#141b23;--warn:#ffd98a;--warn-back:#2c2412;--warn-line:#7d6022;--focus:#6db3ff;color-scheme:dark}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:56px}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main,header>div,nav>div{max-width:1180px;margin:0 auto;padding:0 24px}
header{padding:28px 0 4px}
h1{font-size:28px;line-height:1.2;margin:0;letter-spacing:-.015em}
h2{font-size:19px;margin:0 0 4px;letter-spacing:-.01em}
h3{font-size:13px;font-weight:600;margin:20px 0 6px;color:var(--muted)}
.subtitle{color:var(--muted);margin:4px 0 0;white-space:pre-wrap}
.text{color:var(--muted);margin:0 0 8px;font-size:14px}
.trials{margin:6px 0 0;font-size:14px;color:var(--muted)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:12px;margin:20px 0}
.figure{display:flex;flex-direction:column;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px}
.figure dt{font-size:12.5px;color:var(--muted)}
.figure dd{margin:auto 0 0;padding-top:2px;font-size:23px;font-weight:600;letter-spacing:-.02em;white-space:nowrap}
.figure small{display:block;font-size:11.5px;line-height:1.35;color:var(--muted);margin-top:2px}
.none{color:var(--muted)}
.warnings{list-style:none;margin:0 0 20px;padding:0;border:1px solid var(--warn-line);border-radius:10px;background:var(--warn-back);color:var(--warn)}
.warnings li{padding:9px 14px;font-size:14px}
.warnings li+li{border-top:1px solid var(--warn-line)}
.calm{color:var(--muted);font-size:14px;margin:0 0 20px}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);border-top:1px solid var(--line)}
nav>div{display:flex;gap:4px;overflow-x:auto}
nav a{color:var(--muted);text-decoration:none;padding:9px 12px;font-size:14px;white-space:nowrap}
nav a:hover{color:var(--ink)}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 22px;margin:20px 0}
section svg{display:block;max-width:100%;height:auto}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:0 32px}
.scroll{overflow:auto;border:1px solid var(--line);border-radius:8px}
.tall{max-height:460px}
.beside{max-height:300px}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th,td{padding:5px 12px;text-align:left;white-space:nowrap}
th{position:sticky;top:0;background:var(--card);color:var(--muted);font-weight:600;box-shadow:inset 0 -1px var(--line)}
td{border-top:1px solid var(--grid)}
tbody tr:first-child td{border-top:0}
.sides th,.sides td{padding:5px 8px}
.explorer svg text{paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}
.explorer svg .cross text,.explorer svg .cell text{stroke:none}
.narrow{display:none}
.heat{font-size:12px;table-layout:fixed}
.heat th,.heat td{padding:5px 4px;text-align:right;border-top:0}
.heat th:first-child{text-align:left;padding-left:10px;width:52px;position:sticky;left:0;background:var(--card)}
.right{text-align:right}
.wrap{white-space:normal;overflow-wrap:anywhere;min-width:160px}
.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12.5px}
tr[data-trip]{cursor:pointer}
tr[data-trip]:hover td{background:var(--grid)}
.note{color:var(--muted);font-size:13px;margin:6px 0 0}
.tools{display:flex;flex-wrap:wrap;gap:6px;align-items:center;margin:10px 0 8px;font-size:13px}
.tools button{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:7px;padding:4px 11px;cursor:pointer}
.tools button:hover{border-color:var(--muted)}
.tools label{display:inline-flex;gap:5px;align-items:center;color:var(--muted);margin-left:6px;cursor:pointer}
.readout{white-space:pre-wrap;font-size:13px;color:var(--muted);min-height:20px}
.readout b{color:var(--ink);font-weight:600}
.explorer input[type=range]{width:100%;accent-color:var(--gain);margin:6px 0 0}
.explorer svg{touch-action:pan-y;cursor:crosshair;user-select:none;width:100%}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
footer{color:var(--muted);font-size:13px;padding:4px 0 40px}
@media (max-width:719px){.wide{display:none}.narrow{display:block}.narrow svg{width:100%}main,header>div,nav>div{padding:0 12px}section{padding:16px 14px}.figures{grid-template-columns:repeat(2,1fr)}.figure dd{font-size:20px}th,td{padding:5px 8px}.sides{grid-template-columns:minmax(0,1fr)}}
@media print{nav,.tools,.explorer input{display:none}section{break-inside:avoid}.tall,.beside{max-height:none}}
`;
