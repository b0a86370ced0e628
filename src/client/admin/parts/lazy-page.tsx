import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api-error.ts';
import { Failed, Loading } from './states.tsx';

type Part<Props> =
  | { state: 'loading' }
  | { state: 'failed' }
  | { state: 'ready'; Page: ComponentType<Props> };

/** A page whose code is fetched when it is first shown; a failed fetch can be tried again. */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return function LazyPage(props: Props) {
    const part = useSignal<Part<Props>>({ state: 'loading' });
    async function fetchPart() {
      part.value = { state: 'loading' };
      try {
        part.value = { state: 'ready', Page: await load() };
      } catch {
        part.value = { state: 'failed' };
      }
    }
    useEffect(() => void fetchPart(), []);

    if (part.value.state === 'loading') return <Loading />;
    if (part.value.state === 'failed')
      return <Failed error={new ApiError('unreachable')} retry={() => void fetchPart()} />;
    return <part.value.Page {...props} />;
  };
}
