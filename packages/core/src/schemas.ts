/**
 * The records: their columns, types, units and meaning. The one source for code, documents and files.
 *
 * A record is open at its end: later work may add columns there and nowhere else. Order and types are part of every digest.
 */
import type { ColumnType, Schema } from './table.ts';

export const instrumentSchema = {
  id: 'text', venue: 'text', kind: 'text', baseCurrency: 'text', quoteCurrency: 'text', settleCurrency: 'text', tick: 'f64', quantityStep: 'f64',
  minimumQuantity: 'f64', multiplier: 'f64', inverse: 'i8', calendar: 'text', from: 'i64', to: 'i64',
} as const;

export const tradeSchema = {
  time: 'i64', eventTime: 'i64', sequence: 'f64', price: 'f64', size: 'f64', side: 'i8', id: 'u64',
} as const;

export const quoteSchema = {
  time: 'i64', eventTime: 'i64', sequence: 'f64', bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64',
} as const;

export const tickerSchema = {
  time: 'i64', last: 'f64', volume24h: 'f64', bid: 'f64', ask: 'f64', bidSize: 'f64', askSize: 'f64',
} as const;

export const bookEventSchema = {
  time: 'i64', eventTime: 'i64', sequence: 'f64', action: 'i8', side: 'i8', price: 'f64', size: 'f64', orderId: 'u64', flags: 'u8', level: 'i32',
} as const;

export const barSchema = {
  openTime: 'i64', closeTime: 'i64', open: 'f64', high: 'f64', low: 'f64', close: 'f64', volume: 'f64', buyVolume: 'f64', sellVolume: 'f64',
  tickCount: 'f64', fromRow: 'f64', toRow: 'f64', segment: 'i32',
} as const;

export const eventSchema = {
  id: 'f64', kind: 'i16', direction: 'i8', originRow: 'f64', knownRow: 'f64', knownTime: 'i64', source: 'text', ref: 'f64', level0: 'f64',
  level1: 'f64', value: 'f64', segment: 'i32',
} as const;

export const findingSchema = {
  row: 'f64', time: 'i64', rule: 'i8', severity: 'i8', value: 'f64', action: 'i8',
} as const;

export const signalSchema = {
  signalId: 'f64', strategyId: 'text', instrument: 'text', side: 'i8', strength: 'f64', confidence: 'f64', time: 'i64', reasons: 'f64',
  features: 'f64', tag: 'text',
} as const;

export const orderSchema = {
  orderId: 'f64', strategyId: 'text', accountId: 'text', instrument: 'text', side: 'i8', kind: 'i8', quantity: 'f64', price: 'f64', stopPrice: 'f64',
  trail: 'f64', trailUnit: 'i8', triggerBy: 'i8', timeInForce: 'i8', expireTime: 'i64', activateAfter: 'f64', parentId: 'f64', linkGroup: 'f64',
  linkKind: 'i8', positionId: 'f64', reduceOnly: 'i8', postOnly: 'i8', decisionTime: 'i64', decisionRow: 'f64', signalRef: 'f64', tag: 'text',
  activationPrice: 'f64', activateRows: 'f64',
} as const;

export const executionSchema = {
  sequence: 'f64', time: 'i64', arrivalTime: 'i64', orderId: 'f64', event: 'i8', state: 'i8', reason: 'i8', quantity: 'f64', price: 'f64',
  liquidity: 'i8',
} as const;

export const fillSchema = {
  fillId: 'f64', orderId: 'f64', instrument: 'text', side: 'i8', time: 'i64', row: 'f64', price: 'f64', quantity: 'f64', liquidity: 'i8',
  spreadCost: 'f64', slippageCost: 'f64', latencyCost: 'f64', impactCost: 'f64', fee: 'f64', feeCurrency: 'text', rate: 'f64',
} as const;

