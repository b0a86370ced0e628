import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which of the two databases a migration is for. */
export type Dialect = 'sqlite' | 'postgres';

const RESPONSE_TABLES = ['responses', 'conflicts', 'quarantine'] as const;

/**
 * The key of the response tables is the random id alone. On SQLite WITHOUT ROWID keeps the rows in the order of that id, so
 * that the file does not tell who answered after whom.
 */
export function firstTables(dialect: Dialect): Migration {
  return {
    async up(database: Kysely<never>) {
      await database.schema
        .createTable('organizations')
        .addColumn('id', 'text', (column) => column.primaryKey().notNull())
        .addColumn('parent', 'text', (column) => column.references('organizations.id'))
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('names', 'text', (column) => column.notNull())
        .execute();

      await database.schema
        .createTable('assessments')
        .addColumn('organization_id', 'text', (column) =>
          column.notNull().references('organizations.id'),
        )
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('fiscal_year', 'integer', (column) => column.notNull())
        .addColumn('instruments', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('assessments_key', ['organization_id', 'id'])
        .execute();
      await database.schema
        .createIndex('assessments_by_id')
        .on('assessments')
        .column('id')
        .execute();

      await database.schema
        .createTable('departments')
        .addColumn('organization_id', 'text', (column) => column.notNull())
        .addColumn('assessment_id', 'text', (column) => column.notNull())
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('names', 'text', (column) => column.notNull())
        .addColumn('targets', 'text', (column) => column.notNull())
        .addColumn('retired', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('departments_key', ['organization_id', 'assessment_id', 'number'])
        .addForeignKeyConstraint(
          'departments_assessment',
          ['organization_id', 'assessment_id'],
          'assessments',
          ['organization_id', 'id'],
        )
        .execute();

      await database.schema
        .createTable('channels')
        .addColumn('code', 'text', (column) => column.primaryKey().notNull())
        .addColumn('organization_id', 'text', (column) => column.notNull())
        .addColumn('assessment_id', 'text', (column) => column.notNull())
        .addColumn('instrument', 'text', (column) => column.notNull())
        .addColumn('department', 'integer')
        .addColumn('service', 'integer')
        .addColumn('state', 'text', (column) =>
          column.notNull().check(sql`state in ('open', 'closed')`),
        )
        .addForeignKeyConstraint(
          'channels_assessment',
          ['organization_id', 'assessment_id'],
          'assessments',
          ['organization_id', 'id'],
        )
        .execute();
      await database.schema
        .createIndex('channels_by_assessment')
        .on('channels')
        .columns(['organization_id', 'assessment_id', 'instrument', 'department'])
        .unique()
        .execute();

      for (const table of RESPONSE_TABLES) {
        const withoutKey = database.schema
          .createTable(table)
          .addColumn('id', 'text', (column) => column.notNull())
          .addColumn('channel', 'text', (column) => column.notNull().references('channels.code'))
          .addColumn('day', 'text', (column) => column.notNull())
          .addColumn('digest', 'text', (column) => column.notNull())
          .addColumn('body', 'text', (column) => column.notNull());
        // Set aside, one id may stand for several bodies: all of them are kept.
        const keyed = withoutKey.addPrimaryKeyConstraint(
          `${table}_key`,
          table === 'responses' ? ['id'] : ['id', 'digest'],
        );
        await (dialect === 'sqlite' ? keyed.modifyEnd(sql`without rowid`) : keyed).execute();
        await database.schema
          .createIndex(`${table}_by_channel`)
          .on(table)
          .columns(['channel', 'id'])
          .execute();
      }

      await database.schema
        .createTable('set_up_tokens')
        .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
        .execute();
    },
  };
}
