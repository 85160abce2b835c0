/** Where this browser keeps the house list; gone when somebody signs out. */
export const HOUSE_COPY = "servicecenter.house";
