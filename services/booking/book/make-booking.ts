import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { askedShape, bookFor } from "./book-for.ts";
import { answers, noQuery } from "./fields.ts";

/** Books a time for somebody, or holds it. */
export const makeBooking = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  body: z.object(askedShape),
  ...answers,
  run: async ({ body, caller, now }) => await bookFor(body, { caller, now }),
});
