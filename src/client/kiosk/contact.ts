// What the tablet hears of the server: how it is set, and what it asks people.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Channel } from '#core/contract/channel.ts';
import type { KioskSettings } from '#core/contract/kiosk.ts';
import type { ChannelFound } from '../survey/channel-found.ts';
import type { ChannelStore } from '../survey/channel-store.ts';
import type { KioskServer } from './kiosk-server.ts';
import type { EnrolTrouble } from './kiosk-screen.ts';
import { settingsOf, type KioskStore } from './kiosk-store.ts';

/** How often the tablet asks for its settings and its channels. */
const CONTACT_EVERY_MS = 10 * 60_000;
/** After a contact that failed. */
const RETRY_MS = 30_000;

/** What the last contact with the server showed. Milliseconds since the epoch. */
interface Contact {
  at: number;
  /** How far the device's clock is ahead of the server's; null if the server did not tell. */
  aheadMs: number | null;
}

export interface ContactEffects {
  now: () => number;
  store: KioskStore;
  server: KioskServer;
  channels: ChannelStore;
  /** Never rejects. */
  loadChannel(code: string): Promise<ChannelFound>;
  /** Makes the words of a questionnaire ready in all languages, so that a change needs no network. */
  prepare(instruments: readonly string[]): Promise<void>;
}

interface Listener {
  /** Something became known of the tablet. */
  onNews(): void;
  /** A link did not enrol it now. */
  onTrouble(trouble: EnrolTrouble): void;
}

export interface ServerContact {
  readonly settings: ReadonlySignal<KioskSettings | null>;
  /** Those of the settings that the device has, open or closed. */
  readonly channels: ReadonlySignal<readonly Channel[]>;
  readonly latest: ReadonlySignal<Contact | null>;
  /** To be called where the device may have become another kiosk: reads what it knows of itself. */
  readSettings(): void;
  /** Takes the channels that the device has. */
  readChannels(): Promise<void>;
  /** Asks the server for settings and channels; `link`: what an enrolled tablet was opened by. Never rejects. */
  reach(link?: string | null): Promise<void>;
  /** Time has passed. */
  tick(): void;
}

export function createContact(effects: ContactEffects, heard: Listener): ServerContact {
  const { store, server, now } = effects;
  const settings = signal(settingsOf(store.readStanding()));
  const channels = signal<readonly Channel[]>([]);
  const latest = signal<Contact | null>(null);
  /** The link by which an enrolled tablet was opened: again the same one, or a new one for another place. */
  let anotherLink: string | null = null;
  let reachedAt = now();
  let isReaching = false;

  /** Puts what the device has of the channels on show; words first, so that whoever begins finds all of them. */
  async function showChannels(known: readonly Channel[]): Promise<void> {
    const instruments = [...new Set(known.map(({ instrument }) => instrument.id))];
    await effects.prepare(instruments).catch(() => undefined);
    channels.value = known;
    heard.onNews();
  }

  /** One after the other: a hundred tablets that wake together are enough. What cannot be had stays as it was. */
  async function loadChannels(): Promise<void> {
    const found: Channel[] = [];
    for (const code of settings.value?.channels ?? []) {
      const asked = await effects.loadChannel(code);
      if (asked.state === 'found') {
        await effects.channels.remember(asked.channel);
        found.push(asked.channel);
      } else if (asked.state === 'unreachable') {
        const kept = await effects.channels.read(code);
        if (kept) found.push(kept);
      }
    }
    await showChannels(found);
  }

  async function askServer(): Promise<void> {
    const standing = store.readStanding();
    if (standing.state !== 'linked' && standing.state !== 'enrolled') return;
    const { token } = standing;
    const link = standing.state === 'linked' ? standing.link : anotherLink;
    let reply = link === null ? await server.contact(token) : await server.enrol(link, token);
    if (reply.kind !== 'unreachable') anotherLink = null;
    // A link that is no good takes nothing away.
    if (reply.kind === 'refused' && link !== null && standing.state === 'enrolled')
      reply = await server.contact(token);
    if (reply.kind === 'settings') {
      latest.value = {
        at: now(),
        aheadMs: reply.serverTime === null ? null : now() - reply.serverTime,
      };
      store.keepStanding({ state: 'enrolled', token, settings: reply.settings });
      settings.value = reply.settings;
      await loadChannels();
    } else if (reply.kind === 'refused' && reply.problem === 'kiosk-unknown') {
      store.keepStanding({ state: 'revoked' });
      heard.onNews();
    } else if (standing.state === 'linked')
      heard.onTrouble(reply.kind === 'refused' ? 'link-used' : 'unreachable');
  }

  const contact: ServerContact = {
    settings,
    channels,
    latest,
    readSettings() {
      settings.value = settingsOf(store.readStanding());
    },
    async readChannels() {
      const codes = settings.value?.channels ?? [];
      const kept = await Promise.all(codes.map((code) => effects.channels.read(code)));
      await showChannels(kept.filter((channel) => channel !== null));
    },
    async reach(link) {
      if (link !== undefined) anotherLink = link;
      if (isReaching) return;
      isReaching = true;
      const before = latest.value;
      await askServer();
      isReaching = false;
      const hasReached = latest.value !== before;
      reachedAt = now() - (hasReached ? 0 : CONTACT_EVERY_MS - RETRY_MS);
    },
    tick() {
      const passed = now() - reachedAt;
      if (passed < 0 || passed >= CONTACT_EVERY_MS) void contact.reach();
    },
  };
  return contact;
}
