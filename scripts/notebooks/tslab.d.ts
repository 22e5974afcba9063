/** What a cell uses of its kernel. */
declare module 'tslab' {
  export const display: { html(text: string): void };
}
