import { Loading } from "../ui/loading.tsx";
import { PageHeading } from "../ui/page-heading.tsx";
import type { LanguageTexts } from "./api/desk-schemas.ts";
import { failureKind } from "./api/failure.ts";
import { useDesk } from "./desk.ts";
import { FetchFailure, useFetchedAt } from "./fetch-failure.tsx";
import { languageName, mailName } from "./mail-words.ts";
import { NotFoundPage } from "./not-found-page.tsx";
import { useFetched } from "./use-fetched.ts";

const KEY = "mail-texts";

/** What citizens get by mail, in each language, with example values. To be read: the texts are files. */
export function MailTextsPage({ focused }: { focused: boolean }) {
  const { mailTexts } = useDesk();
  const { data, error, loading } = useFetched(mailTexts, KEY);
  const fetchedAt = useFetchedAt(data);
  if (error !== undefined && failureKind(error) === "not-found") {
    return (
      <NotFoundPage focused={focused} title="Mejltexterna är inte dina">
        Ditt konto får inte se mejltexterna. Fråga din chef om du borde få det.
      </NotFoundPage>
    );
  }
  return (
    <>
      <PageHeading focused={focused}>Mejltexter</PageHeading>
      <p class="hint">
        Så ser mejlen till invånarna ut, med ett påhittat ärende. Språket är det som invånaren skriver på.
      </p>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void mailTexts.revalidate(KEY)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar mejltexter …" />}
      {data?.languages.map((texts) => (
        <LanguageView key={texts.language} texts={texts} />
      ))}
    </>
  );
}

function LanguageView({ texts: { language, file, mails } }: { texts: LanguageTexts }) {
  const id = `language-${language}`;
  return (
    <section aria-labelledby={id} class="mail-texts">
      <h2 id={id} class="ds-heading" data-size="xs">
        {languageName(language)}
      </h2>
      <p class="hint">
        Texterna ändras i filen <code>{file}</code> och gäller när systemet har lagts ut på nytt.
      </p>
      {mails.map(({ name, subject, text }) => (
        <article key={name} class="ds-card message" data-color="neutral">
          <h3 class="ds-heading" data-size="2xs">
            {mailName(name)}
          </h3>
          {subject !== null && (
            <p class="message-subject">
              <span class="subtle">Ämne:</span> <span lang={language}>{subject}</span>
            </p>
          )}
          <div class="message-text" lang={language}>
            {text}
          </div>
        </article>
      ))}
    </section>
  );
}
