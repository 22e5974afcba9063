/** The words behind code columns: the code of a word is its place in the list, and lists only grow at their end. */

export const orderKinds = [
  'market', 'limit', 'stop', 'stopLimit', 'trailingStop', 'trailingStopLimit', 'marketIfTouched', 'limitIfTouched', 'onOpen', 'onClose',
] as const;
export type OrderKind = (typeof orderKinds)[number];

export const timesInForce = ['gtc', 'day', 'ioc', 'fok', 'gtd'] as const;
export type TimeInForce = (typeof timesInForce)[number];

/** `held`: child of an order that has not filled yet. `unknown`: a live venue does not answer. */
export const orderStates = [
  'created', 'denied', 'submitted', 'accepted', 'held', 'triggered', 'rejected', 'pendingReplace', 'pendingCancel', 'partiallyFilled', 'filled', 'cancelled',
  'expired', 'unknown',
] as const;
export type OrderState = (typeof orderStates)[number];

export const executionEvents = ['submit', 'accept', 'reject', 'trigger', 'fill', 'replace', 'cancel', 'expire', 'cancelReject', 'replaceReject'] as const;
export type ExecutionEvent = (typeof executionEvents)[number];

/** Why an order was denied, rejected, cancelled or expired, or what is remarkable about an accept. */
export const reasons = [
  'none', 'requested', 'sibling', 'parentEnded', 'positionClosed', 'endOfData', 'immediateOrCancel', 'fillOrKill', 'timeInForce', 'unsupported', 'zeroQuantity',
  'invalidQuantity', 'invalidPrice', 'offGrid', 'insufficientCash', 'wouldTake', 'nothingToReduce', 'throughOnArrival', 'unknownOrder', 'alreadyClosed', 'riskLimit',
  'positionLimit', 'cooldown', 'locked', 'liquidation', 'instrumentExpired', 'instrumentHalted',
] as const;
export type Reason = (typeof reasons)[number];

export const liquidities = ['none', 'maker', 'taker'] as const;
export type Liquidity = (typeof liquidities)[number];

export const linkKinds = ['none', 'oco', 'oto', 'bracket'] as const;
export type LinkKind = (typeof linkKinds)[number];

export const trailUnits = ['price', 'ticks', 'basisPoints'] as const;
export type TrailUnit = (typeof trailUnits)[number];

/** What closed a round trip. */
export const exitReasons = ['none', 'order', 'stop', 'target', 'time', 'reverse', 'trailingStop', 'liquidation'] as const;
export type ExitReason = (typeof exitReasons)[number];

/** The code of a word; throws for a word that is not in the list. */
export function codeOf<W extends string>(words: readonly W[], word: W): number {
  const code = words.indexOf(word);
  if (code < 0) throw new RangeError(`code: must be one of ${words.join(', ')}, was ${String(word)}`);
  return code;
}
