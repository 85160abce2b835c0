import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { newId } from "#shared/ids.ts";
import { refuse } from "#shared/refusal.ts";
import { changeCase, changes, textField, version } from "../handle/change-case.ts";
import { requestTo } from "./request.ts";
import { transferCase } from "./transfer.ts";

/** Hands the matter to the authority that must investigate it, by one of the units that work for it. */
export const transferToAuthority = defineEndpoint({
  ...changes,
  body: z.object({
    version,
    unit: z.string(),
    authority: z.string(),
    text: textField,
    access: z.enum(["public", "secret"]),
  }),
  run: (request) =>
    changeCase(request, async (file, by) => {
      const { unit, authority, text, access } = request.body;
      if (!worksFor(unit, authority)) return refuse("no-such-unit");
      const transferId = newId();
      const letter = await requestTo(unit, file, { task: "transfer", taskId: transferId, text });
      return transferCase(file.case, { transferId, unit, authority, letter, access }, by, request.now);
    }),
});

function worksFor(unitId: string, authority: string): boolean {
  const { units, departments } = municipality();
  const unit = units.find(({ id }) => id === unitId);
  const department = departments.find(({ id }) => id === unit?.department);
  return department?.authorities.includes(authority) ?? false;
}
