import type { Card, Outlook } from '#core/contract/card.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Table } from '../parts/table.tsx';
import { absenceText, itemName, levelName } from './card-texts.ts';

type Next = Extract<Outlook, { state: 'next' }>;
type Missing = Extract<Outlook, { state: 'missing' }>;

/** The items that would help most, each with what it could add. */
function Helps({ card, helps }: { card: Card; helps: Next['helps'] }) {
  const { t, texts, formats } = useWords();
  if (helps.length === 0) return null;
  return (
    <>
      <h4 id="card-helps">{t('card.helps')}</h4>
      <p class="hint">{t('card.helpsHint')}</p>
      <Table kind="table-scores" labelledBy="card-helps">
        <thead>
          <tr>
            <th scope="col">{t('card.item')}</th>
            <th scope="col" class="number">
              {t('card.score')}
            </th>
            <th scope="col" class="number wrap">
              {t('card.itaGain')}
            </th>
            <th scope="col" class="number wrap">
              {t('card.reaches')}
            </th>
          </tr>
        </thead>
        <tbody>
          {helps.map(({ tool, code, score, itaGain, reachesAt }) => (
            <tr key={code}>
              <th scope="row">
                <span class="item-code">{code}</span>{' '}
                {itemName(
                  texts,
                  card.tools.find((known) => known.tool === tool)?.instrument ?? null,
                  code,
                )}
              </th>
              <td class="number">{formats.score(score)}</td>
              <td class="number">+{formats.score(itaGain)}</td>
              <td class="number wrap">
                {reachesAt === null ? t('card.notAlone') : formats.score(reachesAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function NextLevel({ card, next }: { card: Card; next: Next }) {
  const { t, formats } = useWords();
  return (
    <>
      <h3>{t('card.nextTitle', { level: levelName(t, next.level) })}</h3>
      <ul class="findings">
        {next.itaGap === null ? null : (
          <li>
            <Icon name="behind" />
            <span>{t('card.itaGap', { gap: formats.score(next.itaGap) })}</span>
          </li>
        )}
        {next.toolGaps.map(({ tool, gap }) => (
          <li key={tool}>
            <Icon name="behind" />
            <span>{t('card.toolGap', { tool, gap: formats.score(gap) })}</span>
          </li>
        ))}
      </ul>
      <Helps card={card} helps={next.helps} />
    </>
  );
}

/** What the missing tools have to score together for each level. */
function Needs({ missing, tools }: { missing: Missing; tools: string }) {
  const { t, formats } = useWords();
  return (
    <>
      <p>
        {t('card.best', {
          tools,
          ita: formats.score(missing.best.ita),
          level: levelName(t, missing.best.level),
        })}
      </p>
      <Table kind="table-scores" label={t('card.needsTitle', { tools })}>
        <thead>
          <tr>
            <th scope="col">{t('card.needsLevel')}</th>
            <th scope="col" class="number wrap">
              {t('card.needsTitle', { tools })}
            </th>
          </tr>
        </thead>
        <tbody>
          {missing.needs.map(({ level, score }) => (
            <tr key={level}>
              <th scope="row">{levelName(t, level)}</th>
              <td class="number">{score === null ? t('card.outOfReach') : formats.score(score)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function MissingTools({ card, missing }: { card: Card; missing: Missing }) {
  const { t } = useWords();
  const tools = missing.tools.map(({ tool }) => tool).join(', ');
  // Of nothing there is nothing to foretell.
  const isAnyKnown = missing.tools.length < card.tools.length;
  return (
    <>
      <h3>{t('card.missingTitle')}</h3>
      <ul class="findings">
        {missing.tools.map(({ tool, absence }) => {
          const why = `${tool}: ${absenceText(t, tool, absence)}`;
          return (
            <li key={tool}>
              <Icon name="waiting" />
              {tool === 'OIT' ? (
                <Link to={{ page: 'oit' }} class="missing-link">
                  {why}
                </Link>
              ) : (
                <span>{why}</span>
              )}
            </li>
          );
        })}
      </ul>
      {isAnyKnown ? <Needs missing={missing} tools={tools} /> : null}
    </>
  );
}

/** What keeps from the next level, or what is missing for any. */
export function OutlookNote({ card }: { card: Card }) {
  const { t } = useWords();
  const { outlook } = card;
  if (outlook.state === 'next') return <NextLevel card={card} next={outlook} />;
  if (outlook.state === 'missing') return <MissingTools card={card} missing={outlook} />;
  return (
    <p class="finding-fine">
      <Icon name="check" />
      {t('card.highest')}
    </p>
  );
}
