import type { ChecklistEntry } from '#core/contract/oit.ts';
import { gapsOf, isOverdue } from '#core/instruments/oit/gaps.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';

/** How far an item is and what it lacks, in a few words each. */
function Marks({ entry, today }: { entry: ChecklistEntry; today: string }) {
  const { t, formats } = useWords();
  const gaps = gapsOf(entry);
  return (
    <p class="oit-marks">
      <span class={`tag oit-state-${entry.state}`}>
        {gaps.length === 0 ? <Icon name="check" /> : null}
        {t(`oit.states.${entry.state}`)}
      </span>
      <span class={entry.points === 0 ? 'tag tag-warning' : 'tag oit-plain'}>
        {entry.points === null
          ? t('oit.notJudged')
          : t('oit.judged', { points: formats.count(entry.points) })}
      </span>
      {gaps.includes('no-url') ? <span class="tag tag-warning">{t('oit.gaps.no-url')}</span> : null}
      {isOverdue(entry, today) ? (
        <span class="tag oit-overdue">
          <Icon name="warning" />
          {t('oit.overdue')}
        </span>
      ) : null}
    </p>
  );
}

/** What the office wrote of an item; what it left open is not told. */
export function EntryFacts({ entry, today }: { entry: ChecklistEntry; today: string }) {
  const { t, formats } = useWords();
  const { urls, responsible, note, due } = entry;
  return (
    <div class="oit-facts">
      <Marks entry={entry} today={today} />
      {urls.length === 0 ? null : (
        <ul>
          {urls.map((url) => (
            <li key={url}>
              <a class="channel-url" href={url} target="_blank" rel="noreferrer">
                {url}
                <span class="visually-hidden"> {t('channels.newTab')}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <p class="oit-who">
        {responsible === '' ? null : <span>{responsible}</span>}
        {due === null ? null : <span>{t('oit.dueOn', { day: formats.day(due) })}</span>}
      </p>
      {note === '' ? null : <p class="oit-note">{note}</p>}
    </div>
  );
}
