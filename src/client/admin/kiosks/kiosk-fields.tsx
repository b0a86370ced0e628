import { IDLE_SECONDS, MAX_KIOSK_NAME_CHARACTERS, PIN_DIGITS } from '#core/contract/kiosk.ts';
import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { channelName } from '../names.ts';
import { InstrumentTitle } from '../parts/instrument-title.tsx';
import { TextField } from '../parts/text-field.tsx';
import { type KioskField, type KioskForm, withChannel } from './kiosk-form.ts';

interface KioskFieldsProps {
  /** Of the form; begins the ids of its fields. */
  id: string;
  form: KioskForm;
  isNew: boolean;
  wrong: readonly KioskField[];
  assessment: Assessment;
  instruments: readonly Instrument[];
  channels: readonly ChannelSummary[];
  onChange: (form: KioskForm) => void;
}

/** The id of a field's input; of the counters that of all their boxes together. */
export const kioskFieldId = (id: string, field: KioskField) => `${id}-${field}`;

/** Visitors are whom a tablet at a counter is mostly for. */
const visitorsFirst = (instruments: readonly Instrument[]) =>
  [...instruments].sort((a, b) => Number(b.tool === 'EIT') - Number(a.tool === 'EIT'));

/** Which counters people choose from on the tablet: boxes, by questionnaire. */
function CountersField(props: KioskFieldsProps) {
  const { id, form, wrong, assessment, instruments, channels, onChange } = props;
  const { t, language } = useWords();
  const isWrong = wrong.includes('channels');
  const codes = channels.map(({ code }) => code);
  const field = kioskFieldId(id, 'channels');
  return (
    <fieldset
      id={field}
      tabIndex={-1}
      class={isWrong ? 'field field-wrong' : 'field'}
      aria-describedby={`${field}-hint`}
    >
      <legend class="kiosk-legend">{t('kiosks.counters')}</legend>
      <p class="hint" id={`${field}-hint`}>
        {t('kiosks.countersHint')}
      </p>
      {isWrong ? <p class="field-problem">{t('kiosks.wrong.channels')}</p> : null}
      {visitorsFirst(instruments).map((instrument) => (
        <details
          key={instrument.id}
          class="kiosk-counters"
          open={
            instrument.tool === 'EIT' ||
            form.channels.some((code) =>
              channels.some(
                (channel) => channel.code === code && channel.instrument === instrument.id,
              ),
            )
          }
        >
          <summary>
            <InstrumentTitle id={instrument.id} tool={instrument.tool} />
          </summary>
          {channels
            .filter((channel) => channel.instrument === instrument.id)
            .map((channel) => (
              <label key={channel.code} class="check">
                <input
                  type="checkbox"
                  checked={form.channels.includes(channel.code)}
                  onChange={({ currentTarget }) =>
                    onChange({
                      ...form,
                      channels: withChannel(
                        form.channels,
                        channel.code,
                        currentTarget.checked,
                        codes,
                      ),
                    })
                  }
                />
                <span>{channelName(assessment, language, t, channel)}</span>
              </label>
            ))}
        </details>
      ))}
    </fieldset>
  );
}

/** The fields of a counter's tablet. */
export function KioskFields(props: KioskFieldsProps) {
  const { id, form, isNew, wrong, onChange } = props;
  const { t } = useWords();
  const problem = (field: KioskField, words: string) => (wrong.includes(field) ? words : undefined);
  return (
    <>
      <TextField
        id={kioskFieldId(id, 'name')}
        label={t('kiosks.name')}
        hint={t('kiosks.nameHint')}
        maxLength={MAX_KIOSK_NAME_CHARACTERS}
        value={form.name}
        problem={problem('name', t('kiosks.wrong.name'))}
        onInput={(name) => onChange({ ...form, name })}
      />
      <CountersField {...props} />
      <TextField
        id={kioskFieldId(id, 'pin')}
        label={isNew ? t('kiosks.pin') : t('kiosks.newPin')}
        hint={t('kiosks.pinHint', PIN_DIGITS)}
        inputMode="numeric"
        maxLength={PIN_DIGITS.most}
        value={form.pin}
        problem={problem('pin', t('kiosks.wrong.pin', PIN_DIGITS))}
        onInput={(pin) => onChange({ ...form, pin })}
      />
      <TextField
        id={kioskFieldId(id, 'idleSeconds')}
        label={t('kiosks.idle')}
        hint={t('kiosks.idleHint')}
        inputMode="numeric"
        maxLength={3}
        value={form.idleSeconds}
        problem={problem('idleSeconds', t('kiosks.wrong.idle', IDLE_SECONDS))}
        onInput={(idleSeconds) => onChange({ ...form, idleSeconds })}
      />
    </>
  );
}
