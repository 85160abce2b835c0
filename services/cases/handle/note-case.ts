import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { newId } from "#shared/ids.ts";
import { changeCase, changes, textField, version } from "./change-case.ts";
import { addNote } from "./handling.ts";

/** Adds a working note: for colleagues, never for the citizen or a unit. */
export const noteCase = defineEndpoint({
  ...changes,
  body: z.object({ version, text: textField }),
  run: (request) =>
    changeCase<never>(request, (file, by) => {
      const at = request.now.toISOString();
      const note = { noteId: newId(), at, by: by.name, text: request.body.text };
      return addNote(file.case, note, request.now);
    }),
});
