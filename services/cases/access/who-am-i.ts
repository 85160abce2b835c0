import * as z from "zod/mini";
import { defineEndpoint, noInput } from "#shared/http.ts";
import { roles } from "#shared/staff.ts";

/** Who is signed in, and as what. */
export const whoAmI = defineEndpoint({
  params: noInput,
  query: noInput,
  answer: z.object({ name: z.string(), roles: z.array(z.enum(roles)), units: z.array(z.string()) }),
  run: async ({ caller }) => caller,
});
