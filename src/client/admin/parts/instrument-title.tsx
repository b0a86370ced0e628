import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';

/** An instrument as a heading: its tool in a box and its title, which then need not name the tool again. */
export function InstrumentTitle({ id, tool }: Pick<Instrument, 'id' | 'tool'>) {
  const { texts } = useWords();
  const title = texts.instrument(id)?.title ?? id;
  return (
    <>
      <span class="tool">{tool}</span> {title.replace(/\s*[(（]\w+[)）]$/, '')}
    </>
  );
}
