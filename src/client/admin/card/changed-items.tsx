import type { Card } from '#core/contract/card.ts';
import type { Comparison } from '#core/scoring/comparison.ts';
import { useWords } from '../admin.ts';
import { Table } from '../parts/table.tsx';
import { itemName } from './card-texts.ts';
import { ChangeCell } from './change-cell.tsx';

interface ChangedItemsProps {
  card: Card;
  comparison: Comparison;
  before: string;
}

/** Every item beside what it was before. */
export function ChangedItems({ card, comparison, before }: ChangedItemsProps) {
  const { t, texts, formats } = useWords();
  const instrumentOf = (wanted: string) =>
    card.tools.find(({ tool }) => tool === wanted)?.instrument ?? null;
  return (
    <details class="more">
      <summary>{t('card.items')}</summary>
      <Table kind="table-scores" label={t('card.items')}>
        <thead>
          <tr>
            <th scope="col">{t('card.item')}</th>
            <th scope="col" class="number">
              {t('card.score')}
            </th>
            <th scope="col" class="number">
              {before}
            </th>
          </tr>
        </thead>
        <tbody>
          {card.items.map(({ code, tool, score }) => (
            <tr key={code}>
              <th scope="row">
                <span class="item-code">{code}</span> {itemName(texts, instrumentOf(tool), code)}
              </th>
              <td class="number">{formats.score(score)}</td>
              <ChangeCell change={comparison.items[code]} />
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
