import * as z from "zod/mini";

/** What was typed, as it was typed. */
export type Typed = { name: string; email: string; phone: string };
export type PartyField = keyof Typed;

/** What is wrong, each with the field that it stands beside. */
export type Fault = { field: PartyField; text: string };

/** Who comes, as the form says it; or what is wrong with the form. One way to reach them is enough. */
export function partyIn(
  typed: Typed,
):
  | { party: { name: string; email: string | null; phone: string | null; about: null } }
  | { faults: readonly Fault[] } {
  const { name, email, phone } = typed;
  const faults: Fault[] = [];
  if (name === "") faults.push({ field: "name", text: "Skriv ditt namn" });
  if (name.length > 200) faults.push({ field: "name", text: "Namnet får ha högst 200 tecken" });
  if (email === "" && phone === "")
    faults.push({ field: "email", text: "Skriv din e-postadress eller ditt telefonnummer" });
  if (email !== "" && !isAddress(email))
    faults.push({ field: "email", text: "Skriv e-postadressen som namn@exempel.se" });
  if (phone !== "" && !isPhone(phone))
    faults.push({ field: "phone", text: "Skriv telefonnumret med siffror, till exempel 070-174 06 05" });
  if (faults.length > 0) return { faults };
  return {
    party: { name, email: email === "" ? null : email, phone: phone === "" ? null : phone, about: null },
  };
}

export function isAddress(text: string): boolean {
  return text.length <= 200 && z.email().safeParse(text).success;
}

function isPhone(text: string): boolean {
  return /^\+?[\d ()/.-]{5,30}$/.test(text) && text.replaceAll(/\D/g, "").length >= 5;
}
