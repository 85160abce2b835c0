import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint, noInput } from "#shared/http.ts";

const named = z.object({ id: z.string(), name: z.string() });

/** The units that can be asked, and the authorities that each works for. */
export const listUnits = defineEndpoint({
  params: noInput,
  query: noInput,
  answer: z.object({
    serviceCentre: named,
    /** Whom to ring about what cannot wait. */
    urgent: z.object({ name: z.string(), phone: z.string() }),
    units: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        department: z.string(),
        authorities: z.array(named),
        /** What a case that it gets is taken for. */
        secret: z.boolean(),
      }),
    ),
  }),
  run: async () => {
    const { serviceCentre, units, departments, authorities, urgent } = municipality();
    const { name: onCall, phone } = urgent.onCall;
    return {
      serviceCentre: { id: serviceCentre.unit, name: serviceCentre.name },
      urgent: { name: onCall, phone },
      units: units.map(({ id, name, department, secrecyDefault }) => {
        const found = departments.find((one) => one.id === department);
        return {
          id,
          name,
          department: found?.name ?? department,
          authorities: authorities.filter((one) => found?.authorities.includes(one.id)),
          secret: secrecyDefault === "secret",
        };
      }),
    };
  },
});
