import type { Card, Level } from '#core/contract/card.ts';
import type { Formats } from '../formats.ts';
import type { Texts, Translate } from '../texts.ts';

type Absence = NonNullable<Card['tools'][number]['absence']>;

/** The official name of a level; a letter is its own name. */
export function levelName(t: Translate, level: Level): string {
  return level.length <= 2 ? level : t(`card.levels.${level}`);
}

/** Why a tool has no score. The OIT is looked at by the office; the others are answered. */
export function absenceText(t: Translate, tool: Card['tools'][number]['tool'], absence: Absence) {
  if (tool === 'OIT' && absence === 'nobody') return t('card.absence.notChecked');
  if (tool === 'OIT' && absence === 'incomplete') return t('card.absence.notAllChecked');
  return t(`card.absence.${absence}`);
}

/** What an item asks in short; empty where this build has no words for it. */
export function itemName(texts: Texts, instrument: string | null, code: string): string {
  if (instrument === null) return '';
  return (
    texts.oit(instrument)?.items[code] ?? texts.instrument(instrument)?.items[code]?.short ?? ''
  );
}

/** The official name of an indicator; empty where this build has no words for it. */
export function indicatorName(texts: Texts, instrument: string | null, indicator: number): string {
  if (instrument === null) return '';
  const words = texts.oit(instrument) ?? texts.instrument(instrument);
  return words?.indicators[String(indicator)] ?? '';
}

/** A weight such as "0.15" as a share of the ITA. */
export const weightText = (formats: Formats, weight: string) =>
  formats.roundPercent(Number(weight), 1);

/** A change such as "-1.20" in the digits of the language, with a minus sign that a screen reader reads. */
export function changeText(formats: Formats, change: string): string {
  const size = formats.score(change.replace(/^[+-]/, ''));
  if (change.startsWith('+')) return `+${size}`;
  return change.startsWith('-') ? `−${size}` : size;
}
