import type { ApiError } from './api-error.ts';
import type { Translate } from './texts.ts';

/** The words for an error: what happened and what to do. The only place where a code becomes words. */
export function problemText(t: Translate, error: ApiError): string {
  switch (error.code) {
    case 'unreachable':
      return t('errors.unreachable');
    case 'unreadable':
      return t('errors.unreadable');
    default:
      return t(`problems:${error.code}`);
  }
}
