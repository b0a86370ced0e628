import { createFloodGate, type FloodEffects, type FloodGate } from '../flood/flood-gate.ts';
import { createReceiver, type ReceiveBatch, type ReceivingEffects } from './receive-batch.ts';

/** The one way in for responses, whatever they come by; all of them count for a flood. */
export interface Reception {
  receiveBatch: ReceiveBatch;
  floodGate: FloodGate;
}

export function createReception(effects: ReceivingEffects & FloodEffects): Reception {
  return { receiveBatch: createReceiver(effects), floodGate: createFloodGate(effects) };
}
