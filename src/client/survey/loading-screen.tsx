import { useSurvey } from './survey-context.ts';

export function LoadingScreen() {
  return (
    <main class="page-content loading" aria-busy="true">
      <output>{useSurvey().texts.t('loading')}</output>
    </main>
  );
}
