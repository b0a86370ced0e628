import { batch, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Measure } from '#core/contract/measures.ts';
import { dayInBangkok } from '#core/life/day.ts';
import { inOrder } from '#core/measures/progress.ts';
import { uuidFrom } from '../../local/random-id.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import { Icon } from '../parts/icon.tsx';
import { NothingFound } from '../parts/nothing-found.tsx';
import { Empty } from '../parts/states.tsx';
import { ItemsToRaise } from './items-to-raise.tsx';
import { MeasureCard, measureHeading } from './measure-card.tsx';
import { NewMeasure } from './measure-editor.tsx';
import { emptyForm, measureField } from './measure-form.ts';
import { MeasuresFilters } from './measures-filters.tsx';
import {
  EVERYTHING,
  indicatorOf,
  indicatorsOf,
  matchesFilter,
  subjectName,
  type Standing,
} from './measures-view.ts';
import { useMeasures } from './use-measures.ts';

interface MeasuresViewProps {
  assessment: Assessment;
  item: string | null;
  measures: readonly Measure[];
  standing: Standing;
  onChange: (change: (measures: readonly Measure[]) => Measure[]) => void;
}

const newId = () => uuidFrom(crypto.getRandomValues(new Uint8Array(16)));

const without = (measures: readonly Measure[], id: string) =>
  measures.filter((measure) => measure.id !== id);

/** Every measure, what narrows the list, and what could be raised next. */
export function MeasuresView(props: MeasuresViewProps) {
  const { assessment, item, measures, standing, onChange } = props;
  const { api, router, feedback } = useAdmin();
  const { t, texts, formats } = useWords();
  const may = useMay();
  const filter = useSignal(EVERYTHING);
  const today = dayInBangkok(Date.now());
  const mayChange = may('edit') && assessment.life.state !== 'archived';
  const work = useMeasures({
    write: (before, after) => api.writeMeasure(assessment.id, before, after),
    async remove(measure) {
      try {
        await api.removeMeasure(assessment.id, measure);
      } catch (thrown) {
        // Somebody else was quicker: it is gone as it was to be.
        if (asApiError(thrown).code !== 'not-found') throw thrown;
      }
    },
    onWritten: (measure) => onChange((known) => [...without(known, measure.id), measure]),
    onRemoved: (id) => onChange((known) => without(known, id)),
  });
  const doing = work.work.value;
  const addAct = useRef<HTMLButtonElement>(null);
  const wasNewest = useRef<string | undefined>(undefined);

  useEffect(() => router.guard(() => (work.hasUnsaved() ? t('measures.leaveUnsaved') : null)));
  // Asked for by the address, which then stands for the list again: loading it anew begins no second one.
  useEffect(() => {
    if (item === null) return;
    router.replace({ page: 'measures' });
    const isKnown = standing.card.items.some(({ code }) => code === item);
    if (mayChange) add(isKnown ? item : '');
  }, [item]);

  const isNew = ([id, { state }]: readonly [string, { state: string }]) =>
    state === 'editing' && !measures.some((measure) => measure.id === id);
  const [newest] = [...doing].find(isNew) ?? [];

  // The form of a new measure is gone: on to the measure, or to where one is begun.
  useEffect(() => {
    const id = wasNewest.current;
    // One that was typed on is in its own form by now, which has the focus.
    if (id !== undefined && newest === undefined && doing.get(id)?.state !== 'editing')
      (document.getElementById(measureHeading(id)) ?? addAct.current)?.focus();
    wasNewest.current = newest;
  }, [newest]);

  /** `about`: a key of a subject. One new measure at a time: what is typed already stays. */
  function add(about: string) {
    if (newest === undefined) work.edit(newId(), emptyForm(about));
    else {
      if (!work.hasUnsaved(newest)) work.edit(newest, emptyForm(about));
      document.getElementById(measureField(newest, 'action'))?.focus();
    }
  }

  async function refresh() {
    try {
      const fresh = await api.measures(assessment.id);
      batch(() => {
        onChange(() => fresh);
        work.heed(fresh);
      });
      feedback.value = t('oit.refreshed');
    } catch {
      // The problem beside the form stays, and so does its button.
    }
  }

  const removed = [...doing.values()].flatMap((one) =>
    one.state === 'removed' ? [one.measure] : [],
  );
  const all = inOrder([...measures, ...removed]);
  // What somebody works on stays in sight, whatever the filter says.
  const shown = all.filter((measure) => {
    const name = subjectName(standing.card, texts, measure.about);
    const indicator = indicatorOf(standing.card, measure.about);
    return (
      doing.has(measure.id) || matchesFilter(measure, { name, indicator }, filter.value, today)
    );
  });
  const found = shown.filter(({ id }) => doing.get(id)?.state !== 'removed').length;
  const addButton = mayChange ? (
    <button type="button" class="button" ref={addAct} onClick={() => add('')}>
      <Icon name="plus" />
      {t('measures.add')}
    </button>
  ) : null;
  const shared = { standing, assessment, work, refresh: () => void refresh() };

  return (
    <>
      {all.length === 0 ? null : (
        <>
          <MeasuresFilters
            filter={filter.value}
            measures={measures}
            indicators={indicatorsOf(standing.card, measures)}
            today={today}
            onChange={(changed) => {
              filter.value = changed;
            }}
          />
          <div class="measures-head">
            <output class="hint">
              {t('measures.found', { count: found, n: formats.count(found) })}
            </output>
            {addButton}
          </div>
        </>
      )}
      {newest === undefined ? null : <NewMeasure key={newest} id={newest} {...shared} />}
      {all.length === 0 && newest === undefined ? (
        <Empty title={t('measures.emptyTitle')}>
          <p>{t(mayChange ? 'measures.empty' : 'measures.emptyToLookAt')}</p>
          {addButton}
        </Empty>
      ) : null}
      {all.length > 0 && shown.length === 0 ? (
        <NothingFound
          title={t('measures.nothingFound')}
          onShowAll={() => {
            filter.value = EVERYTHING;
          }}
        />
      ) : null}
      <ul class="measures">
        {shown.map((measure) => (
          <MeasureCard
            key={measure.id}
            measure={measure}
            today={today}
            mayChange={mayChange}
            {...shared}
          />
        ))}
      </ul>
      {mayChange ? <ItemsToRaise card={standing.card} measures={measures} onAdd={add} /> : null}
    </>
  );
}
