import { Alert } from "../../ui/alert.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Loading } from "../../ui/loading.tsx";
import { ExactTime } from "../../ui/time.tsx";
import type { Attachment, Message, MessageText } from "../api.ts";
import type { FetchCache } from "../fetch-cache.ts";
import { useFetched } from "../use-fetched.ts";
import { fileTypeText, senderText, sizeText, subjectText, trustText } from "../words.ts";

type Props = {
  message: Message;
  caseSubject: string | null;
  texts: FetchCache<MessageText>;
  /** The key of the text in `texts`: its path in the API. */
  path: string;
};

/** One message of the conversation. What the sender wrote is shown as text, never as markup. */
export function MessageView({ message, caseSubject, texts, path }: Props) {
  const { who, detail } = senderText(message.sender);
  const trust = trustText(message.trust);
  return (
    <article class="ds-card message" data-color="neutral">
      <header>
        <div class="message-from">
          <h3 class="ds-heading" data-size="2xs">
            {who}
          </h3>
          {detail !== undefined && <span class="subtle">{detail}</span>}
        </div>
        <ExactTime at={message.arrivedAt} />
        <Badge tone={trust.tone} icon={trust.icon}>
          {trust.text}
        </Badge>
        {message.subject !== caseSubject && (
          <p class="message-subject">
            <span class="subtle">Ämne:</span> {subjectText(message.subject)}
          </p>
        )}
      </header>
      <Body texts={texts} path={path} />
      {message.attachments.length > 0 && <Attachments files={message.attachments} />}
    </article>
  );
}

function Body({ texts, path }: { texts: FetchCache<MessageText>; path: string }) {
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

function Attachments({ files }: { files: readonly Attachment[] }) {
  return (
    <section class="attachments" aria-label="Bilagor">
      <p class="attachments-title with-icon">
        <Icon name="clip" /> {files.length === 1 ? "1 bilaga" : `${files.length} bilagor`}
      </p>
      <ul>
        {files.map((file, index) => (
          <li key={index}>
            <span class="file-name">{file.name ?? "Bilaga utan namn"}</span>{" "}
            <span class="subtle">
              {fileTypeText(file.contentType)}, {sizeText(file.bytes)}
            </span>
          </li>
        ))}
      </ul>
      <p class="hint">Bilagorna är sparade men kan inte öppnas här ännu.</p>
    </section>
  );
}
