import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contractsFolder, publishedContracts } from "./contracts.ts";

test("what is published is what the code parses with; after a change run node infra/contracts.ts", () => {
  const files = readdirSync(contractsFolder).filter((name) => name.endsWith(".schema.json"));
  const published = files.map((name) => [
    name,
    JSON.parse(readFileSync(join(contractsFolder, name), "utf8")),
  ]);
  const ours = Object.entries(publishedContracts()).map(([name, text]) => [name, JSON.parse(text)]);
  expect(Object.fromEntries(published)).toEqual(Object.fromEntries(ours));
});
