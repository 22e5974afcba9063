/** What engines read of other engines' events: a level or a zone, who it is of, and what it follows up. */
export const levelColumns = {
  id: 'f64', kind: 'i16', direction: 'i8', originRow: 'f64', knownRow: 'f64', ref: 'f64', level0: 'f64', level1: 'f64',
} as const;
