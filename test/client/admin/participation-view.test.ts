import { describe, expect, it } from 'vitest';
import {
  channelRows,
  dayRow,
  departmentsBehind,
  departmentsShort,
  nobodyBehind,
  shareOf,
  standingOf,
  type InstrumentParticipation,
} from '#client/admin/overview/participation-view.ts';

function participation(
  departments: Array<[department: number | null, n: number, target: number | null]>,
  days: Array<[day: string, n: number]> = [],
): InstrumentParticipation {
  return {
    instrument: 'iit-2567',
    n: departments.reduce((sum, [, n]) => sum + n, 0),
    target: departments.reduce((sum, [, , target]) => sum + (target ?? 0), 0) || null,
    departments: departments.map(([department, n, target]) => ({ department, n, target })),
    days: days.map(([day, n]) => ({ day, n })),
    standingOut: [],
    channels: [],
  };
}

describe('a department against its target', () => {
  const office = participation([
    [1, 40, 40],
    [2, 20, 40],
    [3, 5, 40],
    [4, 30, null],
    [5, 0, 40],
  ]);
  const standings = office.departments.map((department) => standingOf(department, office));

  it('has reached it, is under way, lags, or has none', () => {
    expect(standings).toEqual(['reached', 'under-way', 'behind', 'no-target', 'behind']);
  });

  it('comes first among those that lag the further it is behind', () => {
    expect(departmentsBehind(office).map(({ department }) => department)).toEqual([5, 3]);
  });

  it('misses it though others have more than enough', () => {
    const short = departmentsShort(
      participation([
        [1, 90, 40],
        [2, 39, 40],
        [3, 9, null],
        [null, 5, null],
      ]),
    );
    expect(short.map(({ department }) => department)).toEqual([2]);
  });

  it('does not lag before anybody answered', () => {
    const empty = participation([[1, 0, 40]]);
    expect(departmentsBehind(empty)).toEqual([]);
  });

  it.each([
    [
      'it is known that none lags',
      [
        [1, 30, 40],
        [2, 31, 40],
      ],
      'overview.nobodyBehind',
    ],
    [
      'nothing is known before anybody answered',
      [
        [1, 0, 40],
        [2, 0, 40],
      ],
      'overview.behindUnknown',
    ],
    [
      'nothing is known without a target',
      [
        [1, 30, null],
        [null, 2, null],
      ],
      'overview.behindNoTarget',
    ],
  ] as const)('where nobody is told to lag: %s', (_, departments, said) => {
    const instruments = [participation(departments.map(([...one]) => one))];
    const counts = { quarantined: 0, conflicts: 0, uncounted: 0, unreadable: 0 };
    expect(nobodyBehind({ instruments, ...counts })).toBe(said);
  });

  it('has no share without a target', () => {
    expect([shareOf(3, null), shareOf(3, 4)]).toEqual([null, 0.75]);
  });
});

describe('the row of days', () => {
  it('adds up the instruments and shows the days without responses', () => {
    const row = dayRow([
      participation([], [['2025-02-27', 2]]),
      participation(
        [],
        [
          ['2025-02-27', 1],
          ['2025-03-01', 4],
        ],
      ),
    ]);
    expect(row).toEqual([
      { day: '2025-02-27', n: 3 },
      { day: '2025-02-28', n: 0 },
      { day: '2025-03-01', n: 4 },
    ]);
  });

  it('shows the latest 31 days of a long survey', () => {
    const row = dayRow([
      participation(
        [],
        [
          ['2024-10-01', 1],
          ['2025-03-31', 2],
        ],
      ),
    ]);
    expect(row).toHaveLength(31);
    expect([row[0]?.day, row[30]]).toEqual(['2025-03-01', { day: '2025-03-31', n: 2 }]);
  });

  it('is empty before the first response', () => {
    expect(dayRow([participation([])])).toEqual([]);
  });
});

const channel = (code: string, n: number) => ({ code, department: null, service: null, n });

describe('the channels', () => {
  it('of all questionnaires stand together, the busiest first', () => {
    const rows = channelRows({
      instruments: [
        { ...participation([]), channels: [channel('AAAAAAAA', 0), channel('BBBBBBBB', 5)] },
        { ...participation([]), instrument: 'eit-2567', channels: [channel('CCCCCCCC', 9)] },
      ],
      quarantined: 0,
      conflicts: 0,
      uncounted: 0,
      unreadable: 0,
    });
    expect(rows.map(({ code, instrument }) => `${code} ${instrument}`)).toEqual([
      'CCCCCCCC eit-2567',
      'BBBBBBBB iit-2567',
      'AAAAAAAA iit-2567',
    ]);
  });
});
