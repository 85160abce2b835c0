import type { IconName } from "../ui/icon.tsx";
import type { Me } from "./api/desk-schemas.ts";
import type { Directory } from "./directory.ts";
import {
  BOOKING_HREF,
  casesHref,
  FIGURES_HREF,
  MAIL_TEXTS_HREF,
  RECEPTION_HREF,
  type Route,
  tasksHref,
} from "./route.ts";

/** A way in the frame. */
export type Way = { href: string; text: string; icon: IconName; count?: number };

const AGENT_WAYS: readonly Way[] = [
  { href: casesHref("unassigned"), text: "Att ta hand om", icon: "inbox" },
  { href: casesHref("mine"), text: "Mina ärenden", icon: "person" },
  { href: casesHref("waiting"), text: "Väntar", icon: "clock" },
];
/** For those who see how the whole of it goes. */
const WHOLE_WAYS: readonly Way[] = [
  { href: FIGURES_HREF, text: "Siffror", icon: "chart" },
  { href: MAIL_TEXTS_HREF, text: "Mejltexter", icon: "mail" },
];
const WHOLE_ROLES = ["agent", "manager", "administrator"];
const BOOKING_WAY: Way = { href: BOOKING_HREF, text: "Bokning", icon: "calendar" };
const BOOKING_ROLES = ["agent", "receptionist", "officer", "floorCoordinator", "manager"];
const RECEPTION_WAY: Way = { href: RECEPTION_HREF, text: "Reception", icon: "person" };
const RECEPTION_ROLES = ["receptionist", "agent", "floorCoordinator", "officer", "manager"];
const QUARANTINE_WAY: Way = { href: casesHref("quarantine"), text: "Karantän", icon: "shield" };

/** Where somebody can go, the first being where they start. Nobody is shown a way that only says no. */
export function waysOf(me: Me, directory: Directory, held?: number): readonly Way[] {
  const own = directory.units.filter(({ id }) => me.units.includes(id));
  const isReceptionist = me.roles.includes("receptionist");
  return [
    ...(me.roles.includes("agent") ? AGENT_WAYS : []),
    ...(me.roles.includes("agent")
      ? [{ ...QUARANTINE_WAY, ...(held === undefined ? {} : { count: held }) }]
      : []),
    ...own.map(({ id, name }): Way => ({ href: tasksHref(id), text: `Uppdrag: ${name}`, icon: "task" })),
    ...(isReceptionist ? [RECEPTION_WAY] : []),
    ...(me.roles.some((role) => BOOKING_ROLES.includes(role)) ? [BOOKING_WAY] : []),
    ...(!isReceptionist && me.roles.some((role) => RECEPTION_ROLES.includes(role)) ? [RECEPTION_WAY] : []),
    ...(me.roles.some((role) => WHOLE_ROLES.includes(role)) ? WHOLE_WAYS : []),
  ];
}

/** The address of the list or page that a view belongs to; undefined for a view within another. */
export function wayOf(route: Route): string | undefined {
  switch (route.view) {
    case "cases":
      return casesHref(route.list);
    case "tasks":
      return tasksHref(route.unit);
    case "figures":
    case "figure":
      return FIGURES_HREF;
    case "mail-texts":
      return MAIL_TEXTS_HREF;
    case "booking":
      return BOOKING_HREF;
    case "reception":
      return RECEPTION_HREF;
    default:
      return undefined;
  }
}
