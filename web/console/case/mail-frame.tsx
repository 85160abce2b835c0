import { useEffect, useState } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { Loading } from "../../ui/loading.tsx";
import type { MailFile } from "../api/case-schemas.ts";
import type { CleanMail } from "./clean-html.ts";

type Props = { html: string; files: readonly MailFile[] };

/**
 * A mail as it was sent: cleaned, and shut in a frame that may run nothing, send nothing and fetch nothing. Pictures from
 * the net wait for a click, since fetching them tells the sender that somebody reads.
 */
export function MailFrame({ html, files }: Props) {
  const [images, setImages] = useState(false);
  const [mail, setMail] = useState<CleanMail | "failed" | undefined>();
  useEffect(() => {
    let wanted = true;
    // The cleaner is fetched when it is first needed: most mails are read as text.
    import("./clean-html.ts").then(
      ({ cleanMail }) => wanted && setMail(cleanMail(html, files, images)),
      () => wanted && setMail("failed"),
    );
    return () => {
      wanted = false;
    };
  }, [html, files, images]);

  if (mail === undefined) return <Loading what="Förbereder mejlet …" />;
  if (mail === "failed") {
    return (
      <Alert tone="warning">
        <p>Mejlet kunde inte visas som det skickades. Ladda om sidan, eller läs det som text.</p>
      </Alert>
    );
  }
  return (
    <>
      {mail.remoteImages > 0 && !images && (
        <p class="remote-images">
          <span>Bilder från nätet visas inte. Hämtas de ser avsändaren att mejlet läses.</span>{" "}
          <Button variant="secondary" accent onClick={() => setImages(true)}>
            Visa bilder från nätet
          </Button>
        </p>
      )}
      <iframe
        class="mail-frame"
        title="Mejlet som det skickades"
        sandbox="allow-popups"
        referrerpolicy="no-referrer"
        srcdoc={mail.document}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
        tabIndex={0}
      />
    </>
  );
}
