import type { GroupPeople, GroupScore } from '#core/contract/scores.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';

interface HiddenCellProps {
  reason: 'few' | 'complement';
  threshold: number;
}

/** What stands in a narrow cell for a figure that would tell too much about few people. */
export function HiddenCell({ reason, threshold }: HiddenCellProps) {
  const { t, formats } = useWords();
  return (
    <span class="hidden-cell">
      {reason === 'few' ? (
        <>
          <span aria-hidden="true">&lt; {formats.count(threshold)}</span>
          <span class="visually-hidden">
            {t('scores.fewer', { threshold: formats.count(threshold) })}
          </span>
        </>
      ) : (
        <>
          <Icon name="lock" />
          <span class="visually-hidden">{t('scores.complement')}</span>
        </>
      )}
    </span>
  );
}

/** What "< 5" and the lock mean, under a table that has them; nothing under one that has none. */
export function HiddenNote({
  groups,
  threshold,
}: {
  groups: readonly GroupPeople[];
  threshold: number;
}) {
  const { t, formats } = useWords();
  const reasons = groups.map((group) => (group.state === 'hidden' ? group.reason : null));
  if (!reasons.some((reason) => reason !== null)) return null;
  return (
    <ul class="hidden-note">
      {reasons.includes('few') ? (
        <li>
          <span class="hidden-sign">&lt; {formats.count(threshold)}</span>{' '}
          {t('scores.fewer', { threshold: formats.count(threshold) })}
        </li>
      ) : null}
      {reasons.includes('complement') ? (
        <li>
          <span class="hidden-sign">
            <Icon name="lock" />
          </span>{' '}
          {t('scores.complementLong')}
        </li>
      ) : null}
    </ul>
  );
}

interface ScoreCellProps {
  group: GroupScore;
  threshold: number;
}

/** The score of a group with how many people it is of; a dash where nobody answered. */
export function ScoreCell({ group, threshold }: ScoreCellProps) {
  const { t, formats } = useWords();
  if (group.state === 'hidden')
    return (
      <td class="number">
        <HiddenCell reason={group.reason} threshold={threshold} />
      </td>
    );
  const { score } = group.value;
  return (
    <td class="number">
      {formats.score(score)}
      <span class="cell-n">{t('scores.n', { n: formats.count(group.n) })}</span>
    </td>
  );
}
