import { expect, it } from "vitest";
import { caseFile, message } from "../test-case.ts";
import { addresseeOf } from "./addressee.ts";

it("is the case's address, trusted as its latest message was", () => {
  const file = caseFile(
    {},
    {
      messages: [
        message("late", { arrivedAt: "2026-11-24T08:00:00Z", trust: "failed" }),
        message("early", { trust: "verified" }),
        message("other", {
          arrivedAt: "2026-11-25T08:00:00Z",
          sender: { name: null, address: "x@example.org" },
        }),
      ],
    },
  );
  expect(addresseeOf(file)).toEqual({ address: "asa@example.org", trust: "failed" });
});
