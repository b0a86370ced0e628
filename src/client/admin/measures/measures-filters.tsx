import { type Measure, MEASURE_STATES } from '#core/contract/measures.ts';
import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import { isShownBy, type MeasureShow, type MeasuresFilter } from './measures-view.ts';

interface MeasuresFiltersProps {
  filter: MeasuresFilter;
  measures: readonly Measure[];
  /** Those that some measure is about. */
  indicators: readonly MeasuresFilter['indicator'][];
  today: string;
  onChange: (filter: MeasuresFilter) => void;
}

const SHOWS: readonly MeasureShow[] = ['all', 'overdue', ...MEASURE_STATES];

/** Narrows the list: how far they are, what indicator they are about, and words. */
export function MeasuresFilters(props: MeasuresFiltersProps) {
  const { filter, measures, indicators, today, onChange } = props;
  const { t, formats } = useWords();
  const showText = (show: MeasureShow) =>
    show === 'all' || show === 'overdue' ? t(`measures.${show}`) : t(`measures.states.${show}`);
  const indicatorText = (indicator: MeasuresFilter['indicator']) => {
    if (indicator === 'all') return t('measures.everyIndicator');
    return indicator === 'none'
      ? t('measures.general')
      : t('measures.indicator', { n: formats.count(indicator) });
  };
  const choices: MeasuresFilter['indicator'][] = ['all', ...indicators];
  return (
    <div class="filters measures-filters">
      <div class="field">
        <label for="measures-show">{t('measures.state')}</label>
        <select
          id="measures-show"
          class="input select"
          value={filter.show}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...filter, show: SHOWS.find((show) => show === value) ?? 'all' })
          }
        >
          {SHOWS.map((show) => (
            <option key={show} value={show}>
              {showText(show)} (
              {formats.count(measures.filter((one) => isShownBy(show, one, today)).length)})
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="measures-indicator">{t('measures.about')}</label>
        <select
          id="measures-indicator"
          class="input select"
          value={String(filter.indicator)}
          onChange={({ currentTarget: { value } }) =>
            onChange({
              ...filter,
              indicator: choices.find((choice) => String(choice) === value) ?? 'all',
            })
          }
        >
          {choices.map((choice) => (
            <option key={choice} value={String(choice)}>
              {indicatorText(choice)}
            </option>
          ))}
        </select>
      </div>
      <TextField
        id="measures-search"
        type="search"
        label={t('measures.search')}
        value={filter.search}
        onInput={(search) => onChange({ ...filter, search })}
      />
    </div>
  );
}
