import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';

interface InstrumentTabsProps {
  instruments: readonly Instrument[];
  chosen: string | 'all';
  onChoose: (instrument: string | 'all') => void;
}

/** Narrows a list to one instrument. */
export function InstrumentTabs({ instruments, chosen, onChoose }: InstrumentTabsProps) {
  const { t } = useWords();
  const choices = [
    { id: 'all', text: t('channels.all') },
    ...instruments.map(({ id, tool }) => ({ id, text: tool })),
  ];
  return (
    <fieldset class="segments">
      <legend>{t('channels.instrument')}</legend>
      <div class="segments-row">
        {choices.map(({ id, text }) => (
          <label key={id} class="segment">
            <input
              type="radio"
              name="instrument"
              class="visually-hidden"
              checked={chosen === id}
              onChange={() => onChoose(id)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
