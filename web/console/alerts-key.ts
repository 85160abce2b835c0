import { RECEPTION_OFFICE } from "./reception/reception-office.ts";

/** Under what the alerts are kept: the office whose reception is open in this browser, empty where none is. */
export const alertsKey = (): string => localStorage.getItem(RECEPTION_OFFICE) ?? "";
