import { readFileSync } from 'node:fs';
import type { Language } from '#core/contract/language.ts';

interface TextTree {
  [key: string]: string | TextTree;
}

const LOCALES = new URL('../../../locales/', import.meta.url);

const read = (path: string): TextTree => JSON.parse(readFileSync(new URL(path, LOCALES), 'utf8'));

function find(tree: TextTree, path: readonly string[]): string | null {
  const [first = '', ...rest] = path;
  const branch = tree[first];
  if (branch === undefined || rest.length === 0) return typeof branch === 'string' ? branch : null;
  return typeof branch === 'string' ? null : find(branch, rest);
}

/** What a person reads in one language, from the same files as the app. Throws where there is no such text. */
export class Words {
  readonly language: Language;
  readonly #files = new Map<string, TextTree>();

  constructor(language: Language) {
    this.language = language;
  }

  survey(key: string, values: Readonly<Record<string, string | number>> = {}): string {
    return this.#text('survey', key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${key} needs ${name}`);
      return this.figures(String(value));
    });
  }

  /** A text with its figures as the language writes them. */
  figures(text: string): string {
    if (this.language !== 'my') return text;
    return text.replace(/[0-9]/g, (digit) => '၀၁၂၃၄၅၆၇၈၉'.charAt(Number(digit)));
  }

  privacy(key: string): string {
    return this.#text('privacy', key);
  }

  problem(code: string): string {
    return this.#text('problems', code);
  }

  /** The question as it is asked: the wording for the kind of service where there is one. */
  question(instrument: string, code: string, service?: number): string {
    const file = `instruments/${instrument}`;
    if (!/^[A-Z]/.test(code)) return this.#text(file, `fields.${code}.label`);
    const fitting = this.#find(file, `items.${code}.by.service.${service}`);
    return fitting ?? this.#text(file, `items.${code}.full`);
  }

  short(instrument: string, item: string): string {
    return this.#text(`instruments/${instrument}`, `items.${item}.short`);
  }

  /** An answer as it is offered; null = would rather not say. */
  option(instrument: string, code: string, scale: string | null, option: number | null): string {
    if (option === null) return this.survey('question.preferNotToSay');
    const file = `instruments/${instrument}`;
    if (scale === null) return this.#text(file, `fields.${code}.options.${option}`);
    const own = this.#find(file, `items.${code}.options.${option}`);
    return own ?? this.#text(file, `scales.${scale}.${option}`);
  }

  #text(file: string, key: string): string {
    const text = this.#find(file, key);
    if (text === null) throw new Error(`no text ${key} in ${file} of ${this.language}`);
    return text;
  }

  #find(file: string, key: string): string | null {
    const tree = this.#files.get(file) ?? read(`${this.language}/${file}.json`);
    this.#files.set(file, tree);
    return find(tree, key.split('.'));
  }
}
