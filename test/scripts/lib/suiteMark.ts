/** What each line that a suite in the extension host writes for a person begins with. */
export const suiteMark = '▏';
