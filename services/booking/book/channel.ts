import { municipality } from "#shared/config.ts";

/** How somebody is told of their booking, and where: by mail, or by a text message through the config's gateway. */
export type Channel = { kind: "email" | "text"; to: string };

/** Where somebody who gave these can be told: by mail if they gave an address; undefined when only a call reaches them. */
export function channelOf({
  email,
  phone,
}: {
  email: string | null;
  phone: string | null;
}): Channel | undefined {
  if (email !== null) return { kind: "email", to: email };
  const { textMessages } = municipality().booking;
  const mobile = phone === null ? undefined : mobileOf(phone);
  if (textMessages === undefined || mobile === undefined) return undefined;
  return { kind: "text", to: `${mobile}@${textMessages.gateway}` };
}

/** A Swedish mobile number as ITU E.164 has it, without the plus: 46701740605. Undefined for any other. */
export function mobileOf(phone: string): string | undefined {
  const digits = phone.replaceAll(/[\s()./-]/g, "").replace(/^(\+46|0046)0?/, "0");
  // The series for mobiles in Sweden's numbering plan: 070, 072, 073, 076 and 079.
  return /^07[02369]\d{7}$/.test(digits) ? `46${digits.slice(1)}` : undefined;
}
