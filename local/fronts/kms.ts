import { createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type KmsFront = { url: string; stop(): Promise<void> };

/**
 * Plays KMS as far as our functions ask it: GenerateMac with HMAC_SHA_256
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html). Each key of the templates has a secret of
 * its own, derived from one that is kept beside the other state, so that links outlive a restart.
 */
export async function listenKms(secretFile: string | undefined): Promise<KmsFront> {
  const secret = secretOf(secretFile);
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.socket?.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const asked = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    if (
      incoming.headers["x-amz-target"] !== "TrentService.GenerateMac" ||
      asked.MacAlgorithm !== "HMAC_SHA_256"
    ) {
      outgoing.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
      outgoing.end(JSON.stringify({ __type: "UnsupportedOperationException" }));
      return;
    }
    const key = createHmac("sha256", secret).update(String(asked.KeyId)).digest();
    const Mac = createHmac("sha256", key).update(Buffer.from(asked.Message, "base64")).digest("base64");
    outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    outgoing.end(JSON.stringify({ KeyId: asked.KeyId, Mac, MacAlgorithm: asked.MacAlgorithm }));
  }

  // The door keeps its connections: one that was closed here in the same moment would lose a call.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function secretOf(file: string | undefined): Buffer {
  if (file !== undefined && existsSync(file)) return readFileSync(file);
  const secret = randomBytes(32);
  if (file !== undefined) writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}
