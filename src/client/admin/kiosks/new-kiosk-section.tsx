import { useSignal } from '@preact/signals';
import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { MadeKiosk } from '#core/contract/kiosk.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Icon } from '../parts/icon.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useAct } from '../parts/use-act.ts';
import { useUnsaved } from '../parts/use-unsaved.ts';
import { type KioskField, NEW_KIOSK, readNewKiosk } from './kiosk-form.ts';
import { KioskFields, kioskFieldId } from './kiosk-fields.tsx';
import { LinkNote } from './link-note.tsx';

interface NewKioskSectionProps {
  assessment: Assessment;
  instruments: readonly Instrument[];
  channels: readonly ChannelSummary[];
  reload: () => void;
}

const ID = 'new-kiosk';

/** Makes a tablet for a counter and shows the link that enrols it, this once. */
export function NewKioskSection(props: NewKioskSectionProps) {
  const { assessment, instruments, channels, reload } = props;
  const { api } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const form = useSignal(NEW_KIOSK);
  useUnsaved(JSON.stringify(form.value) !== JSON.stringify(NEW_KIOSK));
  const wrong = useSignal<readonly KioskField[]>([]);
  const made = useSignal<MadeKiosk | null>(null);

  async function make(event: Event) {
    event.preventDefault();
    const read = readNewKiosk(form.value);
    wrong.value = read.state === 'invalid' ? read.wrong : [];
    if (read.state === 'invalid') {
      const [first] = read.wrong;
      if (first) document.getElementById(kioskFieldId(ID, first))?.focus();
      return;
    }
    await act(async () => {
      const sent = form.value;
      made.value = await api.makeKiosk(assessment.id, read.value);
      // What was typed while it was on its way is of the next one.
      if (form.value === sent) form.value = NEW_KIOSK;
      reload();
    });
  }

  return (
    <section class="card aside-section" aria-labelledby="kiosk-new">
      <h2 id="kiosk-new">{t('kiosks.add')}</h2>
      <form class="form kiosk-form" noValidate onSubmit={(event) => void make(event)}>
        <KioskFields
          id={ID}
          form={form.value}
          isNew
          wrong={wrong.value}
          assessment={assessment}
          instruments={instruments}
          channels={channels}
          onChange={(next) => {
            form.value = next;
          }}
        />
        <ActProblem error={error} />
        <div class="form-acts">
          <SubmitButton busy={isBusy}>
            <Icon name="plus" />
            {t('kiosks.make')}
          </SubmitButton>
        </div>
      </form>
      <output>
        {made.value ? <LinkNote name={made.value.kiosk.name} link={made.value.link} /> : null}
      </output>
    </section>
  );
}
