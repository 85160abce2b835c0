import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { Loading } from "../../ui/loading.tsx";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";

/** The text of a message, fetched by its path in the API. */
export function MessageBody({ path }: { path: string }) {
  const { texts } = useDesk();
  const { data, error, loading } = useFetched(texts, path);
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
  const empty = data.text.trim() === "";
  return (
    <>
      {data.unreadable && (
        <Alert tone="warning">
          <p>Kunde inte läsas – originalet är sparat</p>
          {!empty && <p>Så här börjar det som kom in:</p>}
        </Alert>
      )}
      {empty && !data.unreadable && <p class="subtle">(meddelandet har ingen text)</p>}
      {!empty && (
        <div class={data.unreadable ? "message-text raw" : "message-text"}>{data.text.trimEnd()}</div>
      )}
      {data.truncated && <p class="hint">Här visas bara början av meddelandet. Hela originalet är sparat.</p>}
    </>
  );
}
