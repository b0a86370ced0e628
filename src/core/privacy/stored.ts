// All that is kept of anybody, and where: what the privacy page and docs/privacy.md list, and what the tests compare with the
// database, the device, the response and the log. What is not on these lists must not be there; what is on them and is about
// the people who answer has words in four languages in locales/<lang>/privacy.json.

/** A table. `words`: under which key of `stored` its columns are explained; tables of one kind share one. */
interface RespondentTable {
  readonly about: 'respondents';
  readonly words: 'response' | 'sum' | 'report';
  readonly columns: readonly string[];
}

/** A table in which nothing is about anybody who answers. Its columns are explained in docs/privacy.md alone. */
interface OtherTable {
  readonly about: 'office' | 'accounts' | 'program';
  readonly columns: readonly string[];
}

const OF_A_PLACE = ['organization_id', 'fiscal_year'] as const;

const RESPONSE_COLUMNS = [...OF_A_PLACE, 'id', 'channel', 'day', 'digest', 'body'] as const;

const OF_AN_INSTRUMENT = ['organization_id', 'assessment_id', 'instrument'] as const;

/** Every table of the database with every column. */
export const STORED_TABLES: Readonly<Record<string, RespondentTable | OtherTable>> = {
  responses: {
    about: 'respondents',
    words: 'response',
    columns: [...RESPONSE_COLUMNS, 'display'],
  },
  conflicts: {
    about: 'respondents',
    words: 'response',
    columns: [...RESPONSE_COLUMNS, 'protocol'],
  },
  quarantine: {
    about: 'respondents',
    words: 'response',
    columns: [...RESPONSE_COLUMNS, 'protocol'],
  },
  uncounted: {
    about: 'respondents',
    words: 'response',
    columns: [...RESPONSE_COLUMNS, 'reason'],
  },
  unfolded: { about: 'respondents', words: 'sum', columns: [...OF_A_PLACE, 'id'] },
  tallies: {
    about: 'respondents',
    words: 'sum',
    columns: [...OF_AN_INSTRUMENT, 'dimension', 'value', 'n', 'items'],
  },
  combinations: {
    about: 'respondents',
    words: 'sum',
    columns: [...OF_AN_INSTRUMENT, 'combination', 'n'],
  },
  day_counts: {
    about: 'respondents',
    words: 'sum',
    columns: ['organization_id', 'assessment_id', 'channel', 'day', 'n'],
  },
  device_reports: {
    about: 'respondents',
    words: 'report',
    columns: [
      ...OF_A_PLACE,
      'id',
      'channel',
      'revision',
      'finished',
      'acknowledged',
      'waiting',
      'refused',
      'refused_because',
      'waiting_since',
      'reported_on',
      'storage_nearly_full',
      'written_off',
    ],
  },
  displays: { about: 'office', columns: ['channel', 'id', 'secret', 'hash', 'expires_at'] },
  organizations: {
    about: 'office',
    columns: ['id', 'parent', 'kind', 'names', 'position', 'plan'],
  },
  assessments: {
    about: 'office',
    columns: [
      'organization_id',
      'id',
      'fiscal_year',
      'kept_year',
      'instruments',
      'suppression_threshold',
      'complaints',
      'state',
      'opens_on',
      'closes_on',
      'deleted_on',
    ],
  },
  departments: {
    about: 'office',
    columns: [
      'organization_id',
      'assessment_id',
      'number',
      'names',
      'targets',
      'head_count',
      'retired',
    ],
  },
  channels: {
    about: 'office',
    columns: [
      'code',
      'organization_id',
      'assessment_id',
      'instrument',
      'department',
      'service',
      'state',
    ],
  },
  oit_checklists: {
    about: 'office',
    columns: ['organization_id', 'assessment_id', 'instrument', 'weights', 'entries'],
  },
  entered_figures: { about: 'office', columns: ['organization_id', 'assessment_id', 'figures'] },
  measures: { about: 'office', columns: ['organization_id', 'assessment_id', 'id', 'measure'] },
  seal_secrets: {
    about: 'office',
    columns: ['organization_id', 'assessment_id', 'secret', 'keys'],
  },
  kiosks: {
    about: 'office',
    columns: [
      'organization_id',
      'assessment_id',
      'id',
      'name',
      'channels',
      'idle_seconds',
      'pin_salt',
      'pin_hash',
      'link_hash',
      'link_expires_at',
      'token_hash',
      'seen_on',
    ],
  },
  staff_code_rules: {
    about: 'office',
    columns: ['organization_id', 'assessment_id', 'is_demanded', 'secret'],
  },
  staff_codes: {
    about: 'office',
    columns: ['organization_id', 'assessment_id', 'department', 'hash', 'spent'],
  },
  set_up_tokens: { about: 'accounts', columns: ['hash', 'expires_at'] },
  failed_attempts: { about: 'accounts', columns: ['action', 'account', 'name', 'more', 'until'] },
  recovery_links: { about: 'accounts', columns: ['account', 'hash', 'expires_at'] },
  audit_log: {
    about: 'accounts',
    columns: ['number', 'moment', 'account', 'name', 'action', 'assessment', 'details', 'hash'],
  },
  audit_head: { about: 'accounts', columns: ['id', 'number', 'hash'] },
  audit_intents: {
    about: 'accounts',
    columns: ['id', 'moment', 'account', 'name', 'action', 'assessment', 'details'],
  },
  invitations: {
    about: 'accounts',
    columns: ['id', 'hash', 'role', 'expires_at', 'branch', 'made_by'],
  },
  user: {
    about: 'accounts',
    columns: [
      'id',
      'name',
      'username',
      'email',
      'emailVerified',
      'image',
      'createdAt',
      'updatedAt',
      'role',
      'branch',
      'twoFactorEnabled',
    ],
  },
  account: {
    about: 'accounts',
    columns: [
      'id',
      'userId',
      'accountId',
      'providerId',
      'password',
      'accessToken',
      'refreshToken',
      'idToken',
      'accessTokenExpiresAt',
      'refreshTokenExpiresAt',
      'scope',
      'createdAt',
      'updatedAt',
    ],
  },
  session: {
    about: 'accounts',
    columns: [
      'id',
      'userId',
      'token',
      'expiresAt',
      'ipAddress',
      'userAgent',
      'createdAt',
      'updatedAt',
    ],
  },
  twoFactor: {
    about: 'accounts',
    columns: [
      'id',
      'userId',
      'secret',
      'backupCodes',
      'verified',
      'failedVerificationCount',
      'lockedUntil',
    ],
  },
  passkey: {
    about: 'accounts',
    columns: [
      'id',
      'userId',
      'name',
      'credentialID',
      'publicKey',
      'counter',
      'deviceType',
      'backedUp',
      'transports',
      'createdAt',
      'aaguid',
    ],
  },
  verification: {
    about: 'accounts',
    columns: ['id', 'identifier', 'value', 'expiresAt', 'createdAt', 'updatedAt'],
  },
  tally_states: {
    about: 'program',
    columns: [...OF_AN_INSTRUMENT, 'basis', 'counted_to', 'unreadable', 'count'],
  },
  database_life: { about: 'program', columns: ['id', 'epoch', 'place'] },
  limits: { about: 'program', columns: ['mark', 'count', 'until'] },
  limit_secrets: { about: 'program', columns: ['hour', 'secret'] },
  kysely_migration: { about: 'program', columns: ['name', 'timestamp'] },
  kysely_migration_lock: { about: 'program', columns: ['id', 'is_locked'] },
};

/** The parts of a response: what the column `body` has in it. */
export const RESPONSE_PARTS = [
  'instrument',
  'language',
  'answers',
  'respondent',
  'day',
  'quality',
] as const;

/** Tables of the device's own database. */
export const DEVICE_TABLES = ['outbox', 'acknowledged', 'counters', 'leases', 'calendar'] as const;

/** What else lies on the device: the tab's storage while somebody answers, and what the survey needs without network. */
export const DEVICE_PLACES = ['draft', 'channels', 'app'] as const;

/** A line of the server's log about a request; a logger adds the moment. */
export const LOGGED = ['method', 'route', 'status', 'ms'] as const;

/** The columns of the tables that are explained under a key, each once. */
export function columnsOf(words: RespondentTable['words']): string[] {
  const tables = Object.values(STORED_TABLES);
  return [
    ...new Set(
      tables.flatMap((table) =>
        table.about === 'respondents' && table.words === words ? table.columns : [],
      ),
    ),
  ];
}
