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
  /** Ends a bar that stands on the terminal, so that the next line starts on its own. */
  endProgress(): void;
}

export interface Streams {
  readonly out: { write(text: string): unknown };
  readonly error: { write(text: string): unknown; readonly isTTY?: boolean };
  /** Milliseconds of a clock that only runs forward. */
  now(): number;
}

const envelopeSchema = 'zanzibar-envelope';
const envelopeVersion = '1.0';
/** Milliseconds before which nobody can say how long it will take. */
const settled = 1000;
const barWidth = 24;

export function openConsole(streams: Streams, isJson: boolean, isQuiet: boolean): Console {
  const isTerminal = streams.error.isTTY === true;
  let started = streams.now(), label = '', shown = -1, isBarOpen = false;
  const endProgress = (): void => {
    if (isBarOpen) streams.error.write('\n');
    isBarOpen = false;
  };
  return {
    isJson,
    endProgress,
    line(text = '') {
      if (isJson) return;
      endProgress();
      streams.out.write(`${text}\n`);
    },
    result(data) {
      if (isJson) streams.out.write(`${JSON.stringify({ schema: envelopeSchema, version: envelopeVersion, ok: true, data }, plain)}\n`);
    },
    note(text) {
      endProgress();
      streams.error.write(`${text}\n`);
    },
    progress(name, done, total) {
      if (isQuiet || !(total > 0)) return;
      if (name !== label) {
        endProgress();
        [label, started, shown] = [name, streams.now(), -1];
      }
      const share = Math.min(1, done / total), step = Math.floor(share * (isTerminal ? 100 : 10));
      if (step <= shown) return;
      shown = step;
      const elapsed = streams.now() - started, left = elapsed < settled ? '' : share === 1 ? `, ${formatDuration(elapsed)}` : share > 0 ? `, about ${formatDuration((elapsed * (1 - share)) / share)} left` : '';
      const percent = `${Math.floor(share * 100)} %${left}`;
      if (!isTerminal) {
        streams.error.write(`${name}: ${percent}\n`);
        return;
      }
      const filled = Math.round(share * barWidth);
      streams.error.write(`\r\u001b[K${name} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${percent}`);
      isBarOpen = true;
      if (share === 1) endProgress();
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
