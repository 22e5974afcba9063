/** A strategy that does anything: what it does next is drawn from what it has seen, so that one wrong fill changes all that follows. */
import type { Account, Actions, Now, OrderRequest, StopStep } from '../../src/strategy/strategy.ts';

export interface RandomState { x: number; sent: number }

export interface RandomPlan {
  readonly instruments: readonly string[];
  readonly tick: number;
  readonly step: number;
  /** Share of calls in which it acts. */
  readonly activity: number;
  readonly isBars: boolean;
  /** Price around which it places orders, by place of the instrument and time. */
  price(instrument: number, time: bigint): number;
  /** Is told every call and every order id, outside of the state. */
  called(now: Now): void;
  sent(id: number, now: Now, isSized: boolean): void;
  timerForNow(): void;
}

const unit = 1000n;
const newKinds = ['marketIfTouched', 'limitIfTouched', 'trailingStop', 'trailingStopLimit', 'trailingStop', 'onOpen', 'onOpen', 'onClose', 'onClose', 'trailingStopLimit'] as const;
const stepUnits = ['R', 'price', 'ticks'] as const;

export function randomDecide(plan: RandomPlan): (state: RandomState, now: Now, account: Account, actions: Actions) => void {
  return (state, now, account, actions) => {
    plan.called(now);
    mix(state, Math.round(account.position(plan.instruments[0]) / plan.step));
    mix(state, account.openOrders().length);
    if (now.report) mix(state, now.report.orderId * 64 + now.report.event * 16 + now.report.reason);
    const time = now.time;
    // Reports and timers cause more of their kind: acting seldom on them keeps a case finite.
    const activity = state.sent > 250 ? 0 : now.kind === 'report' || now.kind === 'timer' ? plan.activity / 8 : plan.activity;
    for (let n = 0; n < 3 && chance(state, activity); n++) act(state, time, now, account, actions, plan);
  };
}

function act(state: RandomState, time: bigint, now: Now, account: Account, actions: Actions, plan: RandomPlan): void {
  const open = account.openOrders(), what = below(state, 100);
  if (what < 46 || open.length === 0) {
    if (open.length < 12) submit(state, time, now, actions, plan);
    return;
  }
  const id = what < 94 ? open[below(state, open.length)] : below(state, 2) === 0 ? Math.max(0, state.sent - 1 - below(state, 12)) : 1_000_000;
  if (what < 66) actions.cancel(id);
  else if (what < 94 || below(state, 2) === 0) {
    const order = account.order(id), instrument = Math.max(0, plan.instruments.indexOf(order?.instrument ?? '')), mid = plan.price(instrument, time);
    actions.replace(id, {
      ...(below(state, 3) === 0 ? { quantity: plan.step * below(state, 5) } : {}),
      ...(below(state, 4) > 0 ? { price: near(state, mid, plan.tick) } : {}),
      ...(below(state, 4) > 0 ? { stopPrice: near(state, mid, plan.tick) } : {}),
      ...(below(state, 3) === 0 ? { trail: plan.tick * (below(state, 6) + 0.5) } : {}),
    });
    // What it sees of a stop price that follows the market is part of what it does next.
    if (order?.kind.startsWith('trailing')) mix(state, Math.round(order.stopPrice / plan.tick));
  } else actions.timer(time + unit * BigInt(below(state, 7) - 1));
  if (chance(state, 0.1)) {
    plan.timerForNow();
    actions.timer(time);
  }
}

