import type { Running } from './calls.ts';
import type { Loop } from './loop.ts';
import type { Venue } from './venue.ts';
export function snapshotVenue(_venue: Venue, _running: readonly Running[], _loop: Loop, _tags: readonly string[], _state: unknown, _hasStarted: boolean): Uint8Array { return new Uint8Array(0); }
export function restoreVenue(_bytes: Uint8Array, _venue: Venue, _running: readonly Running[], _loop: Loop, _tags: readonly string[], _state: unknown): boolean { return false; }
