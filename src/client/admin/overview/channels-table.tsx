import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { channelName } from '../names.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { Table } from '../parts/table.tsx';
import { TextField } from '../parts/text-field.tsx';
import { channelRows } from './participation-view.ts';

interface ChannelsTableProps {
  assessment: Assessment;
  participation: Participation;
  instruments: readonly Instrument[];
}

/** From this many channels on a search is worth its place. */
const SEARCH_FROM = 8;

/** How many answered through each QR code; one that nobody used stands at the end and is marked. */
export function ChannelsTable({ assessment, participation, instruments }: ChannelsTableProps) {
  const { t, language, texts, formats } = useWords();
  const search = useSignal('');
  const rows = channelRows(participation).map((row) => {
    const instrument = instruments.find(({ id }) => id === row.instrument);
    const service = instrument?.fields.find(({ fromChannel }) => fromChannel === 'service');
    const services = texts.instrument(row.instrument)?.fields[service?.code ?? '']?.options;
    const about = row.service === null ? null : services?.[row.service];
    const name = channelName(assessment, language, t, row);
    return { ...row, tool: instrument?.tool ?? '', name: about ? `${name} · ${about}` : name };
  });
  const wanted = search.value.toLocaleLowerCase().split(/\s+/);
  const found = rows.filter(({ name, code, tool }) =>
    wanted.every((word) => `${tool} ${name} ${code}`.toLocaleLowerCase().includes(word)),
  );
  const unused = rows.filter(({ n }) => n === 0).length;
  const most = Math.max(1, ...rows.map(({ n }) => n));

  return (
    <section class="card" aria-labelledby="by-channel">
      <h2 id="by-channel">{t('overview.byChannel')}</h2>
      <p class={unused === 0 ? 'finding-fine' : undefined}>
        <Icon name={unused === 0 ? 'check' : 'behind'} />{' '}
        {unused === 0
          ? t('overview.channelsAllUsed')
          : t('overview.channelsUnused', { count: unused, n: formats.count(unused) })}
      </p>
      <details class="more">
        <summary>{t('overview.channelsTable')}</summary>
        {rows.length < SEARCH_FROM ? null : (
          <TextField
            id="channel-search"
            type="search"
            label={t('channels.search')}
            value={search.value}
            onInput={(value) => {
              search.value = value;
            }}
          />
        )}
        <output class="hint">
          {t('channels.found', { count: found.length, n: formats.count(found.length) })}
        </output>
        <Table labelledBy="by-channel">
          <thead>
            <tr>
              <th scope="col">{t('overview.channel')}</th>
              <th scope="col" class="number">
                {t('overview.answeredShort')}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ code, tool, name, n }) => (
              <tr key={code}>
                <th scope="row">
                  <span class="department-line">
                    <span class="department-name">
                      {tool} · {name} <span class="hint">{code}</span>
                    </span>
                    {n > 0 ? null : (
                      <span class="tag tag-warning">
                        <Icon name="behind" />
                        {t('overview.channelUnused')}
                      </span>
                    )}
                  </span>
                  {n > 0 ? <ProgressBar share={n / most} tone="normal" /> : null}
                </th>
                <td class="number">{formats.count(n)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
      <Link to={{ page: 'channels' }} class="more-link">
        {t('overview.toChannels')}
      </Link>
    </section>
  );
}
