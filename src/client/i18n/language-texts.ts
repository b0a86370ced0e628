type TextFile = Record<string, unknown>;

/** The files of one language that a respondent's app shows. `instruments`: by their path there, `./<id>.json`. */
export interface LanguageTexts {
  survey: TextFile;
  problems: TextFile;
  instruments: Readonly<Record<string, TextFile>>;
}
