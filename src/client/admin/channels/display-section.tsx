import { useSignal } from '@preact/signals';
import type { ChannelSummary } from '#core/contract/assessment.ts';
import type { DisplayList, MadeDisplay } from '#core/contract/display.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { OnlyHere } from '../parts/only-here.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { Sure } from '../parts/sure.tsx';
import { useAct } from '../parts/use-act.ts';

/** none: nobody has made one; offered: its link was not opened yet. */
export type DisplayStateOfChannel = DisplayList[number]['state'] | 'none';

interface DisplaySectionProps {
  assessment: string;
  channel: ChannelSummary;
  name: string;
  state: DisplayStateOfChannel;
  onChange: (state: DisplayStateOfChannel) => void;
}

const STATE_WORDS = {
  none: 'channels.displayNone',
  offered: 'channels.displayOffered',
  open: 'channels.displayOpen',
} as const;

/** The screen on a channel's counter: makes its link, shows it this once, or ends the display. */
export function DisplaySection(props: DisplaySectionProps) {
  const { assessment, channel, name, state, onChange } = props;
  const { api } = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const made = useSignal<MadeDisplay | null>(null);
  const asked = useSignal<'new' | 'end' | null>(null);

  async function make() {
    asked.value = null;
    await act(async () => {
      made.value = await api.makeDisplay(assessment, channel.code);
      onChange('offered');
    });
  }

  async function end() {
    asked.value = null;
    await act(async () => {
      await api.endDisplay(assessment, channel.code);
      made.value = null;
      onChange('none');
    });
  }

  function acts() {
    if (asked.value !== null)
      return (
        <Sure
          question={t(
            asked.value === 'new' ? 'channels.displayNewSure' : 'channels.displayEndSure',
          )}
          yes={t(asked.value === 'new' ? 'channels.displayMakeNew' : 'channels.displayEnd')}
          no={t('channels.displayNo')}
          isBusy={isBusy}
          onYes={() => void (asked.value === 'new' ? make() : end())}
          onNo={() => {
            asked.value = null;
          }}
        />
      );
    return (
      <div class="form-acts">
        <Button
          kind={state === 'none' ? 'primary' : 'secondary'}
          isBusy={isBusy}
          onPress={() => {
            // Nothing shows a code yet that would stop working.
            if (state === 'open') asked.value = 'new';
            else void make();
          }}
        >
          {t(state === 'none' ? 'channels.displayMake' : 'channels.displayMakeNew')}
        </Button>
        {state === 'none' ? null : (
          <Button
            kind="quiet"
            onPress={() => {
              asked.value = 'end';
            }}
          >
            {t('channels.displayEnd')}
          </Button>
        )}
      </div>
    );
  }

  return (
    <section class="channel-display" aria-label={`${t('channels.display')}: ${name}`}>
      <p>{t('channels.displayLead')}</p>
      <p>
        <span class="tag">{t(STATE_WORDS[state])}</span>
      </p>
      <OnlyHere url={channel.url} words={(host) => t('channels.displayOnlyHere', { host })} />
      {acts()}
      <ActProblem error={error} />
      <output>
        {made.value ? (
          <div class="note">
            <p>{t('channels.displayLink', { moment: formats.moment(made.value.expiresAt) })}</p>
            <div class="channel-qr">
              <QrCode text={made.value.link} label={t('channels.displayQrLabel', { name })} />
            </div>
            <p class="channel-url">{made.value.link}</p>
            <CopyButton text={made.value.link} what={name} />
          </div>
        ) : null}
      </output>
    </section>
  );
}
