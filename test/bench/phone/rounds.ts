import { medianOf } from './statistics.ts';

export const PRODUCTS = ['Sucharit', 'plain form', 'SurveyJS'] as const;
export type Product = (typeof PRODUCTS)[number];
export type Each<T> = Record<Product, T[]>;

/** The peer takes seconds where the others take parts of one: it is in one round of three. */
const PEER_EVERY = 3;

export const tell = (text: string) => process.stderr.write(`${text}\n`);

/** Every product in every round, so that all of them meet the same moods of the machine. */
export async function inRounds<T>(
  what: string,
  runs: number,
  visit: (product: Product) => Promise<T>,
): Promise<Each<T>> {
  const all: Each<T> = { Sucharit: [], 'plain form': [], SurveyJS: [] };
  for (let run = 0; run < runs; run += 1) {
    tell(`${what}: ${run + 1} of ${runs}`);
    for (const product of PRODUCTS)
      if (product !== 'SurveyJS' || run % PEER_EVERY === 0) all[product].push(await visit(product));
  }
  return all;
}

/** The median of one figure of all visits, product by product. */
export const mediansOf = <T>(visits: Each<T>, figure: (visit: T) => number) =>
  PRODUCTS.map((product) => medianOf(visits[product].map(figure))) as [number, number, number];

export const row = (...cells: readonly string[]) =>
  process.stdout.write(`| ${cells.join(' | ')} |\n`);

export function head(...cells: readonly string[]): void {
  process.stdout.write('\n');
  row(...cells);
  row('---', ...cells.slice(1).map(() => '---:'));
}

export const whole = (value: number) => Math.round(value).toLocaleString('en');
export const tenths = (value: number) => value.toFixed(1);
export const times = (value: number) => `${value.toFixed(2)} x`;
