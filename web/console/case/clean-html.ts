import DOMPurify from "dompurify";
import type { MailFile } from "../api/case-schemas.ts";

/** What is shown of a mail's HTML: a whole document for a frame, and how much of it lies elsewhere. */
export type CleanMail = {
  document: string;
  /** Pictures that would be fetched from other servers, which then learn that the mail is read. */
  remoteImages: number;
};

/** What no mail needs to be read, beside what DOMPurify itself leaves out. */
const FORBIDDEN_TAGS = [
  ...["form", "input", "button", "textarea", "select", "option", "optgroup", "datalist", "label", "fieldset"],
  ...[
    "audio",
    "video",
    "source",
    "track",
    "picture",
    "map",
    "area",
    "dialog",
    "marquee",
    "meter",
    "progress",
  ],
];
const FORBIDDEN_ATTRIBUTES = [
  ...[
    "srcset",
    "sizes",
    "background",
    "ping",
    "usemap",
    "poster",
    "autofocus",
    "contenteditable",
    "tabindex",
  ],
  ...[
    "id",
    "name",
    "for",
    "slot",
    "popover",
    "popovertarget",
    "accesskey",
    "download",
    "is",
    "longdesc",
    "cite",
  ],
];

/** Where a link may lead. Mail and phone addresses are read, not opened: answers are written here. */
const LINK = /^https?:\/\//i;
/** What a style fetches. Whoever writes it in a way that this does not find meets the frame's policy. */
const REMOTE_IN_STYLE = /(?:url|src|image|image-set)\s*\(\s*["']?\s*(?:https?:)?\/\/[^)]*\)|@import[^;]*;?/gi;
const EMBEDDED_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|bmp);/i;

/**
 * A mail's HTML without anything that acts: no scripts, forms or frames, links that say where they lead, and pictures
 * from the net only when `images`. It is shown in a frame of its own all the same, without rights (`mail-frame.tsx`).
 */
export function cleanMail(html: string, files: readonly MailFile[], images: boolean): CleanMail {
  const root = DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: FORBIDDEN_TAGS,
    FORBID_ATTR: FORBIDDEN_ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    WHOLE_DOCUMENT: true,
    RETURN_DOM: true,
  });
  if (!(root instanceof HTMLElement)) return { document: shutIn("", "", false), remoteImages: 0 };
  let remoteImages = 0;
  for (const image of root.querySelectorAll("img")) {
    if (keepImage(image, files, images)) remoteImages += 1;
  }
  for (const link of root.querySelectorAll("a")) tellWhere(link);
  for (const style of root.querySelectorAll("style")) {
    remoteImages += strip(style.textContent, images, (left) => {
      style.textContent = left;
    });
  }
  for (const one of root.querySelectorAll("[style]")) {
    remoteImages += strip(one.getAttribute("style") ?? "", images, (left) => one.setAttribute("style", left));
  }
  const head = root.querySelector("head")?.innerHTML ?? "";
  const body = root.querySelector("body")?.innerHTML ?? "";
  return { document: shutIn(head, body, images), remoteImages };
}

/** Leaves a picture, or puts words in its place. Says whether it lies on another server. */
function keepImage(image: HTMLImageElement, files: readonly MailFile[], images: boolean): boolean {
  const source = (image.getAttribute("src") ?? "").trim();
  const alt = (image.getAttribute("alt") ?? "").trim();
  if (EMBEDDED_IMAGE.test(source)) return false;
  if (isPixel(image)) {
    image.remove();
    return false;
  }
  const remote = /^https:\/\//i.test(source);
  if (!remote || !images) image.replaceWith(placeholder(image, placeText(source, alt, files)));
  return remote;
}

/** Takes what is fetched out of a style, unless pictures are wanted. Says how much that is. */
function strip(style: string, images: boolean, put: (left: string) => void): number {
  const found = style.match(REMOTE_IN_STYLE)?.length ?? 0;
  if (found > 0 && !images) put(style.replace(REMOTE_IN_STYLE, "none"));
  return found;
}

/** A picture of a pixel or none is there to tell its server that somebody has read the mail. */
function isPixel(image: HTMLImageElement): boolean {
  const side = (name: string): number => Number.parseInt(image.getAttribute(name) ?? "99", 10);
  return side("width") <= 2 || side("height") <= 2;
}

function placeText(source: string, alt: string, files: readonly MailFile[]): string {
  if (source.toLowerCase().startsWith("cid:")) {
    const id = decoded(source.slice("cid:".length));
    const name = files.find(({ contentId }) => contentId === id)?.name ?? alt;
    return name === "" ? "Bild bland bilagorna" : `Bild bland bilagorna: ${name}`;
  }
  return alt === "" ? "Bild" : `Bild: ${alt}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function placeholder(beside: Element, text: string): HTMLElement {
  const place = beside.ownerDocument.createElement("span");
  place.setAttribute("style", IMAGE_STYLE);
  place.textContent = text;
  return place;
}

/** Inline and important, so that no style of the mail's own can hide what is ours. */
const LEADS_STYLE = important("font:12px system-ui,sans-serif", "color:#444", "background:#fff");
const IMAGE_STYLE = important(
  "display:inline-block",
  "padding:4px 8px",
  "border:1px dashed #666",
  "font:13px system-ui,sans-serif",
  "color:#444",
  "background:#fff",
);

function important(...rules: readonly string[]): string {
  return ["all:initial", ...rules].map((rule) => `${rule}!important`).join(";");
}

/** A link opens beside, and its words are followed by the host that it leads to: words can say anything. */
function tellWhere(link: HTMLAnchorElement): void {
  const address = (link.getAttribute("href") ?? "").trim();
  for (const { name } of [...link.attributes])
    if (name !== "style" && name !== "class") link.removeAttribute(name);
  const host = LINK.test(address) ? hostOf(address) : undefined;
  if (host === undefined) return;
  link.setAttribute("href", address);
  link.setAttribute("title", address);
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener noreferrer");
  const leads = link.ownerDocument.createElement("span");
  leads.setAttribute("style", LEADS_STYLE);
  leads.textContent = ` (leder till ${host})`;
  link.after(leads);
}

/** The host as the network knows it: letters that look like others become `xn--…`. */
function hostOf(address: string): string | undefined {
  try {
    return new URL(address).host;
  } catch {
    return undefined;
  }
}

/**
 * The document of the frame. Its own policy is the second wall: nothing is fetched but what it names, whatever the
 * cleaning has missed. Always dark on light: a mail sets its own colours on the white that it expects.
 */
function shutIn(head: string, body: string, images: boolean): string {
  const policy = [
    "default-src 'none'",
    `img-src data:${images ? " https:" : ""}`,
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
  return [
    `<!doctype html><html lang="sv"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">`,
    `<title>Mejlet som det skickades</title>${head}<style>${FRAME_STYLE}</style></head><body>${body}</body></html>`,
  ].join("");
}

const FRAME_STYLE = [
  ":root{color-scheme:only light;background:#fff;color:#1a1a1a}",
  "body{margin:12px;font-family:system-ui,sans-serif;overflow-wrap:anywhere}",
  "img{max-width:100%;height:auto}",
].join("");
