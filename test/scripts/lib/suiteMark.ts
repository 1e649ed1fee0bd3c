/** Prefix of each line that a suite in the extension host prints for people. */
export const suiteMark = '▏';
