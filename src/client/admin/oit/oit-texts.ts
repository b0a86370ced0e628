import type { ApiError } from '../api-error.ts';
import { problemText } from '../problem-text.ts';
import type { Translate } from '../texts.ts';

/** The words for what the server said to a change of the checklist. */
export const oitProblemText = (t: Translate, error: ApiError): string =>
  error.code === 'changed-meanwhile' ? t('oit.changedMeanwhile') : problemText(t, error);
