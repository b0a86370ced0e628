// Every table and column that a database of this product may have. A column that is added without being added here fails
// the test, and docs/privacy.md has to say what it is for.

const RESPONSE_COLUMNS = ['body', 'channel', 'day', 'digest', 'id'];

export const ALLOWED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  responses: RESPONSE_COLUMNS,
  conflicts: RESPONSE_COLUMNS,
  quarantine: [...RESPONSE_COLUMNS, 'protocol'],
  device_reports: [
    'acknowledged',
    'channel',
    'finished',
    'id',
    'refused',
    'refused_because',
    'reported_on',
    'revision',
    'storage_nearly_full',
    'waiting',
    'waiting_since',
    'written_off',
  ],
  organizations: ['id', 'kind', 'names', 'parent'],
  assessments: [
    'closes_on',
    'deleted_on',
    'fiscal_year',
    'id',
    'instruments',
    'opens_on',
    'organization_id',
    'state',
    'suppression_threshold',
  ],
  departments: [
    'assessment_id',
    'head_count',
    'names',
    'number',
    'organization_id',
    'retired',
    'targets',
  ],
  channels: [
    'assessment_id',
    'code',
    'department',
    'instrument',
    'organization_id',
    'service',
    'state',
  ],
  oit_checklists: ['assessment_id', 'entries', 'instrument', 'organization_id', 'weights'],
  entered_figures: ['assessment_id', 'figures', 'organization_id'],
  measures: ['assessment_id', 'id', 'measure', 'organization_id'],
  set_up_tokens: ['hash'],
  audit_log: ['account', 'action', 'assessment', 'details', 'hash', 'moment', 'name', 'number'],
  audit_head: ['hash', 'id', 'number'],
  database_life: ['epoch', 'id', 'place'],
  user: [
    'createdAt',
    'email',
    'emailVerified',
    'id',
    'image',
    'name',
    'role',
    'twoFactorEnabled',
    'updatedAt',
    'username',
  ],
  account: [
    'accessToken',
    'accessTokenExpiresAt',
    'accountId',
    'createdAt',
    'id',
    'idToken',
    'password',
    'providerId',
    'refreshToken',
    'refreshTokenExpiresAt',
    'scope',
    'updatedAt',
    'userId',
  ],
  session: [
    'createdAt',
    'expiresAt',
    'id',
    'ipAddress',
    'token',
    'updatedAt',
    'userAgent',
    'userId',
  ],
  twoFactor: [
    'backupCodes',
    'failedVerificationCount',
    'id',
    'lockedUntil',
    'secret',
    'userId',
    'verified',
  ],
  invitations: ['expires_at', 'hash', 'id', 'role'],
  verification: ['createdAt', 'expiresAt', 'id', 'identifier', 'updatedAt', 'value'],
  kysely_migration: ['name', 'timestamp'],
  kysely_migration_lock: ['id', 'is_locked'],
};

/** The columns of each table, from rows in order of table and column. */
export function columnsByTable(
  rows: readonly { table: string; column: string }[],
): Record<string, string[]> {
  const tables = [...new Set(rows.map(({ table }) => table))];
  return Object.fromEntries(
    tables.map((name) => [
      name,
      rows.filter(({ table }) => table === name).map(({ column }) => column),
    ]),
  );
}
