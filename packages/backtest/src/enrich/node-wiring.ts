/** Where an engine over bars takes what it reads from: the bars, other nodes, or the rows that the bars are made of. */
import { barSchema, type AnyEngine, type Schema, type SourceColumns } from '@zanzibar/core';
import type { EnrichNode } from './enriched-bars.ts';

/** The engine that usually writes a table, where no node has the table's name. */
export const usualWriters: { readonly [table: string]: string } = {
  swings: 'swings', anchors: 'swings', breaks: 'structureBreaks', gaps: 'fairValueGaps', blocks: 'orderBlocks', pools: 'liquidityPools', levels: 'liquidityPools',
  periods: 'previousHighLow', squareOfNine: 'squareOfNineLevels', percent: 'percentLevels', cells: 'footprint', flow: 'orderFlowImbalance',
};

type Nodes = { readonly [node: string]: EnrichNode };

/** What `combine` is told of one node, `%` standing for the timeframe, and the nodes that it reads. */
export interface NodeWiring {
  readonly wires: { readonly [name: string]: string };
  readonly reads: readonly string[];
}

/** What the rows of the data are. */
export function kindOf(data: SourceColumns): 'bars' | 'quotes' | 'trades' {
  return data.closeTime !== undefined ? 'bars' : data.bid === undefined ? 'trades' : 'quotes';
}

/** Does the node go over the quotes or trades themselves? So it does where they have all of its columns, some of which bars have not, and it writes values or events. */
export function goesOverRows(node: string, nodes: Nodes, data: SourceColumns): boolean {
  const [{ spec }, , given = {}] = nodes[node], columns = Object.keys(spec.input);
  return kindOf(data) !== 'bars' && columns.every(column => data[column] !== undefined && given[column] === undefined) && columns.some(column => !(column in barSchema))
    && (spec.aligned !== undefined || spec.appended?.events !== undefined);
}

/** Errors: TypeError for a column or a table that nothing gives, naming what would. */
export function wiringOf(node: string, nodes: Nodes, data: SourceColumns): NodeWiring {
  const [{ spec }, , given = {}] = nodes[node], wires: Record<string, string> = {}, reads: string[] = [], overRows = new Set(Object.keys(nodes).filter(name => goesOverRows(name, nodes, data)));
  const take = (name: string, from: string, rest: string): void => {
    wires[name] = `${overRows.has(from) ? kindOf(data) : '%'}_${from}${rest}`;
    reads.push(from);
  };
  if (overRows.has(node)) {
    for (const name of [...Object.keys(spec.optional ?? {}), ...Object.keys(spec.reads ?? {})]) {
      const from = given[name]?.split('/')[0];
      if (from === undefined && (spec.reads?.[name] === undefined || spec.optionalReads?.includes(name))) continue;
      if (from === undefined || !overRows.has(from)) throw new TypeError(`enrich: ${node} goes over the ${kindOf(data)}, and ${name} ${from === undefined ? 'is to come' : `cannot come from ${from}: it has to come`} from an engine over them too`);
      if (spec.reads?.[name] === undefined) take(name, from, `/${given[name].split('/')[1] ?? name}`);
      else take(name, from, outputOf(node, name, spec.reads[name], from, nodes[from][0]));
    }
    return { wires, reads };
  }
  const ofBars = Object.fromEntries(Object.entries(nodes).filter(([name]) => !overRows.has(name)));
  for (const column of [...Object.keys(spec.input), ...Object.keys(spec.optional ?? {})]) {
    const wanted = given[column];
    if (wanted === undefined && column in barSchema) continue;
    if (wanted !== undefined && wanted in barSchema) wires[column] = `%.bars/${wanted}`;
    else {
      const from = columnSource(node, column, wanted, ofBars);
      if (from !== undefined) take(column, from[0], `/${from[1]}`);
      else if (column in spec.input && wanted === undefined && missingRows(spec.input, data) !== undefined) throw new TypeError(`enrich: ${node} goes over ${missingRows(spec.input, data)} (it needs ${Object.keys(spec.input).join(', ')}), and the data are ${kindOf(data)}: name ${missingRows(spec.input, data)} with --record, or run it in a script over them with combine`);
      else if (column in spec.input) throw new TypeError(`enrich: ${node} needs a column "${column}", which bars do not have: name the node, or the column of bars, that gives it (${node}.${column})`);
    }
  }
  for (const table of Object.keys(spec.reads ?? {})) {
    const schema = spec.reads[table] as Schema, wanted = given[table], writer = wanted ?? tableWriter(node, table, nodes), isOptional = spec.optionalReads?.includes(table) ?? false;
    if (writer !== undefined && Object.hasOwn(nodes, writer)) take(table, writer, outputOf(node, table, schema, writer, nodes[writer][0]));
    else if (wanted === undefined && Object.keys(schema).every(column => data[column] !== undefined) && data.closeTime === undefined) wires[table] = 'rows';
    else if (wanted !== undefined || !isOptional) throw new TypeError(`enrich: ${node} reads the table "${table}", and there is no engine called ${wanted ?? table}${wanted === undefined && (usualWriters[table] ?? table) !== table ? `: add ${usualWriters[table]}, or say what else gives it (${node}.${table})` : ''}`);
  }
  return { wires, reads };
}

