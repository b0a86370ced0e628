/** What a worker is asked, as the browser gives it. `waitUntil`: keeps the worker running for what is done behind the answer. */
export interface Asked {
  request: Request;
  waitUntil(work: Promise<unknown>): void;
}
