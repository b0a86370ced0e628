import { useSignal } from '@preact/signals';
import type { Card, CardBasis } from '#core/contract/card.ts';
import { readFigure } from '#core/scoring/read-figures.ts';
import { useWords } from '../admin.ts';
import { itemName, levelName } from './card-texts.ts';
import { TrialRow } from './trial-row.tsx';
import { type Trial, triableItems, triedCard } from './what-if-view.ts';

interface WhatIfProps {
  basis: CardBasis;
  card: Card;
}

/** What comes out of the scores that are tried, beside what is. Read out politely whenever it changes. */
function Result({ card, tried }: { card: Card; tried: Card }) {
  const { t, formats } = useWords();
  const tools = card.tools.filter(({ score }) => score !== null);
  return (
    <output class="what-if-result">
      {tried.ita === null || tried.level === null ? null : (
        <p>
          <strong>
            {t('card.whatIfResult', {
              ita: formats.score(tried.ita),
              level: levelName(t, tried.level),
            })}
          </strong>
        </p>
      )}
      {card.ita === null || card.level === null ? null : (
        <p class="hint">
          {t('card.whatIfFrom', {
            ita: formats.score(card.ita),
            level: levelName(t, card.level),
          })}
        </p>
      )}
      <ul class="what-if-tools">
        {tools.map(({ tool, score }) => {
          const now = tried.tools.find((known) => known.tool === tool)?.score ?? null;
          return (
            <li key={tool}>
              <span class="tool">{tool}</span> {formats.score(now ?? '')}
              {now === score ? null : (
                <span class="hint">
                  {' '}
                  {t('card.whatIfNow', { score: formats.score(score ?? '') })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </output>
  );
}

/** Another score for some items, and the ITA and the level that would come of it. Nothing of it is kept. */
export function WhatIf({ basis, card }: WhatIfProps) {
  const { t, texts } = useWords();
  const trials = useSignal<Trial[]>([]);
  const items = triableItems(basis, card);
  const left = items.filter(({ code }) => !trials.value.some((trial) => trial.code === code));
  const tried = triedCard(basis, trials.value);

  function add(code: string) {
    const item = items.find((known) => known.code === code);
    if (item) trials.value = [...trials.value, { code, typed: item.score }];
  }

  function change(code: string, typed: string) {
    trials.value = trials.value.map((trial) => (trial.code === code ? { code, typed } : trial));
  }

  return (
    <details class="more what-if">
      <summary>{t('card.whatIf')}</summary>
      <div class="what-if-body">
        <p class="hint">{t('card.whatIfLead')}</p>
        <div class="field field-narrow">
          <label for="what-if-item">{t('card.whatIfAdd')}</label>
          <select
            id="what-if-item"
            class="input select"
            value=""
            onChange={({ currentTarget }) => {
              add(currentTarget.value);
              currentTarget.value = '';
            }}
          >
            <option value="">{t('card.whatIfChoose')}</option>
            {left.map(({ code, instrument }) => (
              <option key={code} value={code}>
                {code} {itemName(texts, instrument, code)}
              </option>
            ))}
          </select>
        </div>
        <Result card={card} tried={tried} />
        {trials.value.length === 0 ? null : (
          <ul class="trials">
            {trials.value.map(({ code, typed }) => {
              const item = items.find((known) => known.code === code);
              return item ? (
                <TrialRow
                  key={code}
                  item={item}
                  typed={typed}
                  isWrong={readFigure(typed) === null}
                  onType={(next) => change(code, next)}
                  onRemove={() => {
                    trials.value = trials.value.filter((trial) => trial.code !== code);
                  }}
                />
              ) : null;
            })}
          </ul>
        )}
        {trials.value.length === 0 ? null : (
          <button
            type="button"
            class="button"
            onClick={() => {
              trials.value = [];
              document.getElementById('what-if-item')?.focus();
            }}
          >
            {t('card.whatIfReset')}
          </button>
        )}
      </div>
    </details>
  );
}
