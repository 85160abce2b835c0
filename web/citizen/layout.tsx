import type { ComponentChildren } from "preact";
import { style } from "./style.ts";

/** Whose page it is, and where one can turn instead. */
export type Around = {
  organisation: string;
  serviceCentre: string;
  phone: string;
  /** `måndag–torsdag 8–18, fredag 8–17`. */
  openingHours: string;
  /** Behind white text, `#005a9c`. */
  colour: string;
};

type Props = {
  /** Stays in the browser's history: nothing about a person or a case. */
  title: string;
  around: Around;
  children: ComponentChildren;
};

/** The style element's whole content: a Content-Security-Policy can name its hash. */
export function styleOf({ colour }: Around): string {
  return `:root{--brand:${colour}}${style}`;
}

/** A page for citizens: works without JavaScript, in the dark, on a small screen, and asks nobody else for anything. */
export function CitizenPage({ title, around, children }: Props) {
  return (
    <html lang="sv">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${title} – ${around.organisation}`}</title>
        <style dangerouslySetInnerHTML={{ __html: styleOf(around) }} />
      </head>
      <body>
        <a class="skip" href="#main">
          Hoppa till innehållet
        </a>
        <header>
          <p>{around.organisation}</p>
        </header>
        <main id="main">{children}</main>
        <footer>
          <p>
            {around.serviceCentre}, telefon{" "}
            <a class="whole" href={`tel:${around.phone.replaceAll(/[^\d+]/g, "")}`}>
              {around.phone}
            </a>
            .{around.openingHours !== "" && ` Öppet ${around.openingHours}.`}
          </p>
        </footer>
      </body>
    </html>
  );
}
