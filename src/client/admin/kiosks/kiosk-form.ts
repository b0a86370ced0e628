import {
  DEFAULT_IDLE_SECONDS,
  type Kiosk,
  type KioskChange,
  kioskChangeSchema,
  type NewKiosk,
  newKioskSchema,
} from '#core/contract/kiosk.ts';
import { inArabicDigits } from '#core/typed-digits.ts';
import { readNumber } from '../assessment/draft-form.ts';

/** A counter's tablet as it is typed. */
export interface KioskForm {
  name: string;
  channels: readonly string[];
  idleSeconds: string;
  /** Empty for one that is there already: its PIN stays. */
  pin: string;
}

export const KIOSK_FIELDS = ['name', 'channels', 'idleSeconds', 'pin'] as const;

export type KioskField = (typeof KIOSK_FIELDS)[number];

export const NEW_KIOSK: KioskForm = {
  name: '',
  channels: [],
  idleSeconds: String(DEFAULT_IDLE_SECONDS),
  pin: '',
};

export function formOf({ name, channels, idleSeconds }: Kiosk): KioskForm {
  return { name, channels, idleSeconds: String(idleSeconds), pin: '' };
}

/** What is typed as it travels, or which fields are wrong. */
export type ReadKiosk<Value> =
  | { state: 'valid'; value: Value }
  | { state: 'invalid'; wrong: readonly KioskField[] };

function typedIn({ name, channels, idleSeconds, pin }: KioskForm) {
  return { name, channels, idleSeconds: readNumber(idleSeconds), pin: inArabicDigits(pin).trim() };
}

function wrongFields(issues: readonly { path: readonly PropertyKey[] }[]): readonly KioskField[] {
  return KIOSK_FIELDS.filter((field) => issues.some(({ path }) => path[0] === field));
}

export function readNewKiosk(form: KioskForm): ReadKiosk<NewKiosk> {
  const read = newKioskSchema.safeParse(typedIn(form));
  return read.success
    ? { state: 'valid', value: read.data }
    : { state: 'invalid', wrong: wrongFields(read.error.issues) };
}

export function readKioskChange(form: KioskForm): ReadKiosk<KioskChange> {
  const { pin, ...settings } = typedIn(form);
  const read = kioskChangeSchema.safeParse(pin === '' ? settings : { ...settings, pin });
  return read.success
    ? { state: 'valid', value: read.data }
    : { state: 'invalid', wrong: wrongFields(read.error.issues) };
}

/** The choice with a channel more or less, in the order of the list. */
export function withChannel(
  chosen: readonly string[],
  code: string,
  isChosen: boolean,
  all: readonly string[],
): readonly string[] {
  return all.filter((known) => (known === code ? isChosen : chosen.includes(known)));
}
