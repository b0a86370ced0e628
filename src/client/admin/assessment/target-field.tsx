import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import { isShare, withoutPercent } from './draft-form.ts';

interface TargetFieldProps {
  id: string;
  tool: string;
  /** As it is typed: "60", or "80%" of the staff list. */
  value: string;
  problem: string | undefined;
  onInput: (value: string) => void;
}

/** Of this tool the office's staff are asked, so that a share of their number is a target as well. */
const ASKS_STAFF = 'IIT';

function withUnit(typed: string, asShare: boolean): string {
  const plain = withoutPercent(typed);
  return asShare ? `${plain}%` : plain;
}

/** How many responses are wanted of a department: so many, or a share of its staff. */
export function TargetField({ id, tool, value, problem, onInput }: TargetFieldProps) {
  const { t } = useWords();
  const isPercent = isShare(value);
  return (
    <div>
      <TextField
        id={id}
        label={t('departments.target', { tool })}
        inputMode="numeric"
        maxLength={9}
        value={isPercent ? withoutPercent(value) : value}
        problem={problem}
        onInput={(typed) => onInput(withUnit(typed, isPercent || isShare(typed)))}
      />
      {tool === ASKS_STAFF ? (
        <div class="field target-unit">
          <label for={`${id}-unit`} class="visually-hidden">
            {t('departments.unit', { tool })}
          </label>
          <select
            id={`${id}-unit`}
            class="input"
            value={isPercent ? 'share' : 'people'}
            onChange={(event) => onInput(withUnit(value, event.currentTarget.value === 'share'))}
          >
            <option value="people">{t('departments.inPeople')}</option>
            <option value="share">{t('departments.inShare')}</option>
          </select>
        </div>
      ) : null}
    </div>
  );
}
