/** A season to be gone through: who asks whom, on what. */
export interface Scenario {
  title: string;
  database: 'sqlite' | 'postgres';
  /** Server processes; several only on PostgreSQL. */
  processes: number;
  /** Each with an assessment of the staff and of who visits, and four departments. */
  agencies: number;
  /** Those of the whole season. */
  responses: number;
  /** Days of the season, one of which is gone through in `daySeconds`. */
  days: number;
  daySeconds: number;
  rush: { perSecond: number; seconds: number };
  /** What came on all other days is there after so many seconds, or not all of it. */
  fillSeconds: number;
}

/** What the issue of a season at scale asks for: half an hour. */
export const COUNTRY: Scenario = {
  title: 'the country',
  database: 'postgres',
  processes: 2,
  agencies: 8_300,
  responses: 2_500_000,
  days: 60,
  daySeconds: 120,
  rush: { perSecond: 500, seconds: 600 },
  fillSeconds: 10 * 60,
};

/** A twenty-fifth of the country, at its full rush, which is what a look at it takes. */
export const PART_OF_COUNTRY: Scenario = {
  ...COUNTRY,
  title: 'a twenty-fifth of the country',
  agencies: 330,
  responses: 100_000,
  daySeconds: 30,
  rush: { perSecond: 500, seconds: 60 },
  fillSeconds: 100,
};

/** A large office on a small machine, with all its staff in one hall. */
export const OFFICE: Scenario = {
  title: 'one office',
  database: 'sqlite',
  processes: 1,
  agencies: 1,
  responses: 3_000,
  days: 60,
  daySeconds: 15,
  rush: { perSecond: 30, seconds: 20 },
  fillSeconds: 30,
};
