import type { CardBasis } from '#core/contract/card.ts';
import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import { indicatorName, itemName } from './card-texts.ts';
import { type FiguresForm, keysOf, otherIta, scoreField, YEAR_FIELD } from './figures-form.ts';

interface ReportFieldsProps {
  basis: CardBasis;
  form: FiguresForm;
  problemOf: (field: string) => string | undefined;
  onChange: (form: FiguresForm) => void;
}

/** The figures of a published report: the whole, its tools, its indicators and its items. */
export function ReportFields({ basis, form, problemOf, onChange }: ReportFieldsProps) {
  const { t, texts, formats } = useWords();
  const { tools, indicators, items, others } = keysOf(basis, form);
  const ita = otherIta(form);
  const instrumentOf = (indicator: string) =>
    basis.tools.find((tool) => tool.items.some((item) => String(item.indicator) === indicator))
      ?.instrument ?? null;

  function field(key: string, label: string) {
    return (
      <TextField
        key={key}
        id={scoreField(key)}
        label={label}
        inputMode="decimal"
        value={form.scores[key] ?? ''}
        problem={problemOf(scoreField(key))}
        onInput={(typed) => onChange({ ...form, scores: { ...form.scores, [key]: typed } })}
      />
    );
  }

  return (
    <>
      <div>
        <div class="figure-fields">
          <TextField
            id={YEAR_FIELD}
            label={t('figures.year')}
            inputMode="numeric"
            value={form.fiscalYear}
            problem={problemOf(YEAR_FIELD)}
            onInput={(fiscalYear) => onChange({ ...form, fiscalYear })}
          />
          {field('ITA', 'ITA')}
          {tools.map((tool) => field(tool, tool))}
        </div>
        <output>
          {ita === null ? null : (
            <p class="note">{t('figures.otherIta', { ita: formats.score(ita) })}</p>
          )}
        </output>
      </div>
      <details class="more">
        <summary>{t('figures.indicators')}</summary>
        <div class="figure-fields figure-fields-wide">
          {indicators.map((key) =>
            field(
              key,
              `${formats.count(Number(key))}. ${indicatorName(texts, instrumentOf(key), Number(key))}`,
            ),
          )}
        </div>
      </details>
      {[...items, { tool: '', instrument: null, codes: others }]
        .filter(({ codes }) => codes.length > 0)
        .map(({ tool, instrument, codes }) => (
          <details key={tool} class="more">
            <summary>{t('figures.items', { tool })}</summary>
            <div class="figure-fields figure-fields-wide">
              {codes.map((code) => field(code, `${code} ${itemName(texts, instrument, code)}`))}
            </div>
          </details>
        ))}
    </>
  );
}
