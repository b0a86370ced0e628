// IndexedDB in memory, with the globals that browsers have beside it.
// oxlint-disable-next-line no-unassigned-import -- it sets them
import 'fake-indexeddb/auto';

export { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
