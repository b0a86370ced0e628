import { StartProblem } from '../start-problem.ts';
import { databaseFile, lifeFile } from './data-files.ts';
import { NewerDatabase, OlderDatabase } from './migrate.ts';
import { MissingDatabase } from './open-database.ts';
import { HastyDatabase, NoStandby } from './postgres.ts';
import { isDamage } from './storage-error.ts';

const READ_ONLY = /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS)/;
const BUSY = /^(SQLITE_BUSY|SQLITE_LOCKED)/;

const NEWER =
  'was used by a newer version of this program: start that version, or put a backup of this one back.';

const OLDER =
  'is not of this version yet: start the server once with it (or wait, where it is just starting), then try again.';

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** PostgreSQL's names for what waited too long for another: a statement, a lock. */
const WAITED = /^(57014|55P03)$/;

/** PostgreSQL's names for no such database, and for what a role may not. */
const NO_DATABASE = '3D000';
const FORBIDDEN = '42501';

/** Its names for a role, a password or a place from which it lets nobody in. */
const SHUT_OUT = /^28/;

/** Nobody answers there, or it still starts or just ends (57P03). */
const AWAY = /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENET|57P03)/;

/** Node's names for a certificate that nobody vouches for, or of another host. */
const CERTIFICATE = /CERT|SIGNATURE/;

/** What a standby says that nobody has promoted. */
const STILL_STANDBY = '25006';

function sqliteSentence(error: unknown, dataDir: string): string {
  const file = databaseFile(dataDir);
  if (isDamage(error))
    return `The database ${file} is damaged: put the latest backup back with \`npm run restore -- <backup folder>\`, which keeps the damaged file too.`;
  if (error instanceof MissingDatabase)
    return `The database ${file} is gone or empty: put the latest backup back with \`npm run restore -- <backup folder>\`, or remove ${lifeFile(dataDir)} to begin without answers.`;
  if (error instanceof NewerDatabase) return `The database ${file} ${NEWER}`;
  if (error instanceof OlderDatabase) return `The database ${file} ${OLDER}`;
  const code = codeOf(error);
  if (BUSY.test(code))
    return `The database ${file} is held by another program: close that program, such as a tool for databases.`;
  if (READ_ONLY.test(code))
    return `The database ${file} cannot be written: let the server's user write to it, to the files beside it and to their folder.`;
  return `The database in ${dataDir} cannot be opened: check that the disk has space and that the files belong to the server's user.`;
}

/** Why the SQLite database in the folder cannot be used, as the sentence that says the mend. */
export function sqliteProblem(error: unknown, dataDir: string): StartProblem {
  return new StartProblem(sqliteSentence(error, dataDir), error);
}

function postgresSentence(error: unknown): string {
  if (error instanceof NewerDatabase) return `The PostgreSQL database ${NEWER}`;
  if (error instanceof OlderDatabase) return `The PostgreSQL database ${OLDER}`;
  const code = codeOf(error);
  if (WAITED.test(code))
    return 'The PostgreSQL database is held by another program, such as a server that brings its tables up to date: wait until that has ended, then try again.';
  if (error instanceof HastyDatabase)
    return 'PostgreSQL is set to answer before a commit is on disk: set synchronous_commit and fsync to on, for this database and its role too, or a power cut loses answers.';
  if (error instanceof NoStandby)
    return 'STANDBY=required, and PostgreSQL does not wait for a standby: set synchronous_standby_names to its name and synchronous_commit to on (docs/deploy.md), or leave STANDBY out.';
  if (code === NO_DATABASE)
    return 'PostgreSQL has no database of the name that DATABASE_URL gives: make it, owned by the role that is named there (createdb --owner).';
  if (code === FORBIDDEN)
    return 'The role that DATABASE_URL names may not make or use the tables of its database: let it own the database, and what is in it.';
  if (code === STILL_STANDBY)
    return 'PostgreSQL takes no answers, as it is a standby: promote it, or give the primary in DATABASE_URL (docs/deploy.md).';
  if (SHUT_OUT.test(code))
    return `The PostgreSQL database cannot be used (${code}): it runs and does not let the server in, so check the name and password in DATABASE_URL, and its pg_hba.conf.`;
  if (CERTIFICATE.test(code))
    return `The PostgreSQL database cannot be used (${code}): name its certificate with sslrootcert in DATABASE_URL, which has to be for the host there (docs/deploy.md).`;
  if (AWAY.test(code))
    return `The PostgreSQL database cannot be used (${code}): check that it runs, and that it listens at the host and port that DATABASE_URL gives.`;
  return 'The PostgreSQL database cannot be used: check that it runs and that DATABASE_URL names it with the right password.';
}

/** Why the PostgreSQL database cannot be used. */
export function postgresProblem(error: unknown): StartProblem {
  return new StartProblem(postgresSentence(error), error);
}
