#!/usr/bin/env node
/** The `zanzibar` command. */
import { launch } from './launch.js';

await launch('zanzibar', import.meta.url);
