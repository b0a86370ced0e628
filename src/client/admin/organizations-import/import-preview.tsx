import type { Organization } from '#core/contract/organization.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { Fault, ReadTable } from '#core/organizations/import-table.ts';
import type { ImportPlan } from '#core/organizations/plan-import.ts';
import { useWords } from '../admin.ts';
import { Table } from '../parts/table.tsx';
import { faultText } from './fault-text.ts';

/** More than this are not named one by one. */
const NAMED_FAULTS = 50;
const NAMED_CHANGES = 20;

/** What of a file is not used. */
export function LeftOut({ table }: { table: Extract<ReadTable, { state: 'read' }> }) {
  const { t, formats } = useWords();
  const { headings, ignored } = table;
  return (
    <>
      {headings > 1 ? (
        <p class="hint">{t('orgImport.headingsAt', { row: formats.count(headings) })}</p>
      ) : null}
      {ignored.length > 0 ? (
        <p class="hint">{t('orgImport.ignored', { headings: ignored.join(', ') })}</p>
      ) : null}
    </>
  );
}

/** Every line that is wrong, with what to do. */
export function FaultTable({ faults }: { faults: readonly Fault[] }) {
  const { t, formats } = useWords();
  const left = faults.length - NAMED_FAULTS;
  return (
    <div role="alert">
      <p class="field-problem" id="import-faults">
        {t('orgImport.faulty', { count: faults.length, n: formats.count(faults.length) })}
      </p>
      <Table labelledBy="import-faults">
        <thead>
          <tr>
            <th scope="col">{t('orgImport.row')}</th>
            <th scope="col">{t('orgImport.whatToDo')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.slice(0, NAMED_FAULTS).map((fault) => (
            <tr key={`${fault.row} ${fault.column} ${fault.fault}`}>
              <th scope="row">{formats.count(fault.row)}</th>
              <td>{faultText(t, formats, fault)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {left > 0 ? (
        <p class="hint">{t('orgImport.more', { count: left, n: formats.count(left) })}</p>
      ) : null}
    </div>
  );
}

interface NamesProps {
  title: string;
  of: readonly Organization[];
}

function Names({ title, of }: NamesProps) {
  const { t, language, formats } = useWords();
  if (of.length === 0) return null;
  const left = of.length - NAMED_CHANGES;
  return (
    <details class="import-names">
      <summary>{title}</summary>
      <ul>
        {of.slice(0, NAMED_CHANGES).map((one) => (
          <li key={one.id}>
            {nameIn(language, one.name)}{' '}
            <span class="hint">{t(`organizations.kinds.${one.kind}`)}</span>
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <p class="hint">{t('orgImport.more', { count: left, n: formats.count(left) })}</p>
      ) : null}
    </details>
  );
}

/** What a file would change. */
export function PlanNote({ plan: { added, changed, unchanged } }: { plan: ImportPlan }) {
  const { t, formats } = useWords();
  return (
    <>
      <p class="import-sums">
        {t('orgImport.plan', {
          added: formats.count(added.length),
          changed: formats.count(changed.length),
          unchanged: formats.count(unchanged),
        })}
      </p>
      <Names title={t('orgImport.willAdd')} of={added} />
      <Names title={t('orgImport.willChange')} of={changed.map(({ after }) => after)} />
    </>
  );
}
