/** What a stream of changes says. After onCrowdedOut and onLost it says nothing more. */
export interface StreamListener {
  onOpen(): void;
  /** There are other figures. */
  onChanged(): void;
  /** It is still there. */
  onAlive(): void;
  /** It ended, as other pages have as many as may be. */
  onCrowdedOut(): void;
  onLost(): void;
}

/** Opens the stream of an assessment's changes; returns what closes it. */
export function openStream(assessment: string, listener: StreamListener): () => void {
  const source = new EventSource(`/api/v1/assessments/${encodeURIComponent(assessment)}/live`);
  const close = () => source.close();
  source.addEventListener('open', () => listener.onOpen());
  source.addEventListener('changed', () => listener.onChanged());
  source.addEventListener('alive', () => listener.onAlive());
  source.addEventListener('crowded-out', () => {
    close();
    listener.onCrowdedOut();
  });
  source.addEventListener('error', () => {
    // It would come back by itself after some refusals and not after others.
    close();
    listener.onLost();
  });
  return close;
}
