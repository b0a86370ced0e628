// The pages of a SQLite file, as https://www.sqlite.org/fileformat2.html describes them.

const INTERIOR_INDEX = 2;
const LEAF_INDEX = 10;
const FILE_HEADER_BYTES = 100;

/** One row of an index or of a WITHOUT ROWID table. Offsets are bytes from the start of the page. */
export interface Cell {
  page: number;
  offset: number;
  end: number;
  text: string;
  /** The first page of what did not fit; 0 where all did. */
  overflow: number;
}

export interface Pages {
  readonly size: number;
  readonly count: number;
  /** The page of that number, from 1 on. */
  page(number: number): Buffer;
}

export function pagesOf(file: Buffer): Pages {
  const said = file.readUInt16BE(16);
  const size = said === 1 ? 65_536 : said;
  return {
    size,
    count: Math.floor(file.length / size),
    page: (number) => file.subarray((number - 1) * size, number * size),
  };
}

function varint(page: Buffer, start: number): { value: number; next: number } {
  let value = 0;
  for (let place = 0; place < 9; place += 1) {
    const byte = page[start + place] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, next: start + place + 1 };
  }
  return { value, next: start + 9 };
}

/** How much of a payload lies in the cell itself. */
function localBytes(payload: number, usable: number): number {
  const most = Math.floor(((usable - 12) * 64) / 255) - 23;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  if (payload <= most) return payload;
  const fitting = least + ((payload - least) % (usable - 4));
  return fitting <= most ? fitting : least;
}

/** The cells of a b-tree without row numbers, page after page. */
export function cellsOf(pages: Pages, root: number): Cell[] {
  const page = pages.page(root);
  const header = root === 1 ? FILE_HEADER_BYTES : 0;
  const type = page[header];
  if (type !== INTERIOR_INDEX && type !== LEAF_INDEX) throw new Error(`page ${root}: type ${type}`);
  const isInterior = type === INTERIOR_INDEX;
  const count = page.readUInt16BE(header + 3);
  const pointers = header + (isInterior ? 12 : 8);
  const cells: Cell[] = [];
  for (let index = 0; index < count; index += 1) {
    const offset = page.readUInt16BE(pointers + 2 * index);
    if (isInterior) cells.push(...cellsOf(pages, page.readUInt32BE(offset)));
    const { value: payload, next } = varint(page, isInterior ? offset + 4 : offset);
    const local = localBytes(payload, pages.size);
    const end = next + local + (local < payload ? 4 : 0);
    const overflow = local < payload ? page.readUInt32BE(next + local) : 0;
    cells.push({
      page: root,
      offset,
      end,
      text: page.toString('latin1', next, next + local),
      overflow,
    });
  }
  if (isInterior) cells.push(...cellsOf(pages, page.readUInt32BE(header + 8)));
  return cells;
}

export interface Frame {
  page: Buffer;
  isCommit: boolean;
}

/** The frames of a write-ahead log in the order they were written, also those of rounds before the present one. */
export function framesOf(wal: Buffer): Frame[] {
  if (wal.length < 32) return [];
  const size = wal.readUInt32BE(8);
  const frames: (Frame & { round: number })[] = [];
  for (let start = 32; start + 24 + size <= wal.length; start += 24 + size)
    frames.push({
      page: wal.subarray(start + 24, start + 24 + size),
      isCommit: wal.readUInt32BE(start + 4) > 0,
      round: wal.readUInt32BE(start + 8),
    });
  return frames.sort((a, b) => a.round - b.round);
}
