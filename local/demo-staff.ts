import type { Staff } from "#shared/staff.ts";

/** People who can sign in on one machine, one or more for each role. First name and role only: nobody is real. */
export const demoStaff: readonly (Staff & { title: string })[] = [
  {
    sub: "amina",
    name: "Amina",
    title: "Kommunvägledare, skola",
    roles: ["agent"],
    units: ["servicecenter"],
  },
  { sub: "jonas", name: "Jonas", title: "Kommunvägledare, bygg", roles: ["agent"], units: ["servicecenter"] },
  {
    sub: "ritva",
    name: "Ritva",
    title: "Kommunvägledare, äldre",
    roles: ["agent"],
    units: ["servicecenter"],
  },
  { sub: "leo", name: "Leo", title: "Kommunvägledare, ny", roles: ["agent"], units: ["servicecenter"] },
  {
    sub: "sara",
    name: "Sara",
    title: "Kommunvägledare, kväll",
    roles: ["agent"],
    units: ["servicecenter"],
  },
  { sub: "chef", name: "Karin", title: "Servicecenterchef", roles: ["manager"], units: ["servicecenter"] },
  { sub: "vaxel", name: "Nils", title: "Växel", roles: ["switchboard"], units: ["vaxel"] },
  {
    sub: "reception",
    name: "Petra",
    title: "Receptionist",
    roles: ["receptionist"],
    units: ["servicecenter"],
  },
  { sub: "bygglov", name: "Eva", title: "Handläggare, bygglov", roles: ["officer"], units: ["bygglov"] },
  { sub: "avfall", name: "Omar", title: "Handläggare, avfall", roles: ["officer"], units: ["avfall"] },
  {
    sub: "ifo",
    name: "Maria",
    title: "Socialsekreterare, plan 2",
    roles: ["officer"],
    units: ["ifo-mottagning"],
  },
  {
    sub: "plan2",
    name: "Siv",
    title: "Samordnare, plan 2",
    roles: ["floorCoordinator"],
    units: ["ifo-mottagning"],
  },
  { sub: "registrator", name: "Göran", title: "Registrator", roles: ["registrar"], units: ["kansli"] },
  {
    sub: "samordnare",
    name: "Lena",
    title: "Informationssamordnare",
    roles: ["infoCoordinator"],
    units: ["avfall"],
  },
  { sub: "webb", name: "Tove", title: "Webbredaktör", roles: ["webEditor"], units: ["servicecenter"] },
  { sub: "drift", name: "Erik", title: "Systemförvaltare", roles: ["administrator"], units: [] },
];
