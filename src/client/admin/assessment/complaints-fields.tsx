import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { MAX_COMPLAINT_CHANNELS } from '#core/contract/complaints.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { TextField } from '../parts/text-field.tsx';
import {
  complaintAddressField,
  complaintNameField,
  emptyComplaint,
  type ComplaintForm,
} from './complaint-form.ts';
import { NamesFields } from './names-fields.tsx';

interface ComplaintsFieldsProps {
  complaints: readonly ComplaintForm[];
  problemOf: (field: string) => string | undefined;
  onChange: (complaints: ComplaintForm[]) => void;
}

/** Where respondents are told that they can complain. One that was removed can be had back. */
export function ComplaintsFields({ complaints, problemOf, onChange }: ComplaintsFieldsProps) {
  const { t, formats } = useWords();
  const removed = useSignal<{ complaint: ComplaintForm; index: number } | null>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const toFocus = useRef<'undo' | number | null>(null);

  // What was pressed is gone, and the focus with it.
  useEffect(() => {
    const target = toFocus.current;
    toFocus.current = null;
    if (target === 'undo') undo.current?.focus();
    else if (target !== null) document.getElementById(complaintNameField(target, 'th'))?.focus();
  });

  function add() {
    removed.value = null;
    toFocus.current = complaints.length;
    onChange([...complaints, emptyComplaint()]);
  }

  function remove(complaint: ComplaintForm, index: number) {
    removed.value = { complaint, index };
    toFocus.current = 'undo';
    onChange(complaints.filter((_, at) => at !== index));
  }

  function takeBack() {
    if (!removed.value) return;
    const { complaint, index } = removed.value;
    removed.value = null;
    toFocus.current = index;
    onChange([...complaints.slice(0, index), complaint, ...complaints.slice(index)]);
  }

  return (
    <>
      {complaints.map((complaint, index) => {
        const change = (changes: Partial<ComplaintForm>) =>
          onChange(
            complaints.map((known, at) => (at === index ? { ...known, ...changes } : known)),
          );
        const number = formats.count(index + 1);
        return (
          <fieldset key={complaintAddressField(index)} class="form">
            <legend>{t('settings.complaint', { n: number })}</legend>
            <NamesFields
              label={t('settings.complaintName')}
              name={complaint.name}
              fieldOf={(language) => complaintNameField(index, language)}
              problemOf={problemOf}
              onChange={(name) => change({ name })}
            />
            <TextField
              id={complaintAddressField(index)}
              label={t('settings.complaintAddress')}
              hint={t('settings.complaintAddressHint')}
              value={complaint.address}
              problem={problemOf(complaintAddressField(index))}
              onInput={(address) => change({ address })}
            />
            <div class="form-acts">
              <button
                type="button"
                class="button button-quiet"
                onClick={() => remove(complaint, index)}
              >
                {t('settings.removeComplaint')}
                <span class="visually-hidden"> {number}</span>
              </button>
            </div>
          </fieldset>
        );
      })}
      <div class="form-acts">
        {complaints.length < MAX_COMPLAINT_CHANNELS && (
          <button type="button" class="button" onClick={add}>
            <Icon name="plus" />
            {t('settings.addComplaint')}
          </button>
        )}
        <output>{removed.value ? t('settings.complaintRemoved') : ''}</output>
        {removed.value && complaints.length < MAX_COMPLAINT_CHANNELS ? (
          <button type="button" class="button button-quiet" ref={undo} onClick={takeBack}>
            {t('settings.undo')}
            <span class="visually-hidden">: {t('settings.complaintRemoved')}</span>
          </button>
        ) : null}
      </div>
    </>
  );
}
