import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import S3rver from "@20minutes/s3rver";
import { scan, taggingOf } from "./malware-scan.ts";

/** The one key that s3rver knows; the door signs on with it for every caller. */
export const s3Key = "S3RVER";

export type S3 = { url: string; stop(): Promise<void> };

/** S3 (s3rver) with its objects as files in a folder. */
export async function startS3(folder: string, isScanned: (bucket: string) => boolean): Promise<S3> {
  mkdirSync(folder, { recursive: true });
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: folder,
    allowMismatchedSignatures: true,
    vhostBuckets: false,
  });
  writeWhole(server.store, isScanned);
  lookForNoRules(server.store);
  const address: AddressInfo = await server.run();
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.httpServer.closeAllConnections();
      await server.close();
    },
  };
}

/**
 * In S3 an object is there whole or not at all. s3rver writes it in place, and a kill in the middle would leave half a
 * mail; so content goes to a file of its own first, and takes its place last of all. Deleting leaves the folder alone:
 * s3rver would take it away under a put that has just made it.
 */
function writeWhole(store: S3rver.Store, isScanned: (bucket: string) => boolean): void {
  store.putObject = async ({ bucket, key, content, metadata }) => {
    const place = store.getResourcePath(bucket, key, "object");
    const draft = store.getResourcePath(bucket, `${key}.${randomUUID()}`, "draft");
    await mkdir(dirname(place), { recursive: true });
    const [size, md5] = await store.putContent(draft, content);
    await store.putMetadata(bucket, key, metadata, md5);
    if (isScanned(bucket)) {
      const verdict = scan(await readFile(draft));
      await writeFile(store.getResourcePath(bucket, key, "tagging.xml"), taggingOf(verdict));
    }
    await rename(draft, place);
    return { size, md5 };
  };
  store.deleteObject = async (bucket, key) => {
    const place = store.getResourcePath(bucket, key, "object");
    const files = [
      place,
      `${place}.md5`,
      ...["metadata.json", "tagging.xml"].map((beside) => store.getResourcePath(bucket, key, beside)),
    ];
    for (const file of files) await rm(file, { force: true });
  };
}

/** The door answers browsers and no bucket is a website; s3rver would look for both in files, and miss them, at each call. */
function lookForNoRules(store: S3rver.Store): void {
  const found = store.getSubresource.bind(store);
  store.getSubresource = async (bucket, key, type) =>
    type === "cors" || type === "website" ? null : await found(bucket, key, type);
}
