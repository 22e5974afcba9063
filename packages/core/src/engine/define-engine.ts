/** Makes of one causal kernel a pure function over columns and a live stream. */
import { knownOptions } from '../errors.ts';
import { checkSchema, type Schema, type Schemas } from '../table.ts';
import type { SourceOrder } from '../order-of-time.ts';
import { combine } from './combine.ts';
import type { Live } from './pipeline.ts';
import type { Engine, EngineSpec, State, Stream } from './engine.ts';

/**
 * An engine of its kernel: batch is one big block of a pipeline of one node, live is blocks of one row, so there is no second implementation.
 *
 * @example
 * const last = defineEngine({ name: 'last', input: { close: 'f64' }, aligned: { last: 'f64' }, defaults: {}, init: () => ({}),
 *   advance: (state, { close }, { last }, from, to) => { for (let i = from; i < to; i++) last[i] = close[i]; } });
 * last({ close: Float64Array.of(1, 2) }).last; // 1, 2
 */
export function defineEngine<O extends object, const I extends Schema, S extends State, const A extends Schema = {}, const T extends Schemas = {}, const R extends Schemas = {}, const M extends Schema = {}>(
  spec: EngineSpec<O, I, A, T, R, S, M>,
): Engine<O, I, A, T, R, M> {
  checkSchema(`${spec.name} aligned`, spec.aligned ?? {});
  for (const name in spec.appended) checkSchema(`${spec.name}.${name}`, spec.appended[name]);
  const resolve = (options?: Partial<O>): O => {
    knownOptions(spec.name, options ?? {}, Object.keys(spec.defaults));
    const resolved: O = { ...spec.defaults };
    for (const name in options) if (options[name] !== undefined) resolved[name] = options[name] as O[typeof name];
    spec.check?.(resolved);
    return resolved;
  };
  const batch = (columns: object, options?: Partial<O>, tables: { readonly [name: string]: object } = {}): any => {
    const wires: Record<string, string> = {}, sources: Record<string, object> = { rows: columns }, order: Record<string, SourceOrder> = {};
    for (const name in spec.reads) {
      if (!tables[name] && spec.optionalReads?.includes(name)) continue;
      if (!tables[name]) throw new TypeError(`${spec.name}: table "${name}" is missing`);
      wires[name] = `${name} given`;
      sources[`${name} given`] = tables[name];
      if ('knownRow' in tables[name]) order[`${name} given`] = { of: 'rows' };
    }
    return (combine({ it: [engine, 'rows', options, wires] }, order)(sources) as any).it;
  };
  const stream = (options?: Partial<O>): Stream<I, A, T, M> => {
    if (Object.keys(spec.reads ?? {}).length > 0) throw new TypeError(`${spec.name}: reads tables (${Object.keys(spec.reads!).join(', ')}); stream it inside combine`);
    return streamOf<I, A, T, M>(combine({ it: [engine, 'rows', options] }).stream(), Object.keys(spec.aligned ?? {}));
  };
  const engine: Engine<O, I, A, T, R, M> = Object.assign(batch, { stream, resolve, spec }) as any;
  Object.defineProperty(engine, 'name', { value: spec.name });
  return engine;
}

function streamOf<I extends Schema, A extends Schema, T extends Schemas, M extends Schema>(live: Live<any>, names: readonly string[]): Stream<I, A, T, M> {
  const output = (live.output as any).it;
  const aligned = (): any => {
    const row: Record<string, number | bigint> = {};
    for (const name of names) row[name] = output[name][output.length - 1];
    return row;
  };
  return {
    push(row: any) {
      live.feed('rows', row);
      live.advance(row.closeTime ?? row.time);
      return aligned();
    },
    peek: (row: any) => live.peek({ rows: row }, row.closeTime ?? row.time, aligned),
    clock: time => live.advance(time),
    tables: output,
    snapshot: () => live.snapshot(),
    restore: bytes => live.restore(bytes),
  };
}
