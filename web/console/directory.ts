import type { Unit, Units } from "./api/desk-schemas.ts";

/** Who there is in the municipality, by the ids that the API uses. What is not known is called by its id. */
export type Directory = {
  serviceCentre: { id: string; name: string };
  /** Whom to ring about what cannot wait. */
  urgent: { name: string; phone: string } | undefined;
  units: readonly Unit[];
  unitName: (id: string) => string;
  authorityName: (id: string) => string;
};

/** Where something belongs that is nobody's here. */
export const OUTSIDE = "outside";

/** `units` is undefined until it has come, or when it does not come. */
export function createDirectory(units: Units | undefined, serviceCentreName: string): Directory {
  const known = units?.units ?? [];
  const serviceCentre = units?.serviceCentre ?? { id: "servicecenter", name: serviceCentreName };
  const authorities = known.flatMap((unit) => unit.authorities);
  const named = [...known, serviceCentre];
  return {
    serviceCentre,
    urgent: units?.urgent,
    units: known,
    unitName: (id) =>
      id === OUTSIDE ? "någon utanför kommunen" : (named.find((one) => one.id === id)?.name ?? id),
    authorityName: (id) => authorities.find((one) => one.id === id)?.name ?? id,
  };
}

/** The units by what they belong to, each group and unit in Swedish order, as a list to choose from shows them. */
export function unitsByDepartment(units: readonly Unit[]): readonly (readonly [string, readonly Unit[]])[] {
  const groups = Map.groupBy(units, ({ department }) => department);
  return [...groups]
    .map(([name, members]) => [name, members.toSorted(byName)] as const)
    .toSorted(([one], [other]) => one.localeCompare(other, "sv"));
}

/** The authorities, each with the units that work for it. */
export function unitsByAuthority(units: readonly Unit[]) {
  const authorities = new Map(units.flatMap((unit) => unit.authorities).map((one) => [one.id, one]));
  return [...authorities.values()].toSorted(byName).map((authority) => ({
    authority,
    units: units.filter((unit) => unit.authorities.some(({ id }) => id === authority.id)).toSorted(byName),
  }));
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name.localeCompare(other.name, "sv");
}
