import { batch, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import type { ChecklistWeights, Oit } from '#core/contract/oit.ts';
import { dayInBangkok } from '#core/life/day.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { NothingFound } from '../parts/nothing-found.tsx';
import { ChecklistFilters } from './checklist-filters.tsx';
import {
  matchesFilter,
  progressOf,
  viewOf,
  withEntry,
  type ChecklistFilter,
} from './checklist-view.ts';
import { cardId } from './entry-card.tsx';
import { IndicatorSection } from './indicator-section.tsx';
import { MissingList } from './missing-list.tsx';
import { OitSummary } from './oit-summary.tsx';
import { useEntries } from './use-entries.ts';
import { WeightsSection } from './weights-section.tsx';

interface ChecklistProps {
  assessment: Assessment;
  oit: Oit;
  onChange: (change: (oit: Oit) => Oit) => void;
}

const EVERYTHING: ChecklistFilter = { show: 'all', search: '' };

/** The whole checklist, item by item. */
export function ChecklistView({ assessment, oit, onChange }: ChecklistProps) {
  const { api, router, feedback } = useAdmin();
  const { t, texts, formats } = useWords();
  const filter = useSignal(EVERYTHING);
  const today = dayInBangkok(Date.now());
  const { entries: all } = oit.checklist;
  const entries = useEntries({
    write: (before, after) => api.writeOitEntry(assessment.id, before, after),
    onWritten: (entry) => onChange((known) => withEntry(known, entry)),
  });
  const may = useMay();
  const mayChange = may('edit') && assessment.life.state !== 'archived';

  useEffect(() => router.guard(() => (entries.hasUnsaved(all) ? t('oit.leaveUnsaved') : null)));

  const nameOf = (item: string) => texts.oit(oit.instrument.id)?.items[item] ?? item;
  // What somebody works on stays in sight, whatever the filter says.
  const shown = all.filter(
    (entry) =>
      entries.work.value.has(entry.item) ||
      matchesFilter(entry, nameOf(entry.item), filter.value, today),
  );
  const view = viewOf(oit);
  const progress = progressOf(all, today);

  async function refresh() {
    try {
      const fresh = await api.oit(assessment.id);
      batch(() => {
        onChange(() => fresh);
        entries.heed(fresh.checklist.entries);
      });
      feedback.value = t('oit.refreshed');
    } catch {
      // The problem beside the form stays, and so does its button.
    }
  }

  async function writeWeights(before: ChecklistWeights, after: ChecklistWeights) {
    const weights = await api.writeOitWeights(assessment.id, before, after);
    onChange((known) => ({ ...known, checklist: { ...known.checklist, weights } }));
  }

  function open(item: string) {
    filter.value = EVERYTHING;
    const entry = all.find((known) => known.item === item);
    if (!entry) return;
    if (mayChange && entries.work.value.get(item)?.state !== 'editing') entries.edit(entry);
    requestAnimationFrame(() => {
      const card = document.getElementById(cardId(item));
      card?.scrollIntoView({ block: 'start' });
      // Of an open form its first field, else the heading.
      const target = card?.querySelector('select') ?? card?.querySelector('h4');
      target?.focus({ preventScroll: true });
    });
  }

  return (
    <>
      <OitSummary view={view} progress={progress} />
      <MissingList entries={all} nameOf={nameOf} today={today} onOpen={open} />
      <ChecklistFilters
        filter={filter.value}
        progress={progress}
        onChange={(changed) => {
          filter.value = changed;
        }}
      />
      <output class="hint">
        {t('oit.found', { count: shown.length, n: formats.count(shown.length) })}
      </output>
      {shown.length === 0 ? (
        <NothingFound
          title={t('oit.nothingFound')}
          onShowAll={() => {
            filter.value = EVERYTHING;
          }}
        />
      ) : null}
      {view.indicators.map((indicator) => (
        <IndicatorSection
          key={indicator.indicator}
          instrument={oit.instrument.id}
          indicator={indicator}
          shown={new Set(shown.map(({ item }) => item))}
          today={today}
          entries={mayChange ? entries : null}
          refresh={() => void refresh()}
        />
      ))}
      <WeightsSection
        oit={oit}
        write={mayChange ? writeWeights : null}
        refresh={() => void refresh()}
      />
    </>
  );
}
