import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Request } from "../api/request.ts";
import type { Desk } from "../desk.ts";
import { createFetchCache } from "../fetch-cache.ts";
import { createReceptionApi } from "./api.ts";
import { createLendingApi } from "./lending/api.ts";
import { withLoan } from "./lending/lent.ts";
import type { Loan } from "./lending/schemas.ts";
import type { Visit } from "./schemas.ts";

export type ReceptionStores = ReturnType<typeof createReceptionStores>;

function createReceptionStores(request: Request) {
  const api = { ...createReceptionApi(request), ...createLendingApi(request) };
  const today = createFetchCache(api.today);
  const items = createFetchCache(api.items);
  return {
    api,
    offices: createFetchCache((_key, signal) => api.offices(signal)),
    people: createFetchCache((_key, signal) => api.people(signal)),
    today,
    items,
    history: createFetchCache(api.history),
    house: createFetchCache(api.house),
    wall: createFetchCache(api.wall),
    parking: createFetchCache(api.parking),
    figures: createFetchCache(api.figures),
    incidents: createFetchCache(api.incidents),
    /** Shows what a change answered at once, and then asks how all stands. */
    took(visit: Visit): void {
      const { data } = today.read(visit.office);
      if (data !== undefined) {
        const others = data.visits.filter(({ number }) => number !== visit.number);
        today.put(visit.office, { ...data, visits: [...others, visit] });
      }
      void today.revalidate(visit.office);
    },
    tookLoan(loan: Loan): void {
      const { data } = items.read(loan.office);
      if (data !== undefined) items.put(loan.office, withLoan(data, loan));
      void items.revalidate(loan.office);
    },
  };
}

const stores = new WeakMap<Request, ReceptionStores>();

/** The reception's part of the API and what it has answered: one for each session. */
export function receptionStores(request: Request): ReceptionStores {
  const known = stores.get(request) ?? createReceptionStores(request);
  stores.set(request, known);
  return known;
}

/** What somebody does in the reception. `meets`: they are where visitors are, and may raise an incident. */
export type Parts = {
  receives: boolean;
  coordinates: boolean;
  hosts: boolean;
  manages: boolean;
  meets: boolean;
};

export function partsOf({ me, directory }: Pick<Desk, "me" | "directory">): Parts {
  const is = (role: string): boolean => me.roles.includes(role);
  const receives = is("receptionist") || (is("agent") && me.units.includes(directory.serviceCentre.id));
  const coordinates = is("floorCoordinator");
  const hosts = is("officer");
  return { receives, coordinates, hosts, manages: is("manager"), meets: receives || coordinates || hosts };
}

/** What the reception's pages have in common. */
export type Reception = ReceptionStores & {
  office: { id: string; name: string };
  parts: Parts;
  /** Names are hidden from glances. */
  screened: boolean;
  /** What somebody who works here is called; undefined for who is not known. */
  personName: (sub: string | null) => string | undefined;
};

export const ReceptionContext = createContext<Reception | undefined>(undefined);

export function useReception(): Reception {
  const reception = useContext(ReceptionContext);
  if (reception === undefined) throw new Error("no reception around this page");
  return reception;
}
