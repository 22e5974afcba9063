/** Where an engine over bars takes what it reads from: the bars, other nodes, or the rows that the bars are made of. */
import { barSchema, type AnyEngine, type Schema, type SourceColumns } from '@zanzibar/core';
import type { EnrichNode } from './enriched-bars.ts';

/** The engine that usually writes a table, where no node has the table's name. */
export const usualWriters: { readonly [table: string]: string } = {
  swings: 'swings', anchors: 'swings', breaks: 'structureBreaks', gaps: 'fairValueGaps', blocks: 'orderBlocks', pools: 'liquidityPools', levels: 'liquidityPools',
  periods: 'previousHighLow', squareOfNine: 'squareOfNineLevels', percent: 'percentLevels', cells: 'footprint',
};

type Nodes = { readonly [node: string]: EnrichNode };

/** What `combine` is told of one node, `%` standing for the timeframe, and the nodes that it reads. */
export interface NodeWiring {
  readonly wires: { readonly [name: string]: string };
  readonly reads: readonly string[];
}

/** Errors: TypeError for a column or a table that nothing gives, naming what would. */
export function wiringOf(node: string, nodes: Nodes, data: SourceColumns): NodeWiring {
  const [{ spec }, , given = {}] = nodes[node], wires: Record<string, string> = {}, reads: string[] = [];
  const take = (name: string, from: string, rest: string): void => {
    wires[name] = `%_${from}${rest}`;
    reads.push(from);
  };
  for (const column of [...Object.keys(spec.input), ...Object.keys(spec.optional ?? {})]) {
    const wanted = given[column];
    if (wanted === undefined && column in barSchema) continue;
    if (wanted !== undefined && wanted in barSchema) wires[column] = `%.bars/${wanted}`;
    else {
      const from = columnSource(node, column, wanted, nodes);
      if (from !== undefined) take(column, from[0], `/${from[1]}`);
      else if (column in spec.input) throw new TypeError(`enrich: ${node} needs a column "${column}", which bars do not have: name the node, or the column of bars, that gives it (${node}.${column})`);
    }
  }
  for (const table of Object.keys(spec.reads ?? {})) {
    const schema = spec.reads[table] as Schema, wanted = given[table], writer = wanted ?? tableWriter(node, table, nodes), isOptional = spec.optionalReads?.includes(table) ?? false;
    if (writer !== undefined && Object.hasOwn(nodes, writer)) take(table, writer, `.${tableOf(node, table, schema, writer, nodes[writer][0])}`);
    else if (wanted === undefined && Object.keys(schema).every(column => data[column] !== undefined) && data.closeTime === undefined) wires[table] = 'rows';
    else if (wanted !== undefined || !isOptional) throw new TypeError(`enrich: ${node} reads the table "${table}", and there is no engine called ${wanted ?? table}${wanted === undefined && (usualWriters[table] ?? table) !== table ? `: add ${usualWriters[table]}, or say what else gives it (${node}.${table})` : ''}`);
  }
  return { wires, reads };
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
