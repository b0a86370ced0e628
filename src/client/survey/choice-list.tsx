import { StepMark } from './marks.tsx';
import type { Choice } from './words.ts';

interface ChoiceListProps {
  /** Read out on the way into the group. */
  label: string;
  name: string;
  choices: readonly Choice[];
  /** The option on record; undefined while nothing was chosen. */
  chosen: number | null | undefined;
  /** True where the options are six steps of one thing. */
  isGraded: boolean;
  /** Chosen in whatever way, also by arrow keys. */
  onChoose: (option: number | null) => void;
  /** Chosen by a tap or a click: the person is done here. */
  onTap: (event: MouseEvent) => void;
}

/** The answers as native radio buttons, each over the whole of its row. */
export function ChoiceList(props: ChoiceListProps) {
  const { label, name, choices, chosen, isGraded, onChoose, onTap } = props;
  return (
    <fieldset class="choices">
      <legend class="visually-hidden">{label}</legend>
      {choices.map(({ option, label: words }) => (
        <label key={option} class={option === null ? 'choice choice-aside' : 'choice'}>
          <input
            type="radio"
            name={name}
            value={option ?? ''}
            checked={option === chosen}
            onChange={() => onChoose(option)}
            onClick={(event) => {
              if (event.detail > 0) onTap(event);
            }}
          />
          <span class="choice-face">
            <span class="choice-dot" />
            <span class="choice-words">{words}</span>
            {isGraded && option !== null && <StepMark step={option} />}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
