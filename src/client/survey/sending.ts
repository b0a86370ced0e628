// Loaded after the first question is usable: what Send needs, and what only later visits need. One file, as each more is an answer more
// and shares no words with the others when it is compressed.
export * from './sending-parts.ts';
export { handOverStyle } from './hand-over-style.ts';
export { keepPage } from './keep-page.ts';
export { loadChannel } from './load-channel.ts';
export { WaitingPage } from './waiting-page.tsx';
