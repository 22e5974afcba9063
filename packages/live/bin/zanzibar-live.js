#!/usr/bin/env node
/** The `zanzibar-live` command: started as `zanzibar` is, by the launcher of the package that brings that one. */
const { launch } = await import(new URL('bin/launch.js', import.meta.resolve('@zanzibar/backtest/package.json')).href);

await launch('zanzibar-live', import.meta.url);
