import type { Tables } from './tables.ts';

/** The tables that have such a column. */
export type TablesWith<Column extends string> = {
  [Table in keyof Tables]: Column extends keyof Tables[Table] ? Table : never;
}[keyof Tables];

/** The names of a record that has to have them all. */
export const namesOf = <Name extends string>(tables: Readonly<Record<Name, unknown>>) =>
  Object.keys(tables) as Name[];