export const roundTripSchema = {
  positionId: 'f64', lotId: 'f64', instrument: 'text', side: 'i8', entryTime: 'i64', entryRow: 'f64', exitTime: 'i64', exitRow: 'f64',
  entryPrice: 'f64', exitPrice: 'f64', quantity: 'f64', gross: 'f64', costs: 'f64', net: 'f64', mae: 'f64', mfe: 'f64', exitReason: 'i8',
  entryTag: 'text', exitTag: 'text',
} as const;

export const positionSchema = {
  time: 'i64', instrument: 'text', quantity: 'f64', averagePrice: 'f64', mark: 'f64', value: 'f64', margin: 'f64', rate: 'f64',
  positionId: 'f64',
} as const;

export const equitySchema = {
  time: 'i64', equity: 'f64', cash: 'f64', margin: 'f64', funding: 'f64', borrow: 'f64', dividends: 'f64', rate: 'f64',
} as const;

const schemas = {
  instruments: instrumentSchema, trades: tradeSchema, quotes: quoteSchema, ticker: tickerSchema, bookEvents: bookEventSchema, bars: barSchema,
  events: eventSchema, findings: findingSchema, signals: signalSchema, orders: orderSchema, executions: executionSchema, fills: fillSchema,
  roundTrips: roundTripSchema, positions: positionSchema, equity: equitySchema,
};
export type RecordName = 'instruments' | 'trades' | 'quotes' | 'ticker' | 'bookEvents' | 'bars' | 'events' | 'findings' | 'signals' | 'orders' | 'executions' | 'fills' | 'roundTrips' | 'positions' | 'equity';

/** Version of the records: a reader refuses another major one by name. */
export const schemaVersion = '1.0';

/** Unit and meaning of a column. */
type Words = readonly [unit: string, meaning: string];

const time: Words = ['UTC ns', 'when known to us'];
const eventTime: Words = ['UTC ns', 'when it happened at the venue'];
const sequence: Words = ['count', "the venue's running number"];
const segment: Words = ['count', 'uninterrupted stretch of data, never decreasing'];

