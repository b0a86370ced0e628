// npm run privacy: puts the tables of docs/privacy.md right after the lists in src/core/privacy or their words have changed.
import { writeFileSync } from 'node:fs';
import { DOCUMENT, readDocument, withTables } from './document.ts';

writeFileSync(DOCUMENT, withTables(readDocument()));
