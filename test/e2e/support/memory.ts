import type { CDPSession, Page } from '@playwright/test';

/** What a heap snapshot of V8 has of its nodes: all numbers in one list, so many for each node. */
interface HeapSnapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[]] } };
  nodes: number[];
  strings: string[];
}

/**
 * Compiled code grows until every function that is used often was compiled as well as V8 can, which takes a thousand turns; the shapes
 * of objects grow with it. The browser's own objects are counted otherwise, and its record of long tasks and requests is limited.
 */
const NOT_OF_SCRIPTS = ['code', 'object shape', 'native', 'synthetic', 'hidden'];
const BUFFER = /ArrayBuffer/;

function bytesOfScripts({ snapshot: { meta }, nodes, strings }: HeapSnapshot): number {
  const fields = meta.node_fields;
  const [types] = meta.node_types;
  const [type, name, size] = [
    fields.indexOf('type'),
    fields.indexOf('name'),
    fields.indexOf('self_size'),
  ] as const;
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    const isOfScripts =
      !NOT_OF_SCRIPTS.includes(types[nodes[node + type] ?? 0] ?? '') ||
      BUFFER.test(strings[nodes[node + name] ?? 0] ?? '');
    if (isOfScripts) bytes += nodes[node + size] ?? 0;
  }
  return bytes;
}

/** How much a page in Chromium holds. */
export class Memory {
  private readonly inspector: CDPSession;

  private constructor(inspector: CDPSession) {
    this.inspector = inspector;
  }

  static async of(page: Page): Promise<Memory> {
    const inspector = await page.context().newCDPSession(page);
    await inspector.send('Performance.enable');
    return new Memory(inspector);
  }

  /** After garbage was collected: nodes, listeners and documents; bytes of the JavaScript heap, with compiled code. */
  async count() {
    await this.inspector.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.inspector.send('Performance.getMetrics');
    const of = (name: string) =>
      metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    const left = {
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
      documents: of('Documents'),
    };
    return { left, heap: of('JSHeapUsedSize') };
  }

  /** Bytes of the objects, lists, functions, texts and buffers that scripts hold. Takes a second or two. */
  async bytesOfScripts(): Promise<number> {
    const chunks: string[] = [];
    const note = ({ chunk }: { chunk: string }) => void chunks.push(chunk);
    this.inspector.on('HeapProfiler.addHeapSnapshotChunk', note);
    await this.inspector.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    this.inspector.off('HeapProfiler.addHeapSnapshotChunk', note);
    return bytesOfScripts(JSON.parse(chunks.join('')));
  }
}