const words: { readonly [N in RecordName]: { readonly [C in keyof (typeof schemas)[N]]: Words } } = {
  instruments: {
    id: ['', 'name, unique at its venue'], venue: ['', 'where it trades'], kind: ['', 'fx, spot, future, perpetual, cfd, equity, index'],
    baseCurrency: ['', 'what is bought'], quoteCurrency: ['', 'what its price is in'], settleCurrency: ['', 'what profit is paid in'],
    tick: ['price', 'smallest price step, NaN: no grid'], quantityStep: ['quantity', 'smallest quantity step, NaN: no grid'],
    minimumQuantity: ['quantity', 'smallest order'], multiplier: ['quote currency per price and unit', 'contract size'],
    inverse: ['flag', '1: pays in base currency by 1 / price'], calendar: ['', 'trading calendar'], from: ['UTC ns', 'valid from'],
    to: ['UTC ns', 'valid until, exclusive'],
  },
  trades: {
    time, eventTime, sequence, price: ['price', 'traded price'], size: ['quantity', 'traded quantity'],
    side: ['+1 buy, -1 sell, 0 unknown', 'aggressor'], id: ['', "the venue's trade id"],
  },
  quotes: {
    time, eventTime, sequence, bid: ['price', 'best bid'], ask: ['price', 'best ask'], bidSize: ['quantity', 'shown at the bid'],
    askSize: ['quantity', 'shown at the ask'],
  },
  ticker: {
    time, last: ['price', 'last trade'], volume24h: ['quantity', 'volume of the last 24 hours'], bid: ['price', 'best bid'],
    ask: ['price', 'best ask'], bidSize: ['quantity', 'shown at the bid'], askSize: ['quantity', 'shown at the ask'],
  },
  bookEvents: {
    time, eventTime, sequence, action: ['code', 'add, modify, cancel, clear, trade, fill'], side: ['+1 bid, -1 ask', 'side of the book'],
    price: ['price', 'level'], size: ['quantity', 'of the order or level'], orderId: ['', "the venue's order id"],
    flags: ['bits', "the venue's flags"], level: ['count', 'depth, 0 is the top'],
  },
  bars: {
    openTime: ['UTC ns', 'start of the interval'], closeTime: ['UTC ns', 'when the bar is known: boundary and declared lateness'],
    open: ['price', 'first price'], high: ['price', 'highest price'], low: ['price', 'lowest price'], close: ['price', 'last price'],
    volume: ['quantity', 'traded quantity'], buyVolume: ['quantity', 'traded by buying aggressors'],
    sellVolume: ['quantity', 'traded by selling aggressors'], tickCount: ['count', 'rows in the bar'],
    fromRow: ['row', 'first row of the driving table'], toRow: ['row', 'one past the last row'], segment,
  },
  events: {
    id: ['', 'row of this table since the start of the stream'], kind: ['code', 'register in events.ts'],
    direction: ['+1 up, -1 down, 0 none', 'of the market'], originRow: ['row', 'where the geometry sits'],
    knownRow: ['row', 'first row whose close proves it'], knownTime: ['UTC ns', 'known time of that row'], source: ['', 'instrument and timeframe'],
    ref: ['id', 'the event it follows up, NaN is none'], level0: ['price', 'level, or lower edge'], level1: ['price', 'upper edge'],
    value: ['stated by the engine', 'a figure of the event'], segment,
  },
  findings: {
    row: ['row', 'of the raw table'], time, rule: ['code', 'register in quality'], severity: ['0 note, 1 warning, 2 error', 'how bad'],
    value: ['stated by the rule', 'what was found'], action: ['0 keep, 1 drop, 2 fail, 3 round, 4 repair', 'what the policy did'],
  },
  signals: {
    signalId: ['id', ''], strategyId: ['', ''], instrument: ['', ''], side: ['+1 buy, -1 sell', ''], strength: ['0..1', ''],
    confidence: ['0..1', ''], time, reasons: ['row', 'end of its event ids in the flat table reasons'], features: ['row', 'row of a feature table'],
    tag: ['', ''],
  },
  orders: {
    orderId: ['id', 'in order of submission, from 0'], strategyId: ['', 'strategy'], accountId: ['', 'account'], instrument: ['', 'instrument'],
    side: ['+1 buy, -1 sell', 'direction'], kind: ['code', 'order kind'], quantity: ['quantity', 'ordered'], price: ['price', 'limit price'],
    stopPrice: ['price', 'trigger price'], trail: ['trailUnit', 'distance of a trailing stop'],
    trailUnit: ['code', '0 price, 1 ticks, 2 basis points'], triggerBy: ['code', '0 the side it takes, 1 last, 2 mid'],
    timeInForce: ['code', 'how long it works'], expireTime: ['UTC ns', 'gtd only, 0 is none'],
    activateAfter: ['ns', 'rests this long after its parent fills, NaN is none'],
    parentId: ['id', 'the order whose fill brings it to rest, NaN is none'], linkGroup: ['id', 'orders linked with each other, NaN is none'],
    linkKind: ['code', '0 none, 1 OCO, 2 OTO, 3 bracket leg'], positionId: ['id', 'hedging mode, NaN is none'],
    reduceOnly: ['flag', 'may only shrink the position'], postOnly: ['flag', 'rejected if it would take'], decisionTime: ['UTC ns', 'when decided'],
    decisionRow: ['row', 'row of the source that decided'], signalRef: ['id', 'signal, NaN is none'], tag: ['', "the strategy's own words"],
    activationPrice: ['price', 'from which on a trailing stop trails, NaN is from its first row'],
    activateRows: ['rows', 'rests for so many rows after the row that filled its parent, NaN is none'],
  },
  executions: {
    sequence: ['count', 'order of happening'], time, arrivalTime: ['UTC ns', 'when it reached the venue'], orderId: ['id', ''],
    event: ['code', 'what happened'], state: ['code', 'after it'], reason: ['code', 'why'],
    quantity: ['quantity', 'filled, or working after a replace'], price: ['price', 'filled, or working after a replace'],
    liquidity: ['code', '0 none, 1 maker, 2 taker'],
  },
  fills: {
    fillId: ['id', 'in order of happening, from 0'], orderId: ['id', ''], instrument: ['', ''], side: ['+1 buy, -1 sell', ''], time,
    row: ['row', 'of the market table'], price: ['price', 'after all modelled costs in price'], quantity: ['quantity', ''],
    liquidity: ['code', '1 maker, 2 taker'], spreadCost: ['quote currency', 'price against the mid, or the modelled half spread'],
    slippageCost: ['quote currency', 'modelled slippage'],
    latencyCost: ['quote currency', 'market move between decision and arrival, market orders'], impactCost: ['quote currency', 'modelled impact'],
    fee: ['feeCurrency', 'paid, negative is a rebate'], feeCurrency: ['', ''], rate: ['account per fee currency', 'as of the fill'],
  },
  roundTrips: {
    positionId: ['id', ''], lotId: ['id', ''], instrument: ['', ''], side: ['+1 long, -1 short', ''], entryTime: ['UTC ns', ''],
    entryRow: ['row', ''], exitTime: ['UTC ns', ''], exitRow: ['row', ''], entryPrice: ['price', ''], exitPrice: ['price', ''],
    quantity: ['quantity', ''], gross: ['account currency', 'before fees'], costs: ['account currency', 'fees'],
    net: ['account currency', 'gross - costs'], mae: ['price', 'largest move against it, at least 0'],
    mfe: ['price', 'largest move for it, at least 0'], exitReason: ['code', 'what closed it'], entryTag: ['', ''], exitTag: ['', ''],
  },
  positions: {
    time, instrument: ['', ''], quantity: ['quantity', 'signed'], averagePrice: ['price', 'of the open quantity'],
    mark: ['price', 'the side it would close on'], value: ['account currency', 'unrealised profit'], margin: ['account currency', ''],
    rate: ['account per quote currency', ''], positionId: ['id', 'hedging mode, NaN is none'],
  },
  equity: {
    time, equity: ['account currency', 'cash and marked positions'], cash: ['account currency', ''], margin: ['account currency', ''],
    funding: ['account currency', 'paid since the row before'], borrow: ['account currency', 'paid since the row before'],
    dividends: ['account currency', 'received since the row before'], rate: ['account per quote currency', ''],
  },
};

