import type { Assessment } from '#core/contract/assessment.ts';
import { useAdmin, useWords } from '../admin.ts';
import { nameOfFile } from './name-of-file.ts';

/** Names files of an assessment, from their parts. */
export function useNameOfFile(assessment: Assessment): (...parts: string[]) => string {
  const { office } = useAdmin();
  const { language } = useWords();
  const all = office.value.state === 'ready' ? office.value.value.assessments : [];
  return (...parts) => nameOfFile(parts, assessment, { all, language });
}
