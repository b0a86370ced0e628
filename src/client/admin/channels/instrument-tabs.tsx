import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';

interface InstrumentTabsProps {
  instruments: readonly Instrument[];
  chosen: string | null;
  onChoose: (instrument: string | null) => void;
}

/** Narrows a list to one instrument. */
export function InstrumentTabs({ instruments, chosen, onChoose }: InstrumentTabsProps) {
  const { t } = useWords();
  const choices = [
    { id: null, text: t('channels.all') },
    ...instruments.map(({ id, tool }) => ({ id, text: tool })),
  ];
  return (
    <fieldset class="segments">
      <legend>{t('channels.instrument')}</legend>
      <div class="segments-row">
        {choices.map(({ id, text }) => (
          <label key={String(id)} class="segment">
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
