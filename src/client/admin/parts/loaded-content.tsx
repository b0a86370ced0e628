import type { ComponentChildren } from 'preact';
import type { Load } from './use-loaded.ts';
import { Failed, Loading } from './states.tsx';

interface LoadedContentProps<Value> {
  load: Load<Value>;
  /** What is shown of it once it is there. */
  children: (value: Value) => ComponentChildren;
}

/** What a page loads: on its way, failed with a way to try again, or there. */
export function LoadedContent<Value>({ load, children }: LoadedContentProps<Value>) {
  const { value: loaded } = load.loaded;
  if (loaded.state === 'loading') return <Loading />;
  if (loaded.state === 'failed') return <Failed error={loaded.error} retry={load.retry} />;
  return <>{children(loaded.value)}</>;
}
