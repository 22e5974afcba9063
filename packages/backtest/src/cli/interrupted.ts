/** Ctrl-C came before there was a result: exit code 130. Nothing was written. */
export class Interrupted extends Error {
  override readonly name: string = 'Interrupted';
}
