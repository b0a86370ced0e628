import { useSignal } from '@preact/signals';
import type { Assessment, ChannelChange, ChannelSummary } from '#core/contract/assessment.ts';
import { formatChannelCode } from '#core/contract/channel-code.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { channelName } from '../names.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { Switch } from '../parts/switch.tsx';
import { useAct } from '../parts/use-act.ts';
import { problemText } from '../problem-text.ts';
import { ChannelFacts } from './channel-facts.tsx';
import { DisplaySection, type DisplayStateOfChannel } from './display-section.tsx';
import { ServiceSelect } from './service-select.tsx';

interface ChannelRowProps {
  assessment: Assessment;
  instrument: Instrument;
  channel: ChannelSummary;
  onChange: (channel: ChannelSummary) => void;
  display: DisplayStateOfChannel;
  onDisplay: (state: DisplayStateOfChannel) => void;
}

/** One channel. A change shows when the server has it; when it says no, the reason stands here and nothing changed. */
export function ChannelRow(props: ChannelRowProps) {
  const { assessment, instrument, channel, onChange, display, onDisplay } = props;
  const { api } = useAdmin();
  const { t, language } = useWords();
  const may = useMay();
  const { isBusy, error, act } = useAct();
  const isQrShown = useSignal(false);
  const isDisplayShown = useSignal(false);
  const name = channelName(assessment, language, t, channel);
  const service = instrument.fields.find(({ fromChannel }) => fromChannel === 'service');
  const isOpen = channel.state === 'open';
  const mayChange = may('edit') && assessment.life.state !== 'archived';

  const change = (wanted: ChannelChange) =>
    act(async () => onChange(await api.changeChannel(assessment.id, channel.code, wanted)));

  return (
    <li class={isOpen ? 'channel card' : 'channel channel-closed card'}>
      <div class="channel-name">
        <h3>{name}</h3>
        <p class="channel-code">
          <span class="visually-hidden">{t('channels.code')} </span>
          {formatChannelCode(channel.code)}
        </p>
        <a class="channel-url" href={channel.url} target="_blank" rel="noreferrer">
          {channel.url}
          <span class="visually-hidden"> {t('channels.newTab')}</span>
        </a>
      </div>
      <div class="channel-state">
        {mayChange ? (
          <>
            <Switch
              on={isOpen}
              busy={isBusy}
              label={t('channels.switch', { name })}
              text={isOpen ? t('channels.open') : t('channels.closed')}
              onChange={(on) => void change({ state: on ? 'open' : 'closed' })}
            />
            {service ? (
              <ServiceSelect
                channel={channel}
                field={service}
                name={name}
                busy={isBusy}
                onChoose={(number) => void change({ service: number })}
              />
            ) : null}
          </>
        ) : (
          <ChannelFacts channel={channel} field={service} />
        )}
      </div>
      <div class="channel-acts">
        <CopyButton text={channel.url} what={name} />
        <button
          type="button"
          class="button button-quiet"
          aria-expanded={isQrShown.value}
          onClick={() => {
            isQrShown.value = !isQrShown.value;
          }}
        >
          <Icon name="channels" />
          {isQrShown.value ? t('channels.hideQr') : t('channels.showQr')}
          <span class="visually-hidden">: {name}</span>
        </button>
        <Link
          to={{ page: 'posters', choice: { by: 'channel', code: channel.code } }}
          class="button button-quiet"
        >
          <Icon name="print" />
          {t('channels.printOne')}
          <span class="visually-hidden">: {name}</span>
        </Link>
        {instrument.tool === 'EIT' && mayChange ? (
          <button
            type="button"
            class="button button-quiet"
            aria-expanded={isDisplayShown.value}
            onClick={() => {
              isDisplayShown.value = !isDisplayShown.value;
            }}
          >
            <Icon name="device" />
            {t('channels.display')}
            <span class="visually-hidden">: {name}</span>
          </button>
        ) : null}
      </div>
      {error ? (
        <p class="field-problem channel-problem" role="alert">
          {problemText(t, error)}
        </p>
      ) : null}
      {isQrShown.value ? (
        <div class="channel-qr">
          <QrCode text={channel.url} label={t('channels.qrLabel', { name })} />
        </div>
      ) : null}
      {isDisplayShown.value ? (
        <DisplaySection
          assessment={assessment.id}
          channel={channel}
          name={name}
          state={display}
          onChange={onDisplay}
        />
      ) : null}
    </li>
  );
}
