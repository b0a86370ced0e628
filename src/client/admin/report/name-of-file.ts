import type { Assessment } from '#core/contract/assessment.ts';
import type { Language } from '#core/contract/language.ts';
import { nameIn } from '#core/contract/localized-name.ts';

/** What no file may have in its name on one system or another. */
const NOT_IN_NAMES = /[\\/:*?"<>|\p{Cc}\s]+/gu;

/**
 * The name under which a file of an assessment is saved, from its parts. With the office's name in it where somebody sees several, whose
 * files else all had one name.
 */
export function nameOfFile(
  parts: readonly string[],
  { organization }: Assessment,
  { all, language }: { all: readonly Assessment[]; language: Language },
): string {
  const isOfOne = all.every((other) => other.organization.th === organization.th);
  const office = nameIn(language, organization).replace(NOT_IN_NAMES, '-').slice(0, 80);
  return [...parts, ...(isOfOne ? [] : [office])].join('-');
}
