import { useState } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { Loading } from "../../ui/loading.tsx";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";
import { MailFrame } from "./mail-frame.tsx";
import { MessageText } from "./message-text.tsx";

/** Whether mails are shown as they were sent: chosen at one mail, it holds for the next ones of this tab. */
const AS_SENT = "mail-as-sent";

/** The text of a message, fetched by its path in the API; of an HTML mail also its look, when asked for. */
export function MessageBody({ path }: { path: string }) {
  const { texts } = useDesk();
  const { data, error, loading } = useFetched(texts, path);
  const [asSent, setAsSent] = useState(() => sessionStorage.getItem(AS_SENT) === "yes");
  if (data === undefined && error !== undefined) {
    return (
      <Alert tone="warning">
        <p>Texten kunde inte hämtas.</p>
        <Button variant="secondary" busy={loading} onClick={() => void texts.revalidate(path)}>
          Försök igen
        </Button>
      </Alert>
    );
  }
  if (data === undefined) return <Loading what="Hämtar texten …" />;
  const choose = (wanted: boolean): void => {
    sessionStorage.setItem(AS_SENT, wanted ? "yes" : "no");
    setAsSent(wanted);
  };
  const empty = data.text.trim() === "";
  return (
    <>
      {data.html !== null && (
        <button
          type="button"
          class="fold-button as-sent"
          aria-pressed={asSent}
          onClick={() => choose(!asSent)}
        >
          Visa som det skickades
        </button>
      )}
      {data.unreadable && (
        <Alert tone="warning">
          <p>Kunde inte läsas – originalet är sparat</p>
          {!empty && <p>Så här börjar det som kom in:</p>}
        </Alert>
      )}
      {empty && !data.unreadable && <p class="subtle">(meddelandet har ingen text)</p>}
      {asSent && data.html !== null ? (
        <MailFrame html={data.html} files={data.files} />
      ) : data.unreadable && !empty ? (
        <div class="message-text raw">{data.text.trimEnd()}</div>
      ) : (
        <MessageText text={data.text} parts={data.parts} />
      )}
      {data.truncated && <p class="hint">Här visas bara början av meddelandet. Hela originalet är sparat.</p>}
    </>
  );
}
