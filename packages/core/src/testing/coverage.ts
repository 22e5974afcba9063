/** Counts what a law has seen: a law that never met an output or an event proves nothing about it. */
import type { PipelineNode } from '../engine/pipeline.ts';
import { eventKinds } from '../events.ts';
import type { OutputLog } from './output-log.ts';

/** How often each output and each kind of event has to occur on a law's data. */
export const neededOccurrences = 20;

export class Coverage {
  readonly #counts = new Map<string, number>();

  /** Adds a run's outputs of the nodes under law. */
  see(log: OutputLog, nodes: readonly PipelineNode[]): void {
    for (const { name, engine: { spec } } of nodes) {
      for (const column in spec.aligned) {
        const values = log.tables[name]?.columns[column] ?? [];
        this.#add(`values of ${name}/${column}`, values.filter(value => value === value && Number(value) !== 0).length);
      }
      for (const table in spec.appended) {
        const { columns, length } = log.tables[`${name}.${table}`] ?? { columns: {}, length: 0 };
        if (!('kind' in spec.appended[table] && 'direction' in spec.appended[table])) {
          this.#add(`rows of ${name}.${table}`, length);
          continue;
        }
        if (!spec.kinds) throw new Error(`${spec.name} writes events but declares no kinds`);
        for (const kind of spec.kinds) this.#add(`events "${kind}" of ${name}`, columns.kind?.filter(code => eventKinds[Number(code)] === kind).length ?? 0);
        const stranger = columns.kind?.find(code => !spec.kinds!.includes(eventKinds[Number(code)]));
        if (stranger !== undefined) throw new Error(`${spec.name} writes events "${eventKinds[Number(stranger)]}" that it does not declare`);
      }
    }
  }

  /** Throws where something was too rare to be tested. */
  demand(law: string): void {
    for (const [what, count] of this.#counts) if (count < neededOccurrences) throw new Error(`${law} met only ${count} ${what}, needs ${neededOccurrences}: give it data that reaches them`);
  }

  #add(what: string, count: number): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }
}
