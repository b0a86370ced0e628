import type { OitInstrument } from '#core/instruments/oit/oit-instrument.ts';
import { useWords } from '../admin.ts';
import { Table } from '../parts/table.tsx';
import { TextField } from '../parts/text-field.tsx';
import { percentText, sumOfIndicator, type WeightsForm } from './weights-form.ts';

interface WeightsTableProps {
  instrument: string;
  indicator: OitInstrument['indicators'][number];
  form: WeightsForm;
  /** The codes whose weight cannot be read. */
  wrong: readonly string[];
  /** Null where nothing may be changed. */
  onInput: ((code: string, value: string) => void) | null;
}

export const weightField = (code: string): string => `oit-weight-${code}`;

/** The weights of one indicator, with where each is from and what they come to. */
export function WeightsTable({ instrument, indicator, form, wrong, onInput }: WeightsTableProps) {
  const { t, texts, formats } = useWords();
  const words = texts.oit(instrument);
  const number = formats.count(indicator.indicator);
  const sum = sumOfIndicator(indicator, form);
  const percent = (text: string) => t('oit.weights.percent', { n: formats.score(text) });
  const title = t('oit.weights.of', {
    indicator: number,
    name: words?.indicators[String(indicator.indicator)] ?? '',
    weight: percent(percentText(indicator.weight)),
  });
  return (
    <Table kind="oit-weights" label={title}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('oit.weights.subIndicator')}</th>
          <th scope="col" class="number">
            {t('oit.weights.weight')}
          </th>
        </tr>
      </thead>
      <tbody>
        {indicator.subIndicators.map(({ code, weight, basis }) => (
          <tr key={code}>
            <th scope="row">
              <span class="item-code">{formats.code(code)}</span> {words?.subIndicators[code]}{' '}
              <span class={basis === 'assumption' ? 'tag tag-warning' : 'tag oit-plain'}>
                {t(`oit.weights.${basis}`)}
              </span>
            </th>
            <td class="number">
              {basis === 'assumption' && onInput ? (
                <TextField
                  id={weightField(code)}
                  label={t('oit.weights.field', { code })}
                  labelHidden
                  inputMode="decimal"
                  maxLength={6}
                  value={form[code] ?? ''}
                  problem={wrong.includes(code) ? t('oit.weights.invalid') : undefined}
                  onInput={(value) => onInput(code, value)}
                />
              ) : (
                percent(form[code] ?? percentText(weight))
              )}
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t('oit.weights.sum')}</th>
          <td class="number">{sum === null ? '–' : percent(sum)}</td>
        </tr>
      </tbody>
    </Table>
  );
}
