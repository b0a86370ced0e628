import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';

interface HiddenGroupProps {
  reason: 'few' | 'complement';
  threshold: number;
}

/** What stands where a score would tell too much about few people. */
export function HiddenGroup({ reason, threshold }: HiddenGroupProps) {
  const { t, formats } = useWords();
  return (
    <span class="hidden-group">
      <Icon name="lock" />
      {reason === 'few'
        ? t('scores.fewer', { threshold: formats.count(threshold) })
        : t('scores.complement')}
    </span>
  );
}
