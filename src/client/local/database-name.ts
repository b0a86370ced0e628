/** Apart from the database itself, so that a page can ask whether there is one without loading it. */
export const DATABASE_NAME = 'sucharit';
