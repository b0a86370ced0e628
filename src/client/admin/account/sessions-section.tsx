import { useRef } from 'preact/hooks';
import type { OwnAccount } from '#core/contract/people.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { useAct } from '../parts/use-act.ts';

/** Where one is signed in, as far as anybody knows: since when. */
export function SessionsSection(props: { sessions: OwnAccount['sessions']; reload: () => void }) {
  const { sessions, reload } = props;
  const { api, feedback } = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  // The row goes away with the button that had the focus.
  const heading = useRef<HTMLHeadingElement>(null);

  const end = (id: string) =>
    act(async () => {
      await api.endSession(id);
      feedback.value = t('ownAccount.sessionEnded');
      heading.current?.focus();
      reload();
    });

  return (
    <section class="card aside-section" aria-labelledby="sessions">
      <h2 id="sessions" tabIndex={-1} ref={heading}>
        {t('ownAccount.sessions')}
      </h2>
      <p>{t('ownAccount.sessionsLead')}</p>
      <ul class="people">
        {sessions.map(({ id, since, isThis }) => (
          <li key={id} class="person">
            <p>
              {t('ownAccount.since', { moment: formats.moment(since) })}{' '}
              {isThis ? <span class="tag">{t('ownAccount.thisSession')}</span> : null}
            </p>
            {isThis ? null : (
              <Button
                kind="secondary"
                isBusy={isBusy}
                label={t('ownAccount.endSince', { moment: formats.moment(since) })}
                onPress={() => void end(id)}
              >
                {t('ownAccount.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ActProblem error={error} />
    </section>
  );
}
