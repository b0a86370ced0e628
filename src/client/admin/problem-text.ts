import { DISK_FULL, PROBLEM_STATUS } from '#core/contract/problem.ts';
import type { ApiError } from './api-error.ts';
import type { Translate } from './texts.ts';

/** No place of the form is wrong, but its shape: a server of another build takes others. */
const isNotUnderstood = ({ code, detail }: ApiError) =>
  code === 'invalid-request' && detail === 'body';

/** The words for an error: what happened and what to do. The only file where a code becomes words. */
export function problemText(t: Translate, error: ApiError): string {
  if (error.code === 'unreachable') return t('errors.unreachable');
  if (error.code === 'unreadable' || isNotUnderstood(error)) return t('errors.unreadable');
  if (error.code === 'cut-off') return t('errors.cutOff');
  if (error.code === 'storage-unavailable' && error.detail === DISK_FULL)
    return t('errors.diskFull');
  return t(`problems:${error.code}`);
}

/** The words for a code that came from a device, which may be newer or older than this page. */
export function problemCodeText(t: Translate, code: string): string {
  return Object.keys(PROBLEM_STATUS).includes(code)
    ? t(`problems:${code}`)
    : t('errors.unknownReason');
}
