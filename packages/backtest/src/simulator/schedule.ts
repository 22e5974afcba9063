/** What will happen, now or at a time of its own: timers (class 2), reports (3), arrivals, activations, auctions and expiries (4), nearest key first. */
import type { Message, Slot } from './order.ts';
import type { Report } from '../strategy/strategy.ts';

export const timerTask = 0, reportTask = 1, arrivalTask = 2, messageTask = 3, activationTask = 4, expiryTask = 5, tickTask = 6, auctionTask = 7;

/** Something to do: exactly one of the references is of its kind's. */
export interface Task {
  readonly kind: number;
  readonly time: bigint;
  readonly class: number;
  /** Place within time and class. */
  readonly place: number;
  /** The order that it was made for (an activation or expiry of one that has moved on does nothing); the place of the instrument for reports. */
  readonly order: number;
  readonly slot: Slot | null;
  readonly message: Message | null;
  readonly report: Report | null;
}

export function precedes(a: Task, b: Task): boolean {
  return a.time !== b.time ? a.time < b.time : a.class !== b.class ? a.class < b.class : a.place < b.place;
}

export class Schedule {
  readonly tasks: Task[] = [];

  get first(): Task | undefined {
    return this.tasks[0];
  }

  push(task: Task): void {
    const { tasks } = this;
    let at = tasks.push(task) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!precedes(task, tasks[above])) break;
      tasks[at] = tasks[above];
      at = above;
    }
    tasks[at] = task;
  }

  shift(): Task {
    const { tasks } = this, first = tasks[0], last = tasks.pop()!;
    if (tasks.length === 0) return first;
    let at = 0;
    for (let below = 1; below < tasks.length; below = 2 * at + 1) {
      if (below + 1 < tasks.length && precedes(tasks[below + 1], tasks[below])) below++;
      if (!precedes(tasks[below], last)) break;
      tasks[at] = tasks[below];
      at = below;
    }
    tasks[at] = last;
    return first;
  }
}
