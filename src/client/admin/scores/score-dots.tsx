import { useWords } from '../admin.ts';
import { axisFrom } from './views.ts';

type Mark = 'round' | 'square' | 'bar';

const MARKS: readonly Mark[] = ['round', 'square', 'bar'];

function Dot({ mark, place }: { mark: Mark; place: string }) {
  if (mark === 'round') return <circle class="dot dot-round" cx={place} cy="50%" r="7" />;
  return (
    <svg x={place} y="50%" overflow="visible">
      {mark === 'square' ? (
        <rect class="dot dot-square" x="-5" y="-5" width="10" height="10" />
      ) : (
        <rect class="dot dot-bar" x="-2" y="-9" width="4" height="18" />
      )}
    </svg>
  );
}

interface ScoreDotsProps {
  /** What the marks stand for, one shape each. */
  series: readonly string[];
  /** A score of each series, null where there is none to show. */
  rows: readonly { key: string; name: string; scores: readonly (string | null)[] }[];
  /** One series of many rows, to be seen at once: close together, each with its number, which says what the axis would. */
  isDense?: boolean;
}

/**
 * Where the scores of groups lie beside each other. The axis begins near the lowest one, so that small differences can be
 * seen: marks and not bars, whose length would lie. The table beside it says the same, and a screen reader hears only that.
 */
export function ScoreDots({ series, rows, isDense = false }: ScoreDotsProps) {
  const { formats } = useWords();
  const known = rows.filter(({ scores }) => scores.some((score) => score !== null));
  if (known.length === 0) return null;
  const numbers = known.flatMap(({ scores }) =>
    scores.map((score) => (score === null ? null : Number(score))),
  );
  const { from, marks } = axisFrom(numbers);
  const placeOf = (score: number) => `${((score - from) / (100 - from)) * 100}%`;

  return (
    <div class={isDense ? 'dots dots-dense' : 'dots'} aria-hidden="true">
      {series.length > 1 ? (
        <p class="dots-legend">
          {series.map((name, index) => (
            <span key={name}>
              <svg class="dots-sign">
                <Dot mark={MARKS[index] ?? 'bar'} place="50%" />
              </svg>
              {name}
            </span>
          ))}
        </p>
      ) : null}
      <div class="dots-rows">
        {known.map(({ key, name, scores }) => (
          <div key={key} class="dots-row">
            <span class="dots-name">{name}</span>
            <svg class="dots-lane" focusable="false">
              {marks.map((mark) => (
                <line
                  key={mark}
                  class="dots-mark"
                  x1={placeOf(mark)}
                  x2={placeOf(mark)}
                  y1="0"
                  y2="100%"
                />
              ))}
              {scores.map((score, index) =>
                score === null ? null : (
                  <Dot
                    key={series[index]}
                    mark={MARKS[index] ?? 'bar'}
                    place={placeOf(Number(score))}
                  />
                ),
              )}
            </svg>
            {isDense ? <span class="dots-value">{formats.score(scores[0] ?? null)}</span> : null}
          </div>
        ))}
      </div>
      {isDense ? null : (
        <div class="dots-row">
          <span class="dots-name" />
          <p class="dots-axis">
            <span>{formats.count(from)}</span>
            <span>{formats.count(100)}</span>
          </p>
        </div>
      )}
    </div>
  );
}
