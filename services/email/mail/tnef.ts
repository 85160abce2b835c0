/** A file out of a `winmail.dat`. */
export type PackedFile = { name: string | null; content: Uint8Array };

/** [MS-OXTNEF] §2.1: what a stream begins with, and the attributes that hold files. */
const signature = 0x223e9f78;
const attribute = { beginsFile: 0x9002, fileName: 0x8010, fileContent: 0x800f, fileProperties: 0x9005 };
/** [MS-OXPROPS]: the name as the sender's program shows it. */
const longName = 0x3707;
const most = { files: 200, properties: 200 };

/**
 * The files in a `winmail.dat`, in which Outlook packs attachments for its own kind. Undefined when the bytes are no such
 * stream; of a broken one, the files before the break. The text in it is the mail's own text again, and is left there.
 */
export function filesInTnef(bytes: Uint8Array): readonly PackedFile[] | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < 6 || data.readUInt32LE(0) !== signature) return undefined;
  const files: { name: string | null; content: Uint8Array | null }[] = [];
  let at = 6;
  // Level (1 byte), attribute (4), length (4), the data, and a checksum (2).
  while (at + 9 <= data.length && files.length <= most.files) {
    const id = data.readUInt16LE(at + 1);
    const length = data.readUInt32LE(at + 5);
    const value = data.subarray(at + 9, at + 9 + length);
    if (value.length < length) break;
    at += 9 + length + 2;
    const file = files.at(-1);
    if (id === attribute.beginsFile) files.push({ name: null, content: null });
    else if (file === undefined) continue;
    else if (id === attribute.fileName) file.name ??= textOf(value, "latin1");
    else if (id === attribute.fileContent) file.content = value;
    else if (id === attribute.fileProperties) file.name = longNameIn(value) ?? file.name;
  }
  return files.flatMap(({ name, content }) => (content === null ? [] : [{ name, content }]));
}

function textOf(value: Buffer, encoding: "latin1" | "utf16le"): string | null {
  const text = value.toString(encoding).replace(/\0.*$/s, "");
  return text === "" ? null : text;
}

const fixedSizes: Record<number, number> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
const stringType = 0x1e;
const unicodeType = 0x1f;
const variableTypes = [stringType, unicodeType, 0x0d, 0x102];
/** A list of values of one type. */
const manyFlag = 0x1000;

/** [MS-OXTNEF] §2.1.3.4: a list of properties; one that we do not know ends the reading. */
function longNameIn(data: Buffer): string | null {
  if (data.length < 4) return null;
  const count = Math.min(data.readUInt32LE(0), most.properties);
  let at = 4;
  for (let n = 0; n < count && at + 4 <= data.length; n += 1) {
    const type = data.readUInt16LE(at);
    const id = data.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) at = afterName(data, at);
    const fixed = fixedSizes[type & ~manyFlag];
    const isVariable = variableTypes.includes(type & ~manyFlag);
    if (fixed === undefined && !isVariable) return null;
    let values = 1;
    if (isVariable || (type & manyFlag) !== 0) {
      if (at + 4 > data.length) return null;
      values = data.readUInt32LE(at);
      at += 4;
    }
    for (let value = 0; value < values && at <= data.length; value += 1) {
      if (fixed !== undefined) {
        at += fixed;
        continue;
      }
      if (at + 4 > data.length) return null;
      const length = data.readUInt32LE(at);
      const content = data.subarray(at + 4, at + 4 + length);
      if (id === longName && (type === stringType || type === unicodeType))
        return textOf(content, type === unicodeType ? "utf16le" : "latin1");
      at += 4 + Math.ceil(length / 4) * 4;
    }
  }
  return null;
}

/** A named property: its set (16 bytes), its kind, and a number or a padded name. */
function afterName(data: Buffer, at: number): number {
  if (at + 24 > data.length) return data.length;
  const numbered = data.readUInt32LE(at + 16) === 0;
  return numbered ? at + 24 : at + 24 + Math.ceil(data.readUInt32LE(at + 20) / 4) * 4;
}
