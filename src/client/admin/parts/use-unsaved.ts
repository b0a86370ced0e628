import { useEffect } from 'preact/hooks';
import { useAdmin, useWords } from '../admin.ts';

/** Nobody leaves by mistake what is typed and not stored. */
export function useUnsaved(isUnsaved: boolean): void {
  const { router } = useAdmin();
  const { t } = useWords();
  useEffect(() => router.guard(() => (isUnsaved ? t('settings.leaveUnsaved') : null)));
}
