type File = { name: string; longName?: string; content: string; properties?: Buffer };

/** A `winmail.dat` as Outlook packs it ([MS-OXTNEF] §2.1), for tests. */
export function tnef(files: readonly File[]): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(0x223e9f78, 0);
  return Buffer.concat([
    head,
    ...files.flatMap(({ name, longName, content, properties }) => [
      attribute(0x9002, Buffer.alloc(14)),
      attribute(0x8010, Buffer.from(`${name}\0`, "latin1")),
      attribute(0x800f, Buffer.from(content)),
      ...(longName === undefined ? [] : [attribute(0x9005, fileProperties(nameProperty(longName)))]),
      ...(properties === undefined ? [] : [attribute(0x9005, properties)]),
    ]),
  ]);
}

/** Properties as they stand in a file's attribute: two. */
export function fileProperties(bytes: Uint8Array): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(2);
  const size = Buffer.from("0300200e05000000", "hex");
  return Buffer.concat([count, size, bytes]);
}

function nameProperty(name: string): Buffer {
  const text = Buffer.from(`${name}\0`, "utf16le");
  const head = Buffer.alloc(12);
  head.writeUInt16LE(0x1f, 0);
  head.writeUInt16LE(0x3707, 2);
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(text.length, 8);
  return Buffer.concat([head, text, Buffer.alloc((4 - (text.length % 4)) % 4)]);
}

function attribute(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(2, 0);
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(data.length, 5);
  return Buffer.concat([head, data, Buffer.alloc(2)]);
}
