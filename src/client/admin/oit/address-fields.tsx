import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { TextField } from '../parts/text-field.tsx';
import { entryField, hasRoomForUrl, type EntryFieldName, type EntryForm } from './entry-form.ts';

interface AddressFieldsProps {
  item: string;
  form: EntryForm;
  problemOf: (field: EntryFieldName) => string | undefined;
  onChange: (urls: readonly string[]) => void;
}

/** The addresses of the pages on which an item is: one field each. One that was removed can be had back. */
export function AddressFields({ item, form, problemOf, onChange }: AddressFieldsProps) {
  const { t, formats } = useWords();
  const { urls } = form;
  const removed = useSignal<{ url: string; index: number } | null>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const toFocus = useRef<'new' | 'undo' | number | null>(null);

  // What was pressed is gone, and the focus with it.
  useEffect(() => {
    const target = toFocus.current;
    toFocus.current = null;
    if (target === 'undo') undo.current?.focus();
    else if (target !== null)
      document
        .getElementById(entryField(item, `url-${target === 'new' ? urls.length - 1 : target}`))
        ?.focus();
  });

  function add() {
    removed.value = null;
    toFocus.current = 'new';
    onChange([...urls, '']);
  }

  function remove(index: number) {
    removed.value = { url: urls[index] ?? '', index };
    toFocus.current = 'undo';
    onChange(urls.filter((_, at) => at !== index));
  }

  function takeBack() {
    if (!removed.value) return;
    const { url, index } = removed.value;
    removed.value = null;
    toFocus.current = index;
    onChange([...urls.slice(0, index), url, ...urls.slice(index)]);
  }

  return (
    <div class="oit-addresses">
      {urls.map((url, index) => {
        const number = formats.count(index + 1);
        const field: EntryFieldName = `url-${index}`;
        return (
          <div key={field} class="oit-address">
            <TextField
              id={entryField(item, field)}
              label={index === 0 ? t('oit.url') : t('oit.furtherUrl', { n: number })}
              hint={index === 0 ? t('oit.urlHint') : undefined}
              value={url}
              problem={problemOf(field)}
              onInput={(typed) => onChange(urls.map((known, at) => (at === index ? typed : known)))}
            />
            {urls.length > 1 ? (
              <button type="button" class="button button-quiet" onClick={() => remove(index)}>
                {t('oit.removeUrl')}
                <span class="visually-hidden"> {number}</span>
              </button>
            ) : null}
          </div>
        );
      })}
      <div class="form-acts">
        {hasRoomForUrl(form) ? (
          <button type="button" class="button" onClick={add}>
            <Icon name="plus" />
            {t('oit.addUrl')}
          </button>
        ) : null}
        <output>{removed.value ? t('oit.urlRemoved') : ''}</output>
        {removed.value ? (
          <button type="button" class="button button-quiet" ref={undo} onClick={takeBack}>
            {t('oit.undo')}
            <span class="visually-hidden">: {t('oit.urlRemoved')}</span>
          </button>
        ) : null}
      </div>
    </div>
  );
}
