import type { Costs } from '../../src/simulator/setup.ts';

type FeeSchedules = NonNullable<Costs['fees']>;
type FeeSchedule = FeeSchedules[string];
type FeeRates = NonNullable<FeeSchedule['tiers']>[number] | FeeSchedule;

interface Traded { readonly day: number; readonly month: string; readonly volume: number }
interface Bill { owed: number; charged: number; notional: number }

/** Fee schedules (`fills.md` C1 to C4): every fill is remembered and everything is added up anew. */
export class ReferenceFees {
  private readonly schedules: FeeSchedules;
  private readonly traded: Record<string, Traded[]> = {};
  /** How often each rule was reached. */
  private readonly reached: (rule: string) => void;
  private readonly bills = new Map<number, Bill>();

  constructor(schedules: FeeSchedules, reached: (rule: string) => void) {
    this.schedules = schedules;
    this.reached = reached;
  }

  /** Undefined where no schedule holds. `round` rounds to money units. */
  charge(id: string, orderId: number, price: number, quantity: number, multiplier: number, isTaker: boolean, time: bigint, round: (amount: number) => number): number | undefined {
    const scope = [id, id.split('.')[1] ?? id, '*'].find(each => this.schedules[each]);
    if (scope === undefined) return undefined;
    const schedule = this.schedules[scope], { perOrder, minimum = -Infinity, maximum = Infinity, maximumBasisPoints = Infinity } = schedule, own = this.own(scope, schedule, price, quantity, multiplier, isTaker, time);
    if (perOrder === undefined && minimum === -Infinity && maximum === Infinity && maximumBasisPoints === Infinity) return round(own);
    const bill = this.bills.get(orderId) ?? { owed: 0, charged: 0, notional: 0 };
    this.bills.set(orderId, bill);
    bill.owed += own;
    bill.notional += Math.abs(price * quantity * multiplier);
    let due = bill.owed + (perOrder ?? 0);
    const limit = (rule: string, isBeyond: boolean, value: number): void => {
      if (!isBeyond) return;
      this.reached(`fees: ${rule} of an order`);
      due = value;
    };
    const share = bill.notional * maximumBasisPoints / 10000;
    limit('minimum', due < minimum, minimum);
    limit('maximum', due > maximum, maximum);
    limit('largest share', due > share, share);
    if (bill.notional > Math.abs(price * quantity * multiplier)) this.reached('fees: a further fill of an order');
    const fee = round(round(due) - bill.charged);
    bill.charged = round(due);
    return fee;
  }

  /** B2: what an order would owe that is filled whole now. Undefined where no schedule holds. */
  wouldOwe(id: string, price: number, quantity: number, multiplier: number, isTaker: boolean, time: bigint): number | undefined {
    const scope = [id, id.split('.')[1] ?? id, '*'].find(each => this.schedules[each]);
    if (scope === undefined) return undefined;
    const { perOrder = 0, minimum, maximum, maximumBasisPoints } = this.schedules[scope], known = this.traded[scope]?.length ?? 0, own = this.own(scope, this.schedules[scope], price, quantity, multiplier, isTaker, time);
    this.traded[scope].length = known;
    let due = own + perOrder;
    if (minimum !== undefined && due < minimum) due = minimum;
    if (maximum !== undefined && due > maximum) due = maximum;
    if (maximumBasisPoints !== undefined && due > Math.abs(price * quantity * multiplier) * maximumBasisPoints / 10000) due = Math.abs(price * quantity * multiplier) * maximumBasisPoints / 10000;
    return due;
  }

  private own(scope: string, schedule: FeeSchedule, price: number, quantity: number, multiplier: number, isTaker: boolean, time: bigint): number {
    const date = new Date(Number(time / 1_000_000n)), day = Math.floor(date.getTime() / 86_400_000), month = date.toISOString().slice(0, 7), traded = (this.traded[scope] ??= []);
    const perUnit = schedule.volume === 'quantity' ? 1 : Math.abs(price) * multiplier, steps: readonly (FeeRates & { readonly from?: number })[] = [schedule, ...(schedule.tiers ?? [])];
    const fee = ({ basisPoints = 0, makerBasisPoints, takerBasisPoints, perUnit: money = 0, makerPerUnit, takerPerUnit }: FeeRates, part: number): number =>
      price * part * multiplier * ((isTaker ? takerBasisPoints : makerBasisPoints) ?? basisPoints) / 10000 + ((isTaker ? takerPerUnit : makerPerUnit) ?? money) * part;
    let volume = 0;
    if (schedule.window === 'thirtyDays') {
      for (let back = 30; back >= 1; back--) volume += traded.filter(fill => fill.day === day - back).reduce((sum, fill) => sum + fill.volume, 0);
    } else for (const fill of traded) if (fill.month === month) volume += fill.volume;
    traded.push({ day, month, volume: perUnit * quantity });
    const tierOf = (reached: number): number => steps.reduce((last, { from = 0 }, k) => (from <= reached ? k : last), 0);
    if (tierOf(volume) > 0) this.reached('fees: a tier by volume');
    if (!schedule.isMarginal) return fee(steps[tierOf(volume)], quantity);
    let owed = 0, left = quantity;
    for (;;) {
      const tier = tierOf(volume), threshold = steps[tier + 1]?.from ?? Infinity, part = (threshold - volume) / perUnit;
      if (part >= left) return owed + fee(steps[tier], left);
      this.reached('fees: a fill over a threshold');
      owed += fee(steps[tier], part);
      left -= part;
      volume = threshold;
    }
  }
}
