/** What a command prints: one envelope or plain lines on standard output, everything else on standard error. */
import { formatDuration } from './duration.ts';

export interface Console {
  readonly isJson: boolean;
  /** A line of the result for people; nothing under `--json`. */
  line(text?: string): void;
  /** The result for programs: one envelope under `--json`, else nothing. */
  result(data: unknown): void;
  /** A remark, on standard error. */
  note(text: string): void;
  /** Work done of `total`; a bar with the time left on a terminal, a line every 10 % otherwise. */
  progress(label: string, done: number, total: number): void;
}

export interface Streams {
  readonly out: { write(text: string): unknown };
  readonly error: { write(text: string): unknown; readonly isTTY?: boolean };
  /** Milliseconds of a clock that only runs forward. */
  now(): number;
}

const envelopeSchema = 'zanzibar-envelope';
const envelopeVersion = '1.0';

export function openConsole(streams: Streams, isJson: boolean, isQuiet: boolean): Console {
  let started = streams.now(), label = '', shown = -1;
  return {
    isJson,
    line(text = '') {
      if (!isJson) streams.out.write(`${text}\n`);
    },
    result(data) {
      if (isJson) streams.out.write(`${JSON.stringify({ schema: envelopeSchema, version: envelopeVersion, ok: true, data }, plain)}\n`);
    },
    note(text) {
      streams.error.write(`${text}\n`);
    },
    progress(name, done, total) {
      if (isQuiet || total <= 0) return;
      if (name !== label) [label, started, shown] = [name, streams.now(), -1];
      const share = Math.min(1, done / total), step = Math.floor(share * (streams.error.isTTY ? 50 : 10));
      if (step === shown) return;
      shown = step;
      const elapsed = streams.now() - started, left = share > 0 && share < 1 ? `, ${formatDuration((elapsed * (1 - share)) / share)} left` : '';
      if (streams.error.isTTY) {
        const filled = Math.round(share * 24);
        streams.error.write(`\r\u001b[K${name} ${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${Math.floor(share * 100)} %${left}${share === 1 ? '\n' : ''}`);
      } else streams.error.write(`${name}: ${Math.floor(share * 100)} %${left}\n`);
    },
  };
}

/** The envelope of a failure. */
export function errorEnvelope(code: string, message: string, place: unknown): string {
  return JSON.stringify({ schema: envelopeSchema, version: envelopeVersion, ok: false, error: { code, message, place: place ?? null } }, plain);
}

/** Times have no number in JSON; not-a-number becomes null by itself. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