function submit(state: RandomState, time: bigint, now: Now, actions: Actions, plan: RandomPlan): void {
  const i = below(state, plan.instruments.length), mid = plan.price(i, time), { tick, step } = plan, side = below(state, 2) === 0 ? 1 : -1, odd = below(state, 100);
  const kind = odd > 75 ? newKinds[below(state, newKinds.length)] : (['market', 'limit', 'limit', 'stop', 'stopLimit', 'limit', 'stop'] as const)[below(state, 7)];
  const hasStop = kind === 'stop' || kind === 'stopLimit' || kind === 'marketIfTouched' || kind === 'limitIfTouched', hasLimit = kind === 'limit' || kind === 'stopLimit' || kind === 'limitIfTouched' || kind === 'trailingStopLimit';
  const isTrailing = kind === 'trailingStop' || kind === 'trailingStopLimit', trailUnit = (['price', 'ticks', 'basisPoints', 'ticks'] as const)[below(state, 4)], hasTrail = isTrailing || chance(state, 0.15);
  const distance = below(state, 40) === 0 ? [0, NaN, 10_000][below(state, 3)] : trailUnit === 'basisPoints' ? 5 + 10 * below(state, 6) : (1 + below(state, 14) / 2) * (trailUnit === 'price' ? tick : 1);
  const price = near(state, mid, tick), stopPrice = (kind === 'stopLimit' || kind === 'limitIfTouched') && chance(state, 0.7) ? price - side * tick * below(state, 4) : near(state, mid, tick);
  const hasBracket = chance(state, 0.55), base = hasStop && !hasLimit ? stopPrice : kind === 'market' ? mid : price;
  const timeInForce = odd >= 2 && odd < 10 ? 'fok' : kind === 'market' && chance(state, 0.4) ? 'day' : (['gtc', 'gtc', 'gtc', 'day', 'ioc', 'gtd', 'day'] as const)[below(state, 7)];
  const sizing = below(state, 20), stepUnit = stepUnits[below(state, 3)], size = stepUnit === 'price' ? tick : stepUnit === 'ticks' ? 1 : 0.25, hasSteps = hasBracket && !hasTrail && chance(state, 0.6);
  const steps = (of: RandomState): StopStep[] => Array.from({ length: 1 + below(of, 3) }, (_, k) => ({ profit: size * (k + (below(of, 30) === 0 ? 0 : 1) + below(of, 2) / 2), stop: size * (k - below(of, 3) / 2) }));
  const request: OrderRequest = {
    instrument: plan.instruments[i],
    side: odd === 98 ? 0 : side,
    kind,
    timeInForce,
    ...(timeInForce === 'gtd' && odd !== 96 ? { expireTime: time + unit * BigInt(below(state, 30) - 2) } : {}),
    ...(hasLimit || ((kind === 'onOpen' || kind === 'onClose') && chance(state, 0.4)) ? { price: odd === 97 ? NaN : price } : {}),
    ...(hasStop || (isTrailing && chance(state, 0.4)) ? { stopPrice: isTrailing ? mid + side * tick * below(state, 9) : stopPrice } : {}),
    ...(hasTrail ? { trailUnit } : {}), ...(isTrailing ? { trail: distance } : {}), ...(isTrailing && chance(state, 0.35) ? { activationPrice: mid - side * tick * (below(state, 7) - 1.5) } : {}),
    ...(sizing < 14 ? { quantity: step * (1 + below(state, 4)) } : sizing === 14 ? { percentOfEquity: 0.001 * (1 + below(state, 3)) }
      : sizing === 15 && hasBracket ? { riskFraction: 0.0001 } : sizing === 16 ? { quantity: [0, NaN, -step, step / 3, Infinity][below(state, 5)] } : sizing === 17 ? {} : { quantity: step * 2.5 }),
    ...(hasBracket && (below(state, 6) > 0 || sizing === 15) ? { stop: base - side * tick * (below(state, 9) - 1.5) } : {}),
    ...(hasBracket && hasTrail && !isTrailing ? { stopTrail: distance, ...(chance(state, 0.3) ? { trailFrom: base + side * tick * below(state, 6) } : {}) } : {}),
    ...(hasBracket && below(state, hasSteps ? 2 : 6) > 0 ? { target: base + side * tick * (below(state, 9) - 1.5) } : {}),
    ...(hasBracket && below(state, 2) > 0 ? (chance(state, 0.2) ? { holdRows: 1 + below(state, 12) } : { hold: 1000 * below(state, 25) }) : {}),
    ...(hasSteps ? { stopSteps: steps(state), stepUnit } : {}),
    ...(chance(state, 0.12) ? { reduceOnly: true } : {}),
    ...(kind === 'limit' && timeInForce !== 'ioc' && timeInForce !== 'fok' && chance(state, 0.2) ? { postOnly: true } : {}),
  };
  const send = (order: OrderRequest): void => {
    const id = actions.submit(order);
    state.sent = id + 1;
    plan.sent(id, now, order.quantity === undefined);
    mix(state, id);
  };
  if (chance(state, 0.08)) return sendOthers(state, request, mid, plan, send);
  if (!chance(state, 0.15)) return send(request);
  const group = { linkGroup: 1 + below(state, 2), linkKind: 'oco' as const };
  send({ ...request, ...group });
  send({ instrument: plan.instruments[below(state, plan.instruments.length)], side: -side, kind: 'limit', price: near(state, mid, tick), quantity: step * (1 + below(state, 3)), ...group });
  if (chance(state, 0.3)) send({ instrument: plan.instruments[i], side, kind: 'stop', stopPrice: near(state, mid, tick), quantity: step, ...group });
}

/** An order and some that wait for it: exits in rungs, or orders of any instrument, now and then with legs of their own. */
function sendOthers(state: RandomState, first: OrderRequest, mid: number, { instruments, tick, step }: RandomPlan, send: (order: OrderRequest) => void): void {
  const group = { linkGroup: 7, linkKind: 'oto' as const }, count = 1 + below(state, 3), isLadder = chance(state, 0.6);
  send({ ...first, ...group });
  for (let n = 0; n < count; n++) {
    const side = isLadder ? -first.side : below(state, 2) === 0 ? 1 : -1, kind = (['limit', 'stop', 'market', 'marketIfTouched', 'trailingStop'] as const)[below(state, 5)], away = tick * (1 + n + below(state, 4));
    send({
      instrument: isLadder ? first.instrument! : instruments[below(state, instruments.length)], side, kind, quantity: step * (1 + below(state, 2)), price: mid - side * away, stopPrice: mid + (kind === 'stop' ? side : -side) * away, trail: away,
      ...(isLadder ? { reduceOnly: true } : chance(state, 0.3) ? { stop: mid - side * away * 2, target: mid + side * away * 2 } : {}), ...group,
    });
  }
}

/** Within a few ticks, sometimes between two. */
function near(state: RandomState, mid: number, tick: number): number {
  return mid + tick * (below(state, 13) - 6 + (below(state, 6) === 0 ? 0.5 : 0));
}

function mix(state: RandomState, value: number): void {
  state.x = (Math.imul(state.x ^ (value | 0), 2654435761) + 0x9e3779b9) >>> 0;
}

function below(state: RandomState, n: number): number {
  state.x = (Math.imul(state.x, 1664525) + 1013904223) >>> 0;
  return Math.floor(((state.x >>> 8) / 16777216) * n);
}

function chance(state: RandomState, share: number): boolean {
  return below(state, 1000) < share * 1000;
}
