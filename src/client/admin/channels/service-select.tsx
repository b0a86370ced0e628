import type { ChannelSummary } from '#core/contract/assessment.ts';
import type { RespondentField } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';

interface ServiceSelectProps {
  channel: ChannelSummary;
  /** The respondent field that the channel may answer. */
  field: RespondentField;
  name: string;
  busy: boolean;
  onChoose: (service: number | null) => void;
}

/** Fixes the kind of service of a channel, or leaves it to be asked. */
export function ServiceSelect({ channel, field, name, busy, onChoose }: ServiceSelectProps) {
  const { t, texts } = useWords();
  const id = `service-${channel.code}`;
  const shown = channel.service === null ? '' : String(channel.service);
  const options = Object.entries(
    texts.instrument(channel.instrument)?.fields[field.code]?.options ?? {},
  );
  return (
    <div class="field">
      <label for={id}>
        {t('channels.service')}
        <span class="visually-hidden">: {name}</span>
      </label>
      <select
        id={id}
        class="input"
        aria-disabled={busy}
        value={shown}
        onChange={({ currentTarget }) => {
          const { value } = currentTarget;
          // What is on show stays the server's until it has agreed.
          currentTarget.value = shown;
          if (!busy) onChoose(value === '' ? null : Number(value));
        }}
      >
        <option value="">{t('channels.serviceAsked')}</option>
        {options.map(([number, label]) => (
          <option key={number} value={number}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
