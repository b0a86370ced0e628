import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import type { FileVerdict } from './read-audit-file.ts';

/** What a look at the log found, in words. */
export function VerdictNote({ verdict }: { verdict: FileVerdict }) {
  const { t, formats } = useWords();
  if (verdict.state === 'intact')
    return (
      <p class="finding-fine">
        <Icon name="check" />
        {t('audit.intact', { count: verdict.head.number, n: formats.count(verdict.head.number) })}
      </p>
    );
  const n = verdict.state === 'unreadable' ? '' : formats.count(verdict.at);
  const words = {
    unreadable: () => t('audit.unreadable'),
    differs: () => t('audit.differs', { n }),
    broken: () => (verdict.state === 'broken' ? t(`audit.${verdict.why}`, { n }) : ''),
  };
  return (
    <div class="aside-trouble">
      <Icon name="warning" />
      <p>{words[verdict.state]()}</p>
    </div>
  );
}
