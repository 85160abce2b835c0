/** The citizens' pages in one sheet, sent with the page: nothing else is fetched. */
export const style = `
:root{color-scheme:light dark;--fg:#1b1f23;--bg:#fff;--soft:#f2f5f8;--line:#8a949e;--muted:#4d5761;--link:#004a80;--bad:#b3261e;--good:#1b6b34}
@media (prefers-color-scheme:dark){:root{--fg:#eef1f4;--bg:#14181c;--soft:#20262c;--line:#7d8893;--muted:#b6c0c9;--link:#8cc8ff;--bad:#ff9d94;--good:#7fd99a}}
*,::before{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere;hyphens:auto}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem}
header,main,footer{max-width:42rem;margin-inline:auto;padding-inline:1rem}
header{padding-block:1rem;border-bottom:4px solid var(--brand)}
header p{margin:0;font-weight:700}
h1{font-size:1.75rem;line-height:1.2;margin:1.5rem 0 .5rem}
h2{font-size:1.25rem;margin:2rem 0 .5rem}
.whole{white-space:nowrap}
.lead{font-size:1.1875rem}
.box{border:1px solid var(--line);border-left-width:6px;border-radius:.25rem;padding:.75rem 1rem;margin:1.25rem 0}
.box>:first-child{margin-top:0}.box>:last-child{margin-bottom:0}
.box.bad{border-color:var(--bad)}.box.good{border-color:var(--good)}
ol.steps{list-style:none;margin:1.25rem 0;padding:0}
ol.steps li{padding:.35rem 0 .35rem 2.25rem;position:relative;color:var(--muted)}
ol.steps li::before{content:"";position:absolute;left:.35rem;top:.7rem;width:1rem;height:1rem;border:2px solid var(--line);border-radius:50%}
ol.steps li.done,ol.steps li.now{color:var(--fg)}
ol.steps li.done::before{content:"✓";border-color:var(--good);color:var(--good);font-size:.8rem;line-height:.9rem;text-align:center;font-weight:700}
ol.steps li.now{font-weight:700}ol.steps li.now::before{border:5px solid var(--link)}
article{background:var(--soft);border-radius:.4rem;padding:.75rem 1rem;margin:.75rem 0}
article h3{font-size:1rem;margin:0}article time{color:var(--muted);font-size:.9375rem}
article .files{margin:.5rem 0 0;padding-left:1.25rem}article .files a{display:inline-block;padding:.3rem 0}
article p{margin:.5rem 0 0;white-space:pre-wrap}
label{display:block;font-weight:700;margin-top:1rem}
.hint{color:var(--muted);font-size:.9375rem;margin:.25rem 0}
textarea{width:100%;min-height:9rem;padding:.6rem;border:2px solid var(--line);border-radius:.25rem;background:var(--bg);color:var(--fg);font:inherit}
input[type=text],input[type=email],input[type=tel],input[type=date],select{width:100%;max-width:26rem;min-height:2.75rem;padding:.5rem .6rem;border:2px solid var(--line);border-radius:.25rem;background:var(--bg);color:var(--fg);font:inherit}
fieldset{border:0;margin:1rem 0 0;padding:0}legend{font-weight:700;padding:0}
.check{display:flex;gap:.75rem;align-items:center;font-weight:400;margin:0;min-height:2.75rem}.check input{width:1.5rem;height:1.5rem;flex:none}
ul.choices{list-style:none;margin:1.25rem 0;padding:0}ul.choices li{border-bottom:1px solid var(--line)}
ul.choices a{display:block;padding:.75rem 0;font-weight:700}ul.choices p{margin:-.5rem 0 .75rem;color:var(--muted)}
ul.choices :is(button,strong)+p{margin-top:.5rem}ul.choices li:has(>button){padding-top:.75rem}
ul.times{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0;padding:0}ul.times button{margin:0;min-width:5.25rem;padding-inline:.75rem}
.weeks,.ways{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;margin:1rem 0}.weeks a,.ways a{display:inline-block;padding:.65rem 0}
dl{margin:1rem 0}dt{font-weight:700;margin-top:.5rem}dd{margin:0}
button.plain{background:none;color:var(--link);text-decoration:underline;padding-inline:0;font-weight:400}
.wrong{color:var(--bad);font-weight:700;margin:.25rem 0}
button{min-height:2.75rem;margin-top:1rem;padding:.5rem 1.5rem;border:0;border-radius:.25rem;background:var(--brand);color:#fff;font:inherit;font-weight:700;cursor:pointer}
footer{margin-top:3rem;padding-block:1rem 2rem;border-top:1px solid var(--line);color:var(--muted)}
@media print{form,.skip{display:none}}
`;
