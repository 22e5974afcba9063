/** The sentence of docs/fills.md by which an order filled, or ended without a fill, in words of one order. */

export interface FilledOrder {
  readonly market: 'quotes' | 'trades' | 'bars';
  readonly kind: string;
  readonly side: number;
  readonly limit: number;
  readonly stop: number;
  readonly isTaker: boolean;
  readonly price: number;
  readonly isTimed: boolean;
  readonly isImmediate: boolean;
  readonly isSameClose: boolean;
  readonly isAtEnd: boolean;
  readonly isThrough: boolean;
}

/** A rule and its number in docs/fills.md. */
export interface FillRule {
  readonly sentence: string;
  readonly text: string;
}

/** The rule that a fill followed. */
export function fillRule(order: FilledOrder): FillRule {
  const { market, kind, side, limit, stop, isTaker, price } = order, row = market === 'quotes' ? 'quote' : market === 'trades' ? 'trade' : 'bar', seen = market === 'quotes' ? (side > 0 ? 'ask' : 'bid') : 'price';
  const paid = market === 'quotes' ? `the ${seen}` : market === 'trades' ? 'the trade price and half the spread' : 'the open and half the spread';
  const at = market === 'bars' ? '39' : '', beyond = side > 0 ? 'at or above' : 'at or below', within = side > 0 ? 'at or below' : 'at or above';
  if (order.isAtEnd) return { sentence: '65', text: 'what is open at the end of the run is closed at its mark (atEnd: close)' };
  if (order.isTimed) return { sentence: '26', text: `the time leg of a bracket goes to the market when its time is up, and fills on the first ${row} from then on` };
  if (order.isSameClose) return { sentence: '44', text: 'the option fillAt: sameClose fills a market order at the close of the bar that decided it' };
  if (kind === 'market') return { sentence: at || '14', text: `a market order fills on the first eligible ${row}, at ${paid}` };
  if (kind === 'limit' || (/^(stopLimit|limitIfTouched|trailingStopLimit)$/.test(kind) && !isTaker)) {
    if (isTaker) return { sentence: order.isImmediate ? '20' : at || '15', text: `the ${row} before its arrival and its first eligible one both satisfied the limit, so it took at ${paid}` };
    if (price !== limit) return { sentence: at || '16', text: `the ${row} starts a session or a segment, where a resting limit gets the better price` };
    const reached = market === 'quotes' ? `the ${seen} ${within} it` : order.isThrough ? `a price through it` : `a price that touches it`;
    return { sentence: kind === 'limitIfTouched' ? 'O3' : kind === 'trailingStopLimit' ? 'O7' : kind === 'stopLimit' ? (market === 'bars' ? '42' : '18') : at || '16', text: `a resting limit fills at its own price on the first ${row} with ${reached}` };
  }
  if (kind === 'stop') {
    const gap = price === stop || Number.isNaN(stop) ? '' : `; the ${Math.abs(price - stop).toPrecision(3)} between its stop price and its fill is the gap that it pays`;
    return { sentence: at || '17', text: `a stop triggers on the first eligible ${row} with the ${market === 'bars' ? (side > 0 ? 'high' : 'low') : seen} ${beyond} its stop price and fills there, at ${market === 'bars' ? 'its own price or a worse open, and half the spread' : paid}${gap}` };
  }
  if (kind === 'stopLimit') return { sentence: market === 'bars' ? '42' : '18', text: `its trigger ${row} was within the limit, so it filled there as taker` };
  if (kind === 'marketIfTouched') return { sentence: market === 'bars' ? 'O4' : 'O2', text: `the first eligible ${row} at which the market had come to its stop price filled it, at ${paid}` };
  if (kind === 'limitIfTouched') return { sentence: market === 'bars' ? 'O4' : 'O3', text: `its trigger ${row} was within the limit, so it filled there as taker` };
  if (kind === 'trailingStop') return { sentence: market === 'bars' ? 'O9' : 'O7', text: `the first eligible ${row} at or beyond the stop price that had followed the market until then filled it, at ${market === 'bars' ? 'that price or a worse open, and half the spread' : paid}` };
  if (kind === 'trailingStopLimit') return { sentence: market === 'bars' ? 'O9' : 'O7', text: `its trigger ${row} was within the limit, so it filled there as taker` };
  if (kind === 'onOpen') return { sentence: 'O11', text: `an order for the open fills on the first ${row} of a session, at ${paid}` };
  if (kind === 'onClose') return { sentence: 'O12', text: `an order for the close fills at the end of its session, at the last ${row} before it` };
  return { sentence: '19', text: `as docs/fills.md says of ${kind} orders` };
}

/** Why an order that did not fill ended, by the reason of its last execution. */
export const reasonRules: { readonly [reason: string]: FillRule } = {
  requested: { sentence: '30', text: 'the strategy asked for it' },
  sibling: { sentence: '24, 29', text: 'the order that it was linked with filled' },
  parentEnded: { sentence: '24, O16', text: 'its entry, or the order that it waited for, ended without a fill' },
  positionClosed: { sentence: '27', text: 'another order closed or reversed the position that it protected' },
  endOfData: { sentence: '37', text: 'the run ended' },
  immediateOrCancel: { sentence: '20', text: 'it is immediate-or-cancel and its first eligible row did not satisfy it' },
  fillOrKill: { sentence: 'O1', text: 'it is fill-or-kill and could not be filled whole' },
  timeInForce: { sentence: '21', text: 'its time was up' },
  unsupported: { sentence: '19', text: 'the simulator does not know its kind or time in force' },
  zeroQuantity: { sentence: '58', text: 'its side was not +1 or -1, or nothing was left of its quantity on the quantity step' },
  invalidQuantity: { sentence: '58', text: 'its quantity was no positive finite number, or was below the smallest that may be ordered' },
  invalidPrice: { sentence: '58', text: 'a price that its kind needs was missing' },
  offGrid: { sentence: '36', text: 'its price was off the grid and the run refuses those' },
  wouldTake: { sentence: '20', text: 'it is post-only and would have taken' },
  insufficientCash: { sentence: 'B10', text: 'equity did not carry the initial margin of what it would have opened' },
  positionLimit: { sentence: 'B4', text: 'as many instruments as `limits.maximumPositions` allows had a position when it would have opened another' },
  cooldown: { sentence: 'B5', text: 'its instrument was cooling down after a position had closed' },
  instrumentExpired: { sentence: 'B16', text: 'its instrument had expired' },
  instrumentHalted: { sentence: 'B16', text: 'trading in its instrument was halted' },
  locked: { sentence: 'B7', text: 'the account was locked by a daily loss or a drawdown' },
  liquidation: { sentence: 'B11', text: 'equity had fallen to the maintenance margin, and the account was liquidated' },
  nothingToReduce: { sentence: '28', text: 'it is reduce-only and there was nothing to reduce' },
};
