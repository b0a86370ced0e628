import type { Language } from '#core/contract/language.ts';
import { dayInBangkok } from '#core/life/day.ts';
import { LOCALE, longDay } from '../i18n/long-day.ts';

/** Years between the Buddhist era and the common one. */
const BUDDHIST_ERA_YEARS = 543;

const midnight = (iso: string) => new Date(`${iso}T00:00:00Z`);

/** Numbers and days in the way a language writes them. */
export interface Formats {
  count(n: number): string;
  /** A part of a whole with one decimal. */
  percent(part: number, whole: number): string;
  /** A part of a whole without decimals, for a label in a narrow place. */
  roundPercent(part: number, whole: number): string;
  /** A score as the contract writes it ("98.13"), in the language's digits; a dash where there is none. */
  score(score: string | null): string;
  /** The digits of a code such as "9.1" in the language's own. */
  code(code: string): string;
  /** A year of the Buddhist era, as the offices count. */
  year(buddhistYear: number): string;
  commonYear(buddhistYear: number): string;
  /** A day (ISO) with its year. */
  day(day: string): string;
  shortDay(day: string): string;
  time(moment: Date): string;
  /** A moment (ISO, UTC) as day and time in Thailand. */
  moment(moment: string): string;
}

export function formatsFor(language: Language): Formats {
  const locale = LOCALE[language];
  const numbers = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const days = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const count = numbers({});
  const percent = numbers({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const roundPercent = numbers({ style: 'percent', maximumFractionDigits: 0 });
  const score = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const year = numbers({ useGrouping: false });
  const isAllFigures = language === 'my';
  const shortDay = days({ day: 'numeric', month: isAllFigures ? 'numeric' : 'short' });
  const timeInThailand = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Bangkok',
  });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  return {
    count: (n) => count.format(n),
    percent: (part, whole) => percent.format(whole === 0 ? 0 : part / whole),
    roundPercent: (part, whole) => roundPercent.format(whole === 0 ? 0 : part / whole),
    score: (text) => (text === null ? '–' : score.format(Number(text))),
    code: (text) => text.replace(/\d/g, (digit) => count.format(Number(digit))),
    year: (buddhistYear) => year.format(buddhistYear),
    commonYear: (buddhistYear) => year.format(buddhistYear - BUDDHIST_ERA_YEARS),
    day: (iso) => longDay(language, iso),
    shortDay: (iso) => shortDay.format(midnight(iso)),
    time: (moment) => time.format(moment),
    moment(iso) {
      const clock = timeInThailand.format(new Date(iso));
      return `${longDay(language, dayInBangkok(Date.parse(iso)))} ${clock}`;
    },
  };
}
