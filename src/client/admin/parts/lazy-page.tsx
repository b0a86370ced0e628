import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { useAdmin } from '../admin.ts';
import { ApiError, asApiError } from '../api-error.ts';
import { Failed, Loading } from './states.tsx';

type Part<Props> =
  | { state: 'loading' }
  | { state: 'failed' }
  | { state: 'ready'; Page: ComponentType<Props> };

/** A page whose code is fetched when it is first shown; a failed fetch can be tried again, and finds the version that the server has by then. */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return function LazyPage(props: Props) {
    const { api } = useAdmin();
    const part = useSignal<Part<Props>>({ state: 'loading' });
    const isThere = () =>
      api.session().then(
        () => true,
        (thrown: unknown) => asApiError(thrown).code !== 'unreachable',
      );
    async function fetchPart(isAgain: boolean) {
      part.value = { state: 'loading' };
      try {
        part.value = { state: 'ready', Page: await load() };
      } catch {
        // A server that answers has another version by now, without that part; and some browsers ask for one only once.
        if (isAgain && (await isThere())) window.location.reload();
        else part.value = { state: 'failed' };
      }
    }
    useEffect(() => void fetchPart(false), []);

    if (part.value.state === 'loading') return <Loading />;
    if (part.value.state === 'failed')
      return <Failed error={new ApiError('unreachable')} retry={() => void fetchPart(true)} />;
    return <part.value.Page {...props} />;
  };
}
