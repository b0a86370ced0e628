// In the place of `preact/hooks` where views are rendered once, into HTML: state stays as it begins, and nothing takes effect.
import type { Context } from 'preact';

let provided: { of: unknown; value: unknown } | null = null;

/** Runs `render`, in which useContext finds the value. */
export function withContext<Value>(of: Context<Value>, value: Value, render: () => string): string {
  provided = { of, value };
  try {
    return render();
  } finally {
    provided = null;
  }
}

export function useContext(context: unknown): unknown {
  return provided?.of === context ? provided?.value : null;
}

const nothing = () => undefined;

export const useState = <State>(initial: State): [State, () => void] => [initial, nothing];

export const useRef = <Value>(current: Value): { current: Value } => ({ current });

export const useEffect = nothing;

export const useLayoutEffect = nothing;
