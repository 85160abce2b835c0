import { burst } from "../burst.ts";
import { atLeast, atMost, type BenchFigure, line } from "../figure.ts";

async function run() {
  const came = await burst({ mails: 2_000, repeats: 100, replies: 200 });
  const none = atMost(0, 0);
  return [
    line("deliveries", came.deliveries, ""),
    line("drained", came.mailsPerSecond, "mails a second", atLeast(35, 20)),
    line("our own functions", came.ownCpuMsPerMail, "ms of a processor per mail", atMost(12, 20)),
    line("lost", came.lost, "", none),
    line("doubled", came.doubled, "", none),
    line("in a wrong thread", came.misThreaded, "", none),
  ];
}

export const burstOfMails: BenchFigure = { id: "B2", title: "2 000 mails and 100 repeats at once", run };
