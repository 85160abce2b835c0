const part = encodeURIComponent;

/** Where the API keeps things. A path is also what a thing is called in the cache. */
export const casePath = (caseId: string): string => `/cases/${part(caseId)}`;

export const messagePath = (caseId: string, messageId: string): string =>
  `${casePath(caseId)}/messages/${part(messageId)}`;

export const taskPath = (caseId: string, taskId: string): string =>
  `${casePath(caseId)}/tasks/${part(taskId)}`;

export const draftPath = (caseId: string, box: string): string => `${casePath(caseId)}/drafts/${part(box)}`;

export const daysPath = (from: string, to: string): string => `/stats/days?from=${from}&to=${to}`;

/** The cases behind a figure of one day, from a cursor on. */
export function countedPath(date: string, figure: string, cursor: string | null): string {
  const query = `figure=${part(figure)}${cursor === null ? "" : `&cursor=${part(cursor)}`}`;
  return `/stats/days/${part(date)}/cases?${query}`;
}
