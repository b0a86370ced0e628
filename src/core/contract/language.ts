/** The languages a respondent can choose, Thai first. */
export const LANGUAGES = ['th', 'en', 'zh', 'my'] as const;

export type Language = (typeof LANGUAGES)[number];
