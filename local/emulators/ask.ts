import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";

/** One request in AWS's JSON protocol. */
type Asked = { target: string; input: object; headers?: Record<string, string>; signal?: AbortSignal };
/** Asks without the SDK: its signing and checking take longer than the answer. */
export type Ask = <Answer>(asked: Asked) => Promise<Answer>;

/** What AWS says when it says no; `name` is the error's type, `ResourceNotFoundException`. */
class Refused extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Asks at an emulator's address, on connections that stay. Throws what the emulator says when it says no. */
export function asker(url: string): { ask: Ask; stop(): void } {
  const agent = new Agent({ keepAlive: true });
  return {
    ask: (asked) => ask(url, agent, asked),
    stop: () => agent.destroy(),
  };
}

function ask<Answer>(url: string, agent: Agent, { target, input, headers, signal }: Asked): Promise<Answer> {
  const body = JSON.stringify(input);
  const told = {
    "content-type": "application/x-amz-json-1.0",
    "content-length": Buffer.byteLength(body),
    "x-amz-target": target,
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", agent, headers: told, signal }, (answer) => {
      text(answer)
        .then((said) => {
          if (answer.statusCode === 200) resolve(JSON.parse(said));
          else reject(refusal(`${target}: ${answer.statusCode} ${said}`, said));
        })
        .catch(reject);
    });
    outgoing.on("error", reject).end(body);
  });
}

function refusal(message: string, said: string): Error {
  const [, type = "Error"] = /"__type"\s*:\s*"(?:[^"#]*#)?([^"#]+)"/.exec(said) ?? [];
  return new Refused(type, message);
}
