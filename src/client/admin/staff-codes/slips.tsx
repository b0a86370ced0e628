import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { MadeStaffCodes } from '#core/contract/staff-codes.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { OnlyHere } from '../parts/only-here.tsx';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { Sure } from '../parts/sure.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { loadTexts, type Texts } from '../texts.ts';
import { Slip } from './slip.tsx';

/** Slips on one sheet of A4. */
const ON_A_SHEET = 10;

/** Sheets that are drawn at a time, so that the page answers meanwhile. */
const SHEETS_AT_ONCE = 5;

interface SlipsProps {
  assessment: Assessment;
  made: MadeStaffCodes;
  onDone: () => void;
}

/** The codes on paper, while they are there: nobody sees them again. */
export function Slips({ assessment, made, onDone }: SlipsProps) {
  const { router } = useAdmin();
  const { t, language, formats } = useWords();
  const { loaded, retry } = useLoaded(
    async () => ({ th: await loadTexts('th'), en: await loadTexts('en') }),
    'slips',
  );
  const isAsking = useSignal(false);
  const { codes, department: number, url } = made;
  const department = assessment.departments.find((one) => one.number === number);
  const sheets = Math.ceil(codes.length / ON_A_SHEET);
  const drawn = useDrawn(sheets, loaded.value.state === 'ready');
  const isReady = drawn === sheets;

  useEffect(() => router.guard(() => t('staffCodes.slips.sure')), [t]);

  if (loaded.value.state === 'loading') return <Loading />;
  if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
  const texts: { th: Texts; en: Texts } = loaded.value.value;
  return (
    <div class="slips-page">
      <Page
        title={t('staffCodes.slips.title', {
          name: department ? nameIn(language, department.name) : '',
        })}
        lead={t('staffCodes.slips.lead', {
          count: codes.length,
          n: formats.count(codes.length),
          sheets: formats.count(sheets),
        })}
        isInFront
        actions={
          <>
            <Button
              kind="secondary"
              onPress={() => {
                isAsking.value = true;
              }}
            >
              {t('staffCodes.slips.done')}
            </Button>
            <Button kind="primary" isBusy={!isReady} onPress={() => window.print()}>
              <Icon name="print" />
              {isReady
                ? t('posters.print')
                : t('staffCodes.slips.drawing', {
                    drawn: formats.count(drawn),
                    sheets: formats.count(sheets),
                  })}
            </Button>
          </>
        }
      >
        {isAsking.value ? (
          <Sure
            question={t('staffCodes.slips.sure')}
            yes={t('staffCodes.slips.yes')}
            no={t('staffCodes.slips.no')}
            isBusy={false}
            onYes={onDone}
            onNo={() => {
              isAsking.value = false;
            }}
          />
        ) : null}
        <Banner tone="note">{t('staffCodes.slips.once')}</Banner>
        <p class="hint">{t('staffCodes.slips.how')}</p>
        <OnlyHere url={url} words={(host) => t('posters.onlyHere', { host })} />
      </Page>
      {Array.from({ length: drawn }, (_, sheet) => (
        <section key={sheet} class="slip-sheet">
          {codes.slice(sheet * ON_A_SHEET, (sheet + 1) * ON_A_SHEET).map((code) => (
            <Slip
              key={code}
              assessment={assessment}
              department={department}
              url={url}
              code={code}
              texts={texts}
            />
          ))}
        </section>
      ))}
    </div>
  );
}

/** How many of the sheets are drawn by now; a few more with every turn of the page. */
function useDrawn(sheets: number, isBegun: boolean): number {
  const drawn = useSignal(0);
  const count = drawn.value;
  useEffect(() => {
    if (!isBegun || count >= sheets) return undefined;
    const timer = setTimeout(() => {
      drawn.value = Math.min(sheets, count + SHEETS_AT_ONCE);
    });
    return () => clearTimeout(timer);
  }, [count, sheets, isBegun]);
  return count;
}
