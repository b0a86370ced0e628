import type { FigureChange } from '#core/scoring/comparison.ts';
import { useWords } from '../admin.ts';
import { changeText } from './card-texts.ts';

/** What a figure was before, and by how much it changed since. */
export function ChangeCell({ change }: { change: FigureChange | undefined }) {
  const { formats } = useWords();
  if (!change || change.before === null) return <td class="number">–</td>;
  return (
    <td class="number">
      {formats.score(change.before)}
      {change.change === null ? null : (
        <span class="change">{changeText(formats, change.change)}</span>
      )}
    </td>
  );
}
