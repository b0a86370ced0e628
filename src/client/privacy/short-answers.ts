/** What a respondent is told first about privacy, in this order: the keys below `short` in locales/<lang>/privacy.json. */
export const SHORT_ANSWERS = ['noName', 'groups', 'owner', 'operator', 'choose'] as const;
