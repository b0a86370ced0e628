import { type Beginning, beginningSchema } from '#core/contract/life.ts';
import { useWords } from '../admin.ts';

interface BeginFieldProps {
  begin: Beginning;
  onChange: (begin: Beginning) => void;
}

/** Whether a new assessment takes answers at once, with what that means for its posters. */
export function BeginField({ begin, onChange }: BeginFieldProps) {
  const { t } = useWords();
  return (
    <section class="card begin">
      <fieldset class="segments" aria-describedby="begin-hint">
        <legend>{t('newAssessment.begin.title')}</legend>
        <div class="segments-row">
          {beginningSchema.options.map((choice) => (
            <label key={choice} class="segment">
              <input
                type="radio"
                name="begin"
                class="visually-hidden"
                checked={begin === choice}
                onChange={() => onChange(choice)}
              />
              <span>{t(`newAssessment.begin.${choice}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p class="hint" id="begin-hint">
        {t(`life.means.${begin}`)} {t(`life.posters.${begin}`)}{' '}
        {begin === 'draft' ? t('newAssessment.begin.later') : null}
      </p>
    </section>
  );
}
