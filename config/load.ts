import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Holidays from "date-holidays";
import type { $ZodIssue } from "zod/v4/core";
import { crossFaults, type Fault } from "./cross-checks.ts";
import { type MailTexts, mailTextsSchema } from "./mail-texts-schema.ts";
import { type CompiledMunicipality, type Municipality, municipalitySchema } from "./schema.ts";

const FIRST_YEAR = 2024;
const LAST_YEAR = 2040;

/**
 * Reads `config/<name>.json`, checks it and adds the red days. Throws one Error that lists every fault, a line each:
 * `config/demo.json: units[3].mailbox: is outside mail.domain; write …@example.se`.
 */
export function loadMunicipality(name: string, folder = import.meta.dirname): CompiledMunicipality {
  const file = `config/${name}.json`;
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`${file}: write the name in a–z, 0–9 and -`);
  const municipality = checkMunicipality(readJson(file, folder, name), file);
  const mailTexts = loadMailTexts(municipality.languages, folder);
  return { ...municipality, redDays: redDays(FIRST_YEAR, LAST_YEAR), mailTexts };
}

/** Reads `config/mail-texts/<language>.json` for each language. Throws like `loadMunicipality`, with the faults of all. */
export function loadMailTexts(
  languages: readonly string[],
  folder = import.meta.dirname,
): Record<string, MailTexts> {
  const texts: Record<string, MailTexts> = {};
  const faults: string[] = [];
  for (const language of languages) {
    const file = `config/mail-texts/${language}.json`;
    if (!existsSync(join(folder, "mail-texts", `${language}.json`))) {
      faults.push(`${file}: is missing; write it after sv.json, or take "${language}" out of languages`);
      continue;
    }
    const parsed = mailTextsSchema.safeParse(readJson(file, join(folder, "mail-texts"), language), {
      error: missing,
    });
    if (parsed.success) texts[language] = parsed.data;
    else faults.push(...lines(parsed.error.issues.flatMap(faultsOf), file));
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return texts;
}

/** The same check for a value already read; `file` begins each line of the message. */
export function checkMunicipality(raw: unknown, file: string): Municipality {
  const parsed = municipalitySchema.safeParse(raw, { error: missing });
  const faults = [...(parsed.error?.issues ?? []).flatMap(faultsOf), ...crossFaults(raw)];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new Error(lines(faults, file).join("\n"));
}

const missing = (issue: { code?: string | undefined; input?: unknown }) =>
  issue.code === "invalid_type" && issue.input === undefined ? "is missing" : undefined;

function lines(faults: readonly Fault[], file: string): string[] {
  return faults.map(({ path, message }) => `${file}: ${written(path)}: ${message}`);
}

function faultsOf(issue: $ZodIssue): Fault[] {
  if (issue.code !== "unrecognized_keys") return [issue];
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    message: "is not known here; correct the spelling or remove it",
  }));
}

function written(path: readonly PropertyKey[]): string {
  const joined = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return joined.replace(/^\./, "") || "the file";
}

function readJson(file: string, folder: string, name: string): unknown {
  let content: string;
  try {
    content = readFileSync(join(folder, `${name}.json`), "utf8");
  } catch {
    const names = readdirSync(folder).filter((entry) => entry.endsWith(".json"));
    throw new Error(`${file}: cannot be read; there is ${names.join(", ")}`);
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Error(`${file}: is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Days off beside Saturdays and Sundays: the public holidays, and the eves that the Public Holidays Act's neighbours
 * (the Annual Leave Act and the collective agreements) put on a par with them. The library calls those "bank".
 */
export function redDays(firstYear: number, lastYear: number): string[] {
  const sweden = new Holidays("SE");
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, i) => firstYear + i);
  return years
    .flatMap((year) => sweden.getHolidays(year))
    .filter(({ type }) => type === "public" || type === "bank")
    .map(({ date }) => date.slice(0, 10))
    .sort();
}
