import { nameIn } from '#core/contract/localized-name.ts';
import type { HandDownOffice } from '#core/contract/hand-down.ts';
import { useWords } from '../admin.ts';
import { problemText } from '../problem-text.ts';
import type { OfficeOutcome } from './hand-down-run.ts';

interface RefusedOfficesProps {
  offices: readonly HandDownOffice[];
  outcomes: ReadonlyMap<string, OfficeOutcome>;
}

/** Which offices were refused, and why: among fifty the lines that say so are easily missed. */
export function RefusedOffices({ offices, outcomes }: RefusedOfficesProps) {
  const { t, language, formats } = useWords();
  const refused = offices.flatMap(({ organization, name }) => {
    const outcome = outcomes.get(organization);
    return outcome?.state === 'failed' ? [{ organization, name, error: outcome.error }] : [];
  });
  if (refused.length === 0) return null;
  return (
    <>
      <p class="field-problem">
        {t('handDown.refused', { count: refused.length, n: formats.count(refused.length) })}
      </p>
      <ul>
        {refused.map(({ organization, name, error }) => (
          <li key={organization}>
            {nameIn(language, name)}: {problemText(t, error)}
          </li>
        ))}
      </ul>
    </>
  );
}
