import type { SimulationOptions, TradedInstrument } from '../../src/simulator/setup.ts';
import type { Order, Point } from './records.ts';
import type { Rounding } from './rounding.ts';

type ImpactModel = NonNullable<NonNullable<SimulationOptions['costs']>['impact']>[string];
type DatedNumber = Extract<ImpactModel, { kind: 'squareRoot' }>['volume'];

/** Participation, slippage and impact (`fills.md` C5 to C9). */
export class ReferenceExecution {
  private readonly instruments: readonly TradedInstrument[];
  private readonly options: SimulationOptions;
  private readonly reached: (rule: string) => void;
  /** A misreading. */
  private readonly areLimitsPriced: boolean;
  /** What was filled, by instrument and row. */
  private readonly filled = new Map<string, number>();

  constructor(instruments: readonly TradedInstrument[], options: SimulationOptions, reached: (rule: string) => void, areLimitsPriced: boolean) {
    this.areLimitsPriced = areLimitsPriced;
    this.instruments = instruments;
    this.options = options;
    this.reached = reached;
  }

  private size(point: Point, side: number): number {
    return this.instruments[point.instrument].market === 'bars' ? point.volume : side > 0 ? point.buySize : point.sellSize;
  }

  /** What may be filled of `quantity`, which is left of an order for `whole`. */
  allowed(point: Point, side: number, quantity: number, whole: number, rounding: Rounding): number {
    const { participation } = this.options;
    if (participation === undefined) return quantity;
    let free = rounding.quantityDown(participation * this.size(point, side) - (this.filled.get(`${point.instrument} ${point.row}`) ?? 0));
    if (free >= quantity) return quantity;
    if (Number.isNaN(rounding.step)) {
      let grain = 1;
      while (grain * 536_870_912 > whole) grain /= 2;
      while (grain * 1_073_741_824 <= whole) grain *= 2;
      free = Math.floor(free / grain) * grain;
    }
    this.reached(free > 0 ? 'participation: part of an order' : 'participation: nothing of an order');
    return free > 0 ? free : 0;
  }

  took(point: Point, quantity: number, rounding: Rounding): void {
    const key = `${point.instrument} ${point.row}`;
    this.filled.set(key, rounding.quantity((this.filled.get(key) ?? 0) + quantity));
  }

  /** What a taker pays that was met at `level`; `price` where neither model applies to it. */
  price(order: Order, price: number, level: number, point: Point, fixed: number, quantity: number, time: bigint, rounding: Rounding): number {
    const { slippageSpreadShare, slippageBasisPoints, impact } = this.options.costs ?? {}, { id } = this.instruments[point.instrument], { side } = order;
    if ((!paysSlippage(order) && !this.areLimitsPriced) || (slippageSpreadShare === undefined && slippageBasisPoints === undefined && impact === undefined)) return price;
    const spread = Math.max(0, point.buy - point.sell) + 2 * point.half, slipped = point.half + fixed + (slippageSpreadShare ?? 0) * spread + Math.abs(level) * (slippageBasisPoints ?? 0) / 10000;
    const model = impact && (impact[id] ?? impact[id.split('.')[1] ?? id] ?? impact['*']);
    this.reached(model ? `impact: ${model.kind}` : 'slippage by spread or price');
    return rounding.against(level + side * (slipped + (model ? Math.abs(level) * this.share(model, point, side, quantity, time) : 0)), side);
  }

  private share(model: ImpactModel, point: Point, side: number, quantity: number, time: bigint): number {
    if (model.kind === 'squareRoot') return model.coefficient * asOf(model.volatility, time) * Math.sqrt(quantity / asOf(model.volume, time));
    const share = quantity / this.size(point, side);
    return model.coefficient * share * share;
  }
}

function asOf(given: DatedNumber, time: bigint): number {
  if (typeof given === 'number') return given;
  let value = NaN;
  for (let i = 0; i < given.time.length; i++) if (given.time[i] <= time) value = given.value[i];
  return value;
}

/** Without a limit price: C8. */
function paysSlippage({ kind, price }: Order): boolean {
  return kind === 'market' || kind === 'stop' || kind === 'marketIfTouched' || kind === 'trailingStop' || (kind === 'onOpen' && Number.isNaN(price));
}
