/** Takes out of a database what tells in which order the rows of respondents came, and together with which. */
export interface Tidying {
  /** Whether tidy() takes so little that nobody notices, also by day. */
  isQuick(): Promise<boolean>;
  /**
   * Nothing is lost whatever stops it: it is done or not. False where something is left, because another program is at the
   * database.
   */
  tidy(): Promise<boolean>;
  /** What is cheap at any size. */
  tidyALittle(): Promise<void>;
  /** Names of what keeps the order where tidy() does not reach, for whoever runs the server. */
  outOfReach(): Promise<readonly string[]>;
}
