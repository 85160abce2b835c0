import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildAll } from "./build.ts";
import { ensureBuilt } from "./ensure-built.ts";
import { functions } from "./functions.ts";
import { readManifest, sourceHash } from "./manifest.ts";

let root: string;

/** A repository in which every function answers with the municipality that was compiled in. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "servicecenter-build-"));
  for (const texts of ["demo.json", "mail-texts"])
    cpSync(join(import.meta.dirname, "../config", texts), join(root, "config", texts), { recursive: true });
  for (const file of Object.values(functions))
    write(file, "export const handler = () => __MUNICIPALITY__;\n");
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

describe("a build", () => {
  test("makes one bundle for each function, with the municipality in it", async () => {
    const { redDays } = await buildAll({ kommun: "demo", root });
    for (const name of Object.keys(functions)) {
      const bundle = await import(pathToFileURL(join(root, "dist/functions", name, "index.mjs")).href);
      expect(bundle.handler()).toMatchObject({ organisation: { id: "bjorkeby" }, redDays });
    }
  });

  test("refuses a function without a file, by the file's name", async () => {
    rmSync(join(root, functions["cases/api"]));
    await expect(buildAll({ kommun: "demo", root })).rejects.toThrow(
      "infra/functions.ts names services/cases/api.ts: no such file",
    );
  });

  test("writes down what it made, and the same again from the same sources", async () => {
    await buildAll({ kommun: "demo", root });
    const first = readManifest(root);
    await buildAll({ kommun: "demo", root });
    expect(Object.keys(first?.files ?? {})).toHaveLength(Object.keys(functions).length);
    expect(readManifest(root)).toEqual(first);
  });
});

describe("the hash of the sources", () => {
  test("follows sources, their names and the lock file, but no tests", () => {
    const before = sourceHash(root);
    write("services/cases/api.test.ts", "// a test\n");
    write("services/cases/README.md", "Purpose\n");
    expect(sourceHash(root)).toBe(before);
    write("services/cases/api.ts", "export const handler = 1;\n");
    const changed = sourceHash(root);
    write("package-lock.json", "{}\n");
    expect(new Set([before, changed, sourceHash(root)]).size).toBe(3);
  });
});

describe("what is to run", () => {
  test("is built once, and stopped by name where it is not what was built", async () => {
    await ensureBuilt({ kommun: "demo", root });
    const template = join(root, "cdk.out/servicecenter-demo-cases.template.json");
    const made = readFileSync(template, "utf8");
    const bundle = join(root, "dist/functions/email/receive-mail/index.mjs");

    // A template that was changed by hand is played as it stands.
    writeFileSync(template, `${made} `);
    await ensureBuilt({ kommun: "demo", root });
    expect(readFileSync(template, "utf8")).toBe(`${made} `);

    rmSync(bundle);
    await expect(ensureBuilt({ kommun: "demo", root })).rejects.toThrow(
      "dist/functions/email/receive-mail/index.mjs is missing: run npm run synth",
    );

    write("services/email/receive-mail.ts", "export const handler = () => __MUNICIPALITY__.mail;\n");
    await ensureBuilt({ kommun: "demo", root });
    expect(existsSync(bundle)).toBe(true);
  });
});