export interface Field {
  readonly type: ColumnType;
  readonly unit: string;
  readonly meaning: string;
}

/** Every column of a record with type, unit and meaning, for documents and messages. */
export function describeRecord(record: RecordName): { readonly [column: string]: Field } {
  const schema: Schema = schemas[record], about = words[record] as { readonly [column: string]: Words };
  return Object.fromEntries(Object.entries(schema).map(([column, type]) => [column, { type, unit: about[column][0], meaning: about[column][1] }]));
}

/** The schema of a record by its name. */
export function recordSchema(record: RecordName): Schema {
  return schemas[record];
}

export const recordNames: readonly RecordName[] = Object.keys(schemas) as RecordName[];

const isNaNWhenAbsent: ReadonlySet<string> = new Set([
  'price', 'stopPrice', 'trail', 'activationPrice', 'activateAfter', 'activateRows', 'parentId', 'linkGroup', 'positionId', 'signalRef', 'ref', 'level0', 'level1', 'value', 'features',
  'tick', 'quantityStep', 'sequence', 'bidSize', 'askSize', 'size', 'lotId',
]);

/** The value that a missing column stands for: NaN in doubles that name a price, size or reference, no text, else 0. */
export function columnDefault(column: string, type: ColumnType): number | bigint {
  if (type === 'i64' || type === 'u64') return 0n;
  if (type === 'text') return -1;
  return type === 'f64' && isNaNWhenAbsent.has(column) ? NaN : 0;
}
