import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { MOST_STAFF_CODES, type MadeStaffCodes } from '#core/contract/staff-codes.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { readNumber } from '../assessment/draft-form.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { takeFocus } from '../parts/stand-in-focus.ts';
import { Sure } from '../parts/sure.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAct } from '../parts/use-act.ts';

interface DepartmentCodesProps {
  assessment: string;
  department: Assessment['departments'][number];
  standing: { made: number; spent: number };
  mayChange: boolean;
  onMade: (made: MadeStaffCodes) => void;
}

/** How many codes a department has, and the making of more. */
export function DepartmentCodes(props: DepartmentCodesProps) {
  const { department, standing, mayChange, ...rest } = props;
  const { t, language, formats } = useWords();
  const isOpen = useSignal(false);
  const { made, spent } = standing;
  const name = nameIn(language, department.name);
  return (
    <li class="code-department">
      <div class="code-department-head">
        <div>
          <h3>{name}</h3>
          <p>
            {made === 0
              ? t('staffCodes.noneMade')
              : t('staffCodes.standing', {
                  made: formats.count(made),
                  spent: formats.count(spent),
                })}
          </p>
        </div>
        {mayChange && !isOpen.value ? (
          <button
            type="button"
            class="button"
            aria-label={t('staffCodes.makeFor', { name })}
            onClick={() => {
              isOpen.value = true;
            }}
          >
            {t('staffCodes.make')}
          </button>
        ) : null}
      </div>
      {isOpen.value ? (
        <MakeForm
          {...rest}
          department={department}
          unspent={made - spent}
          onLeave={() => {
            isOpen.value = false;
          }}
        />
      ) : null}
    </li>
  );
}

interface MakeFormProps extends Pick<DepartmentCodesProps, 'assessment' | 'department' | 'onMade'> {
  /** How many codes of before nobody has used. */
  unspent: number;
  onLeave: () => void;
}

function MakeForm({ assessment, department, unspent, onMade, onLeave }: MakeFormProps) {
  const { api } = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const typed = useSignal(String(department.headCount ?? ''));
  const isVoiding = useSignal(false);
  const isAsking = useSignal(false);
  const isWrong = useSignal(false);
  const id = `codes-${department.number}`;
  const count = readNumber(typed.value) ?? 0;

  // The button that opened it is gone, and comes back behind it.
  useEffect(() => takeFocus(document.getElementById(id), t('staffCodes.make')), []);

  const make = () =>
    act(async () => {
      onMade(
        await api.makeStaffCodes(assessment, {
          department: department.number,
          count,
          voidsUnspent: isVoiding.value,
        }),
      );
    });

  function submit() {
    isWrong.value = count < 1 || count > MOST_STAFF_CODES;
    if (isWrong.value) {
      document.getElementById(id)?.focus();
      return;
    }
    if (isVoiding.value) isAsking.value = true;
    else void make();
  }

  if (isAsking.value)
    return (
      <>
        <ActProblem error={error} />
        <Sure
          question={t('staffCodes.voidSure', { count: unspent, n: formats.count(unspent) })}
          yes={t('staffCodes.voidYes')}
          no={t('staffCodes.leave')}
          isBusy={isBusy}
          onYes={() => void make()}
          onNo={() => {
            isAsking.value = false;
          }}
        />
      </>
    );
  return (
    <form
      class="form code-make"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ActProblem error={error} />
      <TextField
        id={id}
        label={t('staffCodes.howMany')}
        hint={t('staffCodes.howManyHint')}
        inputMode="numeric"
        maxLength={4}
        value={typed.value}
        problem={
          isWrong.value
            ? t('staffCodes.countInvalid', { most: formats.count(MOST_STAFF_CODES) })
            : undefined
        }
        onInput={(text) => {
          typed.value = text.trim();
          isWrong.value = false;
        }}
      />
      {unspent > 0 ? (
        <fieldset class="segments">
          <legend>{t('staffCodes.before', { count: unspent, n: formats.count(unspent) })}</legend>
          <div class="segments-row">
            {[false, true].map((voids) => (
              <label key={String(voids)} class="segment">
                <input
                  type="radio"
                  name={`${id}-before`}
                  class="visually-hidden"
                  checked={isVoiding.value === voids}
                  onChange={() => {
                    isVoiding.value = voids;
                  }}
                />
                <span>{t(voids ? 'staffCodes.replace' : 'staffCodes.add')}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
      <div class="form-acts">
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {isBusy ? t('staffCodes.making') : t('staffCodes.make')}
        </Button>
        <Button kind="secondary" onPress={onLeave}>
          {t('staffCodes.leave')}
        </Button>
      </div>
    </form>
  );
}
