import * as z from "zod";

/** A time of day on the quarter, local time: "08:00". */
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, "write a quarter of an hour, such as 08:00");

/** A day of the year without the year: "07-31". */
const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "write month and day, such as 07-31");

const hoursSchema = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine((hours) => hours.from < hours.to, "opens after it closes");

/** The open stretches of one day, in order. Several where a unit closes for lunch, none where it is closed. */
const daySchema = z
  .array(hoursSchema)
  .refine(
    (day) => day.every((hours, i) => hours.from >= (day[i - 1]?.to ?? "00:00")),
    "stretches overlap or come in the wrong order",
  );

const date = z.iso.date("write a date, such as 2027-01-04");

/**
 * A stretch that does not come every week: every so many weeks, counted from the week of a Monday, or in some weeks of a
 * month. ISO week numbers are never asked: after week 53 comes week 1, and both are odd.
 */
const ruleSchema = z
  .strictObject({
    weekday: z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
    from: timeOfDay,
    to: timeOfDay,
    /** Both days included. */
    validFrom: date,
    validTo: date.optional(),
    everyWeeks: z.int().min(1).max(52).optional(),
    /** The Monday of any week in which the rule holds. */
    anchorMonday: date.optional(),
    /** The first to the fourth of its weekday in a month; 5 is the last, be it the fourth. */
    weeksOfMonth: z.array(z.int().min(1).max(5)).min(1).optional(),
  })
  .check(({ value: rule, issues }) => {
    const fault = (message: string, ...path: string[]) =>
      issues.push({ code: "custom", input: rule, message, path });
    if (rule.from >= rule.to) fault("opens after it closes");
    if (rule.validTo !== undefined && rule.validTo < rule.validFrom)
      fault("ends before it begins", "validTo");
    if ((rule.everyWeeks === undefined) === (rule.weeksOfMonth === undefined)) {
      fault("say which weeks: everyWeeks with anchorMonday, or weeksOfMonth");
    } else if ((rule.everyWeeks === undefined) !== (rule.anchorMonday === undefined)) {
      fault("everyWeeks and anchorMonday belong together; write both or neither", "anchorMonday");
    }
    if (rule.anchorMonday !== undefined && new Date(rule.anchorMonday).getUTCDay() !== 1) {
      fault("is not a Monday; write the Monday of a week in which it is open", "anchorMonday");
    }
  });

/**
 * When something is open or when its clock runs. Red days are always closed. A bridge day is a lone working day
 * between two free days; where `dayBeforeRedDay` or `bridgeDay` is left out, the day is like any other. Neither opens a day
 * that would be closed.
 */
export const calendarSchema = z.strictObject({
  week: z.strictObject({
    mon: daySchema,
    tue: daySchema,
    wed: daySchema,
    thu: daySchema,
    fri: daySchema,
    sat: daySchema,
    sun: daySchema,
  }),
  /** What comes on top of the week. */
  rules: z.array(ruleSchema).optional(),
  dayBeforeRedDay: daySchema.optional(),
  bridgeDay: daySchema.optional(),
  /** Both days included; whatever the day says, it closes at the latest then. */
  summer: z.strictObject({ from: monthDay, to: monthDay, closesAt: timeOfDay }).optional(),
});

export type Calendar = z.infer<typeof calendarSchema>;
