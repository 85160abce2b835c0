const longestName = 120;

/**
 * The name under which a file is saved: the sender's, without what would lead out of a folder, hide its type or start
 * something. Letters that turn the direction of writing can show `exe` as `txt`; a name must not begin with a dot.
 */
export function safeFileName(name: string | null, contentType: string): string {
  const bare = withoutEdges(
    (name ?? "").replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "").replace(/[/\\:*?"<>|]/g, "_"),
  );
  if (bare === "") return contentType === "message/rfc822" ? "mejl.eml" : "bilaga";
  if (bare.length <= longestName) return bare;
  const dot = bare.lastIndexOf(".");
  const ending = dot > 0 && bare.length - dot <= 10 ? bare.slice(dot) : "";
  return `${[...bare].slice(0, longestName - ending.length).join("")}${ending}`;
}

/** Without full stops and spaces at both ends. */
function withoutEdges(name: string): string {
  const isEdge = (sign: string | undefined) => sign !== undefined && /^[.\s]$/.test(sign);
  let [start, end] = [0, name.length];
  while (isEdge(name[start])) start += 1;
  while (end > start && isEdge(name[end - 1])) end -= 1;
  return name.slice(start, end);
}

/** RFC 6266: saved, never shown in place; the name in ASCII for old readers and in UTF-8 (RFC 8187). */
export function asAttachment(name: string): string {
  const ascii =
    name
      .normalize("NFD")
      .replace(/[^\x20-\x7e]/g, "")
      .replace(/["\\%]/g, "_") || "bilaga";
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
