import type { ApiError } from './api-error.ts';
import type { Translate } from './texts.ts';

/** The words for an error: what happened and what to do. The only place where a code becomes words. */
export function problemText(t: Translate, error: ApiError): string {
  if (error.code === 'unreachable') return t('errors.unreachable');
  if (error.code === 'unreadable') return t('errors.unreadable');
  return t(`problems:${error.code}`);
}