/** Trades or quotes, where an engine's columns are theirs and the data are something else. */
function missingRows(input: Schema, data: SourceColumns): 'trades' | 'quotes' | undefined {
  const columns = Object.keys(input).filter(column => column !== 'time');
  for (const [kind, own] of [['trades', ['price', 'size', 'side']], ['quotes', ['bid', 'ask', 'bidSize', 'askSize']]] as const) {
    if (kindOf(data) !== kind && columns.length > 0 && columns.every(column => (own as readonly string[]).includes(column))) return kind;
  }
  return undefined;
}

/** How a table of a node is named behind the node: nothing for its columns by row, where they are what is read. */
function outputOf(node: string, table: string, schema: Schema, writer: string, engine: AnyEngine): string {
  const { aligned } = engine.spec;
  return aligned !== undefined && Object.keys(schema).every(column => column in aligned) ? '' : `.${tableOf(node, table, schema, writer, engine)}`;
}

/** The node and its output that give a column: those named, else the node of the column's name, else the only one with such an output. */
function columnSource(node: string, column: string, wanted: string | undefined, nodes: Nodes): readonly [node: string, output: string] | undefined {
  const outputs = (name: string): string[] => Object.keys(nodes[name][0].spec.aligned ?? {});
  if (wanted !== undefined) {
    const [name, output] = wanted.split('/'), known = Object.hasOwn(nodes, name) ? outputs(name) : [], found = output ?? (known.length === 1 ? known[0] : column);
    if (!known.includes(found)) throw new TypeError(`enrich: ${node}.${column} is to come from ${wanted}, and no engine has that output`);
    return [name, found];
  }
  const others = Object.keys(nodes).filter(name => name !== node);
  if (others.includes(column) && outputs(column).length > 0) return [column, outputs(column).includes(column) ? column : outputs(column)[0]];
  const makers = others.filter(name => outputs(name).includes(column));
  return makers.length === 1 ? [makers[0], column] : undefined;
}

function tableWriter(node: string, table: string, nodes: Nodes): string | undefined {
  if (Object.hasOwn(nodes, table) && table !== node) return table;
  const writers = Object.keys(nodes).filter(name => name !== node && nodes[name][0].spec.name === (usualWriters[table] ?? table));
  return writers.length === 1 ? writers[0] : undefined;
}

/** The appended table of a node that has every column that is read: its events before others. */
export function tableOf(node: string, table: string, schema: Schema, writer: string, { spec }: AnyEngine): string {
  const appended: { readonly [name: string]: Schema } = spec.appended ?? {}, names = Object.keys(appended).sort((a, b) => Number(b === 'events') - Number(a === 'events'));
  const found = names.find(name => Object.keys(schema).every(column => column in appended[name]));
  if (found === undefined) throw new TypeError(`enrich: ${node} reads the table "${table}" of ${writer}, which writes no ${names.length === 0 ? 'events' : `table with ${Object.keys(schema).join(', ')}`}`);
  return found;
}
