import * as z from "zod/mini";

/** What /settings.json says: who signs people in, and whose console this is. `colour` is "#rrggbb". */
const settingsSchema = z.object({
  issuer: z.string(),
  clientId: z.string(),
  scope: z.string(),
  organisation: z.string(),
  serviceCentre: z.string(),
  colour: z.catch(z.string().check(z.regex(/^#[0-9a-f]{6}$/i)), "#005a9c"),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Fetches the settings of this deployment. Throws when they are not there or not as they should be. */
export async function fetchSettings(): Promise<Settings> {
  const response = await fetch("/settings.json", { signal: AbortSignal.timeout(15_000) });
  if (!response.ok) throw new Error(`settings.json answered ${response.status}`);
  return settingsSchema.parse(await response.json());
}
