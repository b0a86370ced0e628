import { isBegun } from '#core/flow/steps.ts';
import { Button } from '../ui/button.tsx';
import { isAllSafe } from './delivery.ts';
import type { Screen } from './screen.ts';
import type { AppUpdate } from './update.ts';
import type { Translate } from '../i18n/texts.ts';
import './update-banner.css';

/** True where a reload takes nothing from anybody: never while somebody answers, or while only this page has a response. */
export function isSafeToReload(screen: Screen): boolean {
  switch (screen.kind) {
    case 'answering': {
      const { step, channel, draft } = screen.answering;
      return step.kind === 'notice' && !isBegun(channel, draft);
    }
    case 'enter-code':
      return screen.typed === '' && !screen.isAsking;
    case 'finished':
      return isAllSafe(screen.outbox);
    case 'loading':
      return false;
    case 'unreachable':
    case 'problem':
    case 'closed':
    case 'own-code':
    case 'resume':
    case 'not-here':
    case 'waiting':
      return true;
    default:
      return screen satisfies never;
  }
}

interface UpdateBannerProps {
  update: AppUpdate;
  screen: Screen;
  t: Translate;
}

/** Offers the new version, and leaves it at that. */
export function UpdateBanner({ update, screen, t }: UpdateBannerProps) {
  const state = update.state.value;
  if (state === 'none' || !isSafeToReload(screen)) return null;
  const isUpdating = state === 'updating';
  return (
    <div class="update-banner">
      <output>{isUpdating ? t('update.updating') : t('update.ready')}</output>
      <Button kind="secondary" isBusy={isUpdating} onPress={() => update.apply()}>
        {t('update.apply')}
      </Button>
    </div>
  );
}
