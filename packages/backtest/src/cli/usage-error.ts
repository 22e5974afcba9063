/** The command was called wrongly, or its input is bad: exit code 2, with a word on what to do. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
  readonly place: string | undefined;

  constructor(message: string, place?: string) {
    super(message);
    this.place = place;
  }
}
