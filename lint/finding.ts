/** What a rule of the house has to say about one line of one file. */
export interface Finding {
  readonly rule: string;
  /** Relative to the repository's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** One file of the repository as text. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** `file:line  rule  message`, as terminals and editors link it. */
export function formatFinding({ file, line, rule, severity, message }: Finding): string {
  return `${file}:${line}  ${severity}  ${rule}  ${message}`;
}
