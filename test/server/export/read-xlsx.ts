import { unzip } from './unzip.ts';

/** A cell as the file holds it: a number, or a text. `style`: the number format, null where it has none of its own. */
interface SheetCell {
  value: number | string;
  isFormula: boolean;
  format: string | null;
}

interface Sheet {
  name: string;
  /** By address, such as B7. */
  cells: ReadonlyMap<string, SheetCell>;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name] ?? '');
  });

const textsIn = (xml: string): string =>
  [...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text = '']) => unescapeXml(text)).join('');

/** A workbook read back from its bytes, by the elements of the format and with nothing of the writer. */
export function readXlsx(bytes: Uint8Array): Sheet[] {
  const files = unzip(bytes);
  const read = (path: string) => new TextDecoder().decode(files.get(path));
  const shared = [...read('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(
    ([, si = '']) => textsIn(si),
  );
  const styles = read('xl/styles.xml');
  const formats = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(
      ([, id = '', code = '']) => [id, unescapeXml(code)],
    ),
  );
  const cellStyles = [
    ...(/<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(styles)?.[1] ?? '').matchAll(/<xf ([^>]*)>/g),
  ].map(([, attributes = '']) => /numFmtId="(\d+)"/.exec(attributes)?.[1] ?? '0');
  const names = [...read('xl/workbook.xml').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(
    ([, name = '']) => unescapeXml(name),
  );

  return names.map((name, index) => {
    const xml = read(`xl/worksheets/sheet${index + 1}.xml`);
    const cells = [...xml.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].flatMap(
      ([, attributes = '', content = '']): [string, SheetCell][] => {
        const attribute = (key: string) => new RegExp(`\\b${key}="([^"]*)"`).exec(attributes)?.[1];
        const stored = /<v>(.*?)<\/v>/s.exec(content)?.[1];
        const type = attribute('t');
        if (stored === undefined && type !== 'inlineStr') return [];
        const value =
          type === 's'
            ? (shared[Number(stored)] ?? '')
            : type === 'inlineStr'
              ? textsIn(content)
              : Number(stored);
        const style = cellStyles[Number(attribute('s') ?? 0)] ?? '0';
        return [
          [
            attribute('r') ?? '',
            { value, isFormula: /<f[ >]/.test(content), format: formats.get(style) ?? null },
          ],
        ];
      },
    );
    return { name, cells: new Map(cells) };
  });
}
