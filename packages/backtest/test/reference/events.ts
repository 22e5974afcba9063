/** One key of the order of things: time, class, then places within the class. */
export interface Event {
  readonly time: bigint;
  readonly class: number;
  readonly places: readonly number[];
  readonly run: () => void;
}

export function precedes(a: Event, b: Event): boolean {
  if (a.time !== b.time) return a.time < b.time;
  if (a.class !== b.class) return a.class < b.class;
  for (let i = 0; i < Math.max(a.places.length, b.places.length); i++) {
    const left = a.places[i] ?? -1, right = b.places[i] ?? -1;
    if (left !== right) return left < right;
  }
  return false;
}

/** Everything that will happen, in one sorted list. */
export class EventList {
  private readonly events: Event[];
  private next = 0;

  constructor(events: Event[]) {
    this.events = [...events].sort((a, b) => (precedes(a, b) ? -1 : precedes(b, a) ? 1 : 0));
  }

  first(): Event | undefined {
    return this.events[this.next];
  }

  drop(): void {
    this.next++;
  }

  insert(event: Event): void {
    let at = this.events.length;
    while (at > this.next && precedes(event, this.events[at - 1])) at--;
    this.events.splice(at, 0, event);
  }
}
