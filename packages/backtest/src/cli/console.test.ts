/** What commands print. Oracle: the contract of the command line: progress with the time left, one envelope, whole lines. */
import { describe, expect, test } from 'vitest';
import { openConsole, type Console } from './console.ts';
import { formatDuration } from './duration.ts';

function opened(isTTY: boolean, isJson = false, isQuiet = false): { console: Console; printed: { out: string; error: string }; clock: { now: number } } {
  const printed = { out: '', error: '' }, clock = { now: 0 };
  const console = openConsole({ out: { write: text => (printed.out += text) }, error: { write: text => (printed.error += text), isTTY }, now: () => clock.now }, isJson, isQuiet);
  return { console, printed, clock };
}

describe('progress', () => {
  test('without a terminal a line every 10 %, the time left once a second has passed, and how long it took', () => {
    const { console, printed, clock } = opened(false);
    for (let done = 0; done <= 40; done++) {
      clock.now = done * 200;
      console.progress('job', done, 40);
    }
    expect(printed.error.split('\n').slice(0, 4)).toEqual(['job: 0 %', 'job: 10 %', 'job: 20 %, about 6 s left', 'job: 30 %, about 6 s left']);
    expect(printed.error.trimEnd().split('\n')).toHaveLength(11);
    expect(printed.error).toMatch(/job: 100 %, 8 s\n$/);
  });

  test('on a terminal one bar that grows on its line and ends it', () => {
    const { console, printed, clock } = opened(true);
    console.progress('job', 1, 4);
    clock.now = 3000;
    console.progress('job', 2, 4);
    console.progress('job', 2, 4);
    expect(printed.error).toBe('\r\u001b[Kjob ██████░░░░░░░░░░░░░░░░░░ 25 %\r\u001b[Kjob ████████████░░░░░░░░░░░░ 50 %, about 3 s left');
    console.note('hello');
    expect(printed.error).toMatch(/left\nhello\n$/);
    console.progress('job', 4, 4);
    expect(printed.error).toMatch(/100 %, 3 s\n$/);
  });

  test('never backwards, never of nothing, and not at all when quiet', () => {
    const loud = opened(false), quiet = opened(false, false, true);
    for (const { console } of [loud, quiet]) for (const [done, total] of [[5, 10], [4, 10], [0, 0], [1, NaN]]) console.progress('job', done, total);
    expect(loud.printed.error).toBe('job: 50 %\n');
    expect(quiet.printed.error).toBe('');
  });
});

test('under --json standard output holds the envelope only: lines are left out, int64 are texts, not-a-number is null', () => {
  const { console, printed } = opened(false, true);
  console.line('for people');
  console.result({ time: 5n, value: NaN });
  expect(printed.out).toBe('{"schema":"zanzibar-envelope","version":"1.0","ok":true,"data":{"time":"5","value":null}}\n');
});

test.each([[0, '1 s'], [1400, '1 s'], [59_600, '1 min 0 s'], [200_000, '3 min 20 s'], [7_500_000, '2 h 5 min']])('%i ms are %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
