import { budgets } from "../budgets.ts";
import { type Contact, meterAnswer, meterContacts, meterReplies } from "../contacts.ts";
import { type BenchFigure, type Line, line } from "../figure.ts";
import { meterPages } from "../pages.ts";
import { seedCases } from "../seed.ts";
import { withBenchSystem } from "../system.ts";

const contacts = 3;

async function run(say: (progress: string) => void): Promise<readonly Line[]> {
  return await withBenchSystem(async (system) => {
    const contact = await meterContacts(system, contacts);
    say("contacts counted");
    const reply = await meterReplies(system, contacts);
    const answer = await meterAnswer(system);
    say("replies and an answer counted");
    const seeded = await seedCases(system);
    await seeded.grow(300);
    const pages = await meterPages(system, seeded.caseId);
    const { "list page of 50": list, case: opened, "statistics page": statistics } = pages;
    return [
      writes("mail and case", contact, "mail and case", budgets.mailAndCaseWrites),
      writes("acknowledgement", contact, "acknowledgement", budgets.acknowledgementWrites),
      writes("its delivery noted", contact, "its delivery noted"),
      writes("counting", contact, "counting", budgets.countingWrites),
      writes("whole contact", contact, "whole", budgets.wholeWrites),
      line("whole contact", contact.whole.readUnits, "read units", budgets.wholeReads),
      line("whole contact", contact.whole.requests, "requests"),
      writes("citizen's reply: mail and case", reply, "mail and case", budgets.replyWrites),
      writes("citizen's reply, counted", reply, "whole"),
      line("citizen's reply, counted", reply.whole.requests, "requests"),
      writes("agent's answer by mail, closed and counted", answer, "whole"),
      line("agent's answer by mail, closed and counted", answer.whole.requests, "requests"),
      line("list page of 50", list.requests, "requests", budgets.listRequests),
      line("list page of 50", list.readUnits, "read units", budgets.listReads),
      line("open a case", opened.requests, "requests", budgets.caseRequests),
      line("open a case", opened.readUnits, "read units"),
      line("statistics page of 30 days", statistics.requests, "requests", budgets.statisticsRequests),
      line("statistics page of 30 days", statistics.readUnits, "read units"),
    ];
  });
}

function writes(
  what: string,
  contact: Contact,
  part: keyof Contact,
  budget?: Parameters<typeof line>[3],
): Line {
  return line(what, contact[part].writeUnits, "write units", budget);
}

export const counted: BenchFigure = { id: "B3", title: "counted at the door", run };
