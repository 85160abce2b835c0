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

/**
 * When something is open or when its clock runs. Red days are always closed. A bridge day is a lone working day
 * between two free days; where `dayBeforeRedDay` or `bridgeDay` is left out, the day is like any other.
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
  dayBeforeRedDay: daySchema.optional(),
  bridgeDay: daySchema.optional(),
  /** Both days included; whatever the day says, it closes at the latest then. */
  summer: z.strictObject({ from: monthDay, to: monthDay, closesAt: timeOfDay }).optional(),
});
