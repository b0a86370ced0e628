import type { MeasureSubject } from '#core/contract/measures.ts';
import { useWords } from '../admin.ts';
import { scoresOf, subjectName, type Standing } from './measures-view.ts';

interface AboutProps {
  about: MeasureSubject;
  standing: Standing;
}

/** The scores of what a measure is about, now and the year before; nothing where neither is known. */
export function SubjectScores({ about, standing }: AboutProps) {
  const { t, formats } = useWords();
  const scores = scoresOf(standing, about);
  if (scores.now === null && scores.before === null) return null;
  return (
    <p class="measure-scores">
      <span>
        {t('measures.scoreNow')}: <strong>{formats.score(scores.now)}</strong>
      </span>
      {scores.before === null || standing.before === null ? null : (
        <span>
          {t('card.year', { year: formats.year(standing.before.fiscalYear) })}:{' '}
          <strong>{formats.score(scores.before)}</strong>
        </span>
      )}
    </p>
  );
}

/** What a measure is about, by code and name, with its scores. */
export function Subject({ about, standing }: AboutProps) {
  const { t, texts, formats } = useWords();
  const code = () => {
    if (about.type === 'item') return about.item;
    return about.type === 'indicator'
      ? t('measures.indicator', { n: formats.count(about.indicator) })
      : t('measures.general');
  };
  return (
    <div class="measure-subject">
      <p>
        <span class="item-code">{code()}</span> {subjectName(standing.card, texts, about)}
      </p>
      <SubjectScores about={about} standing={standing} />
    </div>
  );
}
