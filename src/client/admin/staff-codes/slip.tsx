import type { Assessment } from '#core/contract/assessment.ts';
import { formatStaffCode } from '#core/contract/staff-code.ts';
import { QrCode } from '../parts/qr-code.tsx';
import { formatsFor } from '../formats.ts';
import type { Texts } from '../texts.ts';

interface SlipProps {
  assessment: Assessment;
  department: Assessment['departments'][number] | undefined;
  /** Of the channel; the code stands behind its #, which no browser sends to a server. */
  url: string;
  code: string;
  texts: { th: Texts; en: Texts };
}

const shown = (url: string) => url.replace(/^https?:\/\//, '');

/** One code on paper, in Thai and English: to scan, or to type. */
export function Slip({ assessment, department, url, code, texts: { th, en } }: SlipProps) {
  return (
    <article class="slip" lang="th">
      <QrCode text={`${url}#c=${code}`} label={th.t('slips.qr')} />
      <div class="slip-words">
        <p class="slip-office">
          {assessment.organization.th}
          {department ? ` · ${department.name.th}` : ''}
        </p>
        <h3>{th.t('slips.title', { year: formatsFor('th').year(assessment.fiscalYear) })}</h3>
        <p>{th.t('slips.text')}</p>
        <p lang="en">{en.t('slips.text')}</p>
      </div>
      <div class="slip-typed">
        <p>
          {th.t('slips.orType')} · <span lang="en">{en.t('slips.orType')}</span>{' '}
          <strong class="slip-address">{shown(url)}</strong>
        </p>
        <p class="slip-code">{formatStaffCode(code)}</p>
      </div>
    </article>
  );
}
