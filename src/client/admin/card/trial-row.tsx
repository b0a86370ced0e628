import { readFigure } from '#core/scoring/read-figures.ts';
import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import { itemName } from './card-texts.ts';
import type { TriableItem } from './what-if-view.ts';

interface TrialRowProps {
  item: TriableItem;
  /** What stands in the field. */
  typed: string;
  isWrong: boolean;
  onType: (typed: string) => void;
  onRemove: () => void;
}

/** One item with another score: by a slider, or exactly by its figure. An item of all or nothing has two choices. */
export function TrialRow({ item, typed, isWrong, onType, onRemove }: TrialRowProps) {
  const { t, texts, formats } = useWords();
  const { code, instrument, score, isAllOrNothing } = item;
  const value = readFigure(typed) ?? score;
  const name = `${code} ${itemName(texts, instrument, code)}`.trim();
  return (
    <li class="trial">
      <p class="trial-name">
        <span class="item-code">{code}</span> {itemName(texts, instrument, code)}{' '}
        <span class="hint">{t('card.whatIfNow', { score: formats.score(score) })}</span>
      </p>
      {isAllOrNothing ? (
        <fieldset class="trial-choice">
          <legend class="visually-hidden">{t('card.whatIfScore', { name })}</legend>
          {['0.00', '100.00'].map((choice) => (
            <label key={choice} class="check">
              <input
                type="radio"
                name={`trial-${code}`}
                checked={value === choice}
                onChange={() => onType(choice)}
              />
              <span>{formats.score(choice)}</span>
            </label>
          ))}
        </fieldset>
      ) : (
        <>
          <input
            type="range"
            class="slider"
            min="0"
            max="100"
            step="0.5"
            value={value}
            aria-label={t('card.whatIfScore', { name })}
            aria-valuetext={formats.score(value)}
            onInput={({ currentTarget }) => onType(Number(currentTarget.value).toFixed(2))}
          />
          <TextField
            id={`trial-${code}`}
            label={t('card.whatIfExact', { name })}
            labelHidden
            inputMode="decimal"
            value={typed}
            problem={isWrong ? t('card.figureInvalid') : undefined}
            onInput={onType}
          />
        </>
      )}
      <button type="button" class="button button-quiet button-small" onClick={onRemove}>
        {t('card.whatIfRemove')}
        <span class="visually-hidden"> {code}</span>
      </button>
    </li>
  );
}
