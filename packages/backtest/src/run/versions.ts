/** Versions of the packages; they share one. */
export const version = '0.1.0';

export const versions: { readonly [name: string]: string } = { '@zanzibar/core': version, '@zanzibar/engines': version, '@zanzibar/backtest': version };
