/** Finds out whether code under test reads a clock or draws unseeded randomness, by watching those functions while it runs. */
export interface OutsideUse {
  /** `Date.now`, `Math.random` ... */
  readonly what: string;
  /** File and line of the caller, empty where the stack does not tell. */
  readonly place: string;
}

export interface OutsideTrap {
  arm(): void;
  disarm(): void;
  /** Each function at each place once. */
  uses(): readonly OutsideUse[];
}

/** While armed, the clocks and `Math.random` note who calls them; they still answer. */
export function trapOutsideWorld(): OutsideTrap {
  const uses = new Map<string, OutsideUse>(), { now } = Date, { random } = Math, tick = performance.now, time = process.hrtime.bigint, TrueDate = Date, { crypto } = globalThis, { randomUUID, getRandomValues } = crypto;
  let isArmed = false;
  const note = (what: string): void => {
    const line = new Error().stack?.split('\n').slice(1).find(each => /:\d+:\d+/.test(each) && !/outside-world\.[jt]s/.test(each)) ?? '', place = /\(?((?:file:\/\/)?[^\s()]+:\d+):\d+\)?$/.exec(line.trim())?.[1]?.replace('file://', '') ?? '';
    uses.set(`${what} ${place}`, { what, place });
  };
  const watched = <A extends unknown[], R>(what: string, original: (...given: A) => R) => (...given: A): R => {
    note(what);
    return original(...given);
  };
  return {
    arm() {
      if (isArmed) return;
      isArmed = true;
      const watchedDate = new Proxy(TrueDate, {
        construct(target, given, newTarget) {
          if (given.length === 0) note('new Date()');
          return Reflect.construct(target, given, newTarget);
        },
        apply(target) {
          note('Date()');
          return target();
        },
      });
      TrueDate.now = watched('Date.now', now.bind(TrueDate));
      globalThis.Date = watchedDate;
      Math.random = watched('Math.random', random);
      performance.now = watched('performance.now', tick.bind(performance));
      process.hrtime.bigint = watched('process.hrtime.bigint', time);
      crypto.randomUUID = watched('crypto.randomUUID', randomUUID.bind(crypto)) as typeof randomUUID;
      crypto.getRandomValues = watched('crypto.getRandomValues', getRandomValues.bind(crypto) as (array: any) => any) as typeof getRandomValues;
    },
    disarm() {
      if (!isArmed) return;
      isArmed = false;
      globalThis.Date = TrueDate;
      TrueDate.now = now;
      Math.random = random;
      performance.now = tick;
      process.hrtime.bigint = time;
      crypto.randomUUID = randomUUID;
      crypto.getRandomValues = getRandomValues;
    },
    uses: () => [...uses.values()],
  };
}
