import type { Card } from '#core/contract/card.ts';
import type { Measure } from '#core/contract/measures.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { itemsToRaise, subjectName } from './measures-view.ts';

const MOST = 5;

interface ItemsToRaiseProps {
  card: Card;
  measures: readonly Measure[];
  onAdd: (item: string) => void;
}

/** The weakest items that no measure is about; each begins one. */
export function ItemsToRaise({ card, measures, onAdd }: ItemsToRaiseProps) {
  const { t, texts, formats } = useWords();
  const items = itemsToRaise(card, measures, MOST);
  if (items.length === 0) return null;
  return (
    <section class="card items-to-raise" aria-labelledby="items-to-raise">
      <h2 id="items-to-raise">{t('measures.weakTitle')}</h2>
      <p class="hint">{t('measures.weakText')}</p>
      <ul>
        {items.map(({ code, score }) => (
          <li key={code}>
            <span class="item-code">{code}</span>
            <span>{subjectName(card, texts, { type: 'item', item: code })}</span>
            <strong>{formats.score(score)}</strong>
            <button type="button" class="button button-quiet" onClick={() => onAdd(code)}>
              <Icon name="plus" />
              {t('measures.addFor')}
              <span class="visually-hidden"> {code}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
