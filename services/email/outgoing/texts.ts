import { mailTexts, municipality } from "#shared/config.ts";
import { type Content, plainText } from "./content.ts";
import { type Language, languageOf } from "./language.ts";
import { mailHtml } from "./mail-html.tsx";

type Texts = ReturnType<typeof mailTexts>[string];

/** The texts in the language that a mail is written in; the municipality's first where there is no mail. */
export function textsFor(ownText: string): { language: string; texts: Texts } {
  const { languages } = municipality();
  const [first = "sv", ...others] = languages;
  const known = (code: string): Language => ({ code, commonWords: mailTexts()[code]?.commonWords ?? [] });
  return textsIn(languageOf(ownText, [known(first), ...others.map(known)]));
}

/** The texts in a language that somebody has chosen; in the municipality's first when it has none in that one. */
export function textsIn(chosen: string): { language: string; texts: Texts } {
  const { languages } = municipality();
  const language = languages.includes(chosen) ? chosen : (languages[0] ?? "sv");
  const texts = mailTexts()[language];
  if (texts === undefined) throw new Error(`no mail texts in ${language}: the build checks that there are`);
  return { language, texts };
}

/** A mail's subject, and what it says as plain text and as HTML. */
export function bothForms(content: Content): { subject: string; text: string; html: string } {
  const { organisation, colours } = municipality();
  const look = { organisation: organisation.name, colour: colours.primary };
  return { subject: content.subject, text: plainText(content), html: mailHtml(content, look) };
}
