import { TextField } from './text-field.tsx';

/** How many one finds without searching. */
const FEW = 8;

interface SearchFieldProps {
  id: string;
  label: string;
  /** How many there are to search through; the field is there only where they are many. */
  among: number;
  value: string;
  onInput: (value: string) => void;
}

/** Narrows a list that may be long. */
export function SearchField({ among, ...field }: SearchFieldProps) {
  return among > FEW ? <TextField {...field} type="search" /> : null;
}
