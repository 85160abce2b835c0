/** Relative luminance, 0–1, of "#rrggbb": https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const channel = (start: number): number => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Black or white, whichever is read more easily on the municipality's colour; one of them always has 4.5:1. */
export function textOn(colour: string): "#000000" | "#ffffff" {
  const light = luminance(colour);
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? "#ffffff" : "#000000";
}

/** Gives the style sheet the municipality's colour. Set through the object model: a strict CSP allows that. */
export function applyBrand(root: HTMLElement, colour: string): void {
  root.style.setProperty("--brand", colour);
  const text = textOn(colour);
  root.style.setProperty("--on-brand", text);
  root.style.setProperty("--against-brand", text === "#ffffff" ? "#000000" : "#ffffff");
}
