import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Kiosk, KioskLink } from '#core/contract/kiosk.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { ChannelTitle } from '../parts/channel-title.tsx';
import { takeFocus } from '../parts/stand-in-focus.ts';
import { Sure } from '../parts/sure.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useAct } from '../parts/use-act.ts';
import { useUnsaved } from '../parts/use-unsaved.ts';
import { type KioskField, formOf, readKioskChange } from './kiosk-form.ts';
import { KioskFields, kioskFieldId } from './kiosk-fields.tsx';
import { LinkNote } from './link-note.tsx';

interface KioskCardProps {
  kiosk: Kiosk;
  assessment: Assessment;
  instruments: readonly Instrument[];
  channels: readonly ChannelSummary[];
  reload: () => void;
}

/** The form of a tablet that is there already. */
function KioskEditor(props: KioskCardProps & { onDone: () => void }) {
  const { kiosk, assessment, instruments, channels, reload, onDone } = props;
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const form = useSignal(formOf(kiosk));
  useUnsaved(JSON.stringify(form.value) !== JSON.stringify(formOf(kiosk)));
  const wrong = useSignal<readonly KioskField[]>([]);

  // The button that opened it is gone, and comes back behind it.
  useEffect(
    () => takeFocus(document.getElementById(kioskFieldId(kiosk.id, 'name')), t('kiosks.change')),
    [],
  );

  async function save(event: Event) {
    event.preventDefault();
    const read = readKioskChange(form.value);
    wrong.value = read.state === 'invalid' ? read.wrong : [];
    if (read.state === 'invalid') {
      const [first] = read.wrong;
      if (first) document.getElementById(kioskFieldId(kiosk.id, first))?.focus();
      return;
    }
    const sent = form.value;
    const isDone = await act(async () => api.changeKiosk(assessment.id, kiosk.id, read.value));
    if (!isDone) return;
    feedback.value = t('kiosks.changed');
    reload();
    // What was typed while it was on its way is not stored yet.
    if (form.value === sent) onDone();
  }

  return (
    <form class="form kiosk-form" noValidate onSubmit={(event) => void save(event)}>
      <KioskFields
        id={kiosk.id}
        form={form.value}
        isNew={false}
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
        <SubmitButton busy={isBusy}>{t('kiosks.save')}</SubmitButton>
        <Button kind="quiet" onPress={onDone}>
          {t('kiosks.cancel')}
        </Button>
      </div>
    </form>
  );
}

type Doing = 'nothing' | 'change' | 'revoke' | 'link';

/** One tablet: what it is for, whether it is there, and what can be done about it. */
export function KioskCard(props: KioskCardProps) {
  const { kiosk, assessment, instruments, channels, reload } = props;
  const { name } = kiosk;
  const { api, feedback } = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const doing = useSignal<Doing>('nothing');
  const link = useSignal<KioskLink | null>(null);
  const leave = () => {
    doing.value = 'nothing';
  };
  const mayChange = assessment.life.state !== 'archived';

  const revoke = () =>
    act(async () => {
      await api.revokeKiosk(assessment.id, kiosk.id);
      feedback.value = t('kiosks.revoked', { name });
      reload();
    });

  const renew = () =>
    act(async () => {
      link.value = await api.renewKioskLink(assessment.id, kiosk.id);
      doing.value = 'nothing';
      reload();
    });

  return (
    <li class="card kiosk">
      <div>
        <h3>
          {name} <span class="tag">{t(`kiosks.states.${kiosk.state}`)}</span>
        </h3>
        <p class="hint">
          {kiosk.seenOn === null
            ? t('kiosks.neverSeen')
            : t('kiosks.seen', { day: formats.day(kiosk.seenOn) })}
        </p>
        <ul class="kiosk-places">
          {kiosk.channels.map((code) => (
            <li key={code}>
              <ChannelTitle {...{ assessment, instruments, channels, code }} />
            </li>
          ))}
        </ul>
      </div>
      {doing.value === 'nothing' ? (
        <div class="form-acts">
          {mayChange ? (
            <>
              <Button
                kind="secondary"
                label={t('kiosks.changeName', { name })}
                onPress={() => {
                  doing.value = 'change';
                }}
              >
                {t('kiosks.change')}
              </Button>
              <Button
                kind="secondary"
                label={t('kiosks.renewName', { name })}
                isBusy={isBusy}
                onPress={() => {
                  if (kiosk.state === 'enrolled') doing.value = 'link';
                  else void renew();
                }}
              >
                {t('kiosks.renew')}
              </Button>
            </>
          ) : null}
          <Button
            kind="secondary"
            label={t('kiosks.revokeName', { name })}
            onPress={() => {
              doing.value = 'revoke';
            }}
          >
            {t('kiosks.revoke')}
          </Button>
        </div>
      ) : null}
      {doing.value === 'change' ? <KioskEditor {...props} onDone={leave} /> : null}
      {doing.value === 'link' ? (
        <Sure
          question={t('kiosks.renewSure', { name })}
          yes={t('kiosks.renew')}
          no={t('kiosks.cancel')}
          isBusy={isBusy}
          onYes={() => void renew()}
          onNo={leave}
        />
      ) : null}
      {doing.value === 'revoke' ? (
        <Sure
          question={t('kiosks.revokeSure', { name })}
          yes={t('kiosks.revoke')}
          no={t('kiosks.revokeNot')}
          isBusy={isBusy}
          onYes={() => void revoke()}
          onNo={leave}
        />
      ) : null}
      <ActProblem error={error} />
      <output>{link.value ? <LinkNote name={name} link={link.value} /> : null}</output>
    </li>
  );
}
